import type { Transform } from '../transform';
import { multiStage } from './multiStage';

/** All transforms, in the order in which they are tried. */
export const transforms: readonly Transform[] = [multiStage];
