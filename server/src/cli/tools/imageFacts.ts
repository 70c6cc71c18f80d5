import { imageAnswer } from '../../agents/imageFacts';
import { Failure } from '../failure';
import type { RunTool } from './tool';

export const imageFacts: RunTool = async ({ server: { engine } }, input) => {
  const image = String(input['image']);
  const facts = imageAnswer(engine, image);
  if (!facts) throw new Failure(engine.localize('{image}: not an image reference', { image: image.slice(0, 200) }));
  return facts;
};
