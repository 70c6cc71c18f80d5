import type { Transform } from '../transform';
import { dockerignore } from './dockerignore';
import { mergeSettings } from './mergeSettings';
import { multiStage } from './multiStage';
import { packagesFirst } from './packagesFirst';
import { runtimeBase } from './runtimeBase';
import { scanStage } from './scanStage';
import { secretMount } from './secretMount';
import { slimBase } from './slimBase';
import { staticServer } from './staticServer';

export const transforms: readonly Transform[] = [
  dockerignore,
  scanStage,
  secretMount,
  packagesFirst,
  multiStage,
  runtimeBase,
  slimBase,
  staticServer,
  mergeSettings,
];
