import { explainAnswer } from '../../agents/explainRule';
import { metasNamed } from '../commands/explain';
import type { RunTool } from './tool';

export const explainRule: RunTool = async ({ server }, input) => {
  const { metas } = metasNamed(server, String(input['rule']).slice(0, 200));
  return explainAnswer(server.engine, metas);
};
