import { measureAnswer } from '../../agents/measureImage';
import type { Measurement } from '../../reports/measurement';
import { type RunTool, runCommand } from './tool';

export const measureImage: RunTool = async (call, input) => {
  const { measure } = await import('../commands/measure');
  const argv = ['measure', ...(input['compare'] ? ['--compare'] : [])];
  const source = { path: call.roots.findDockerfile(String(input['path'])) };
  const { json, ...others } = await runCommand<{ before: Measurement; after?: Measurement }>(
    call,
    measure,
    argv,
    source,
  );
  return { ...measureAnswer(json), ...others };
};
