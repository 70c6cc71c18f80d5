import type { Transform } from '../transform';
import { cacheMounts } from './cacheMounts';
import { copyMode } from './copyMode';
import { cudaRuntime } from './cudaRuntime';
import { dependenciesFirst } from './dependenciesFirst';
import { dockerignore } from './dockerignore';
import { hardenedBase } from './hardenedBase';
import { mergeSettings } from './mergeSettings';
import { mountedFile } from './mountedFile';
import { multiStage } from './multiStage';
import { nextStandalone } from './nextStandalone';
import { oneCopy } from './oneCopy';
import { oneInstall } from './oneInstall';
import { packagesFirst } from './packagesFirst';
import { productionPackages } from './productionPackages';
import { programOnly } from './programOnly';
import { rootWorkdir } from './rootWorkdir';
import { runtimeBase } from './runtimeBase';
import { scanStage } from './scanStage';
import { secretAtStart } from './secretAtStart';
import { secretMount } from './secretMount';
import { slimBase } from './slimBase';
import { springLayers } from './springLayers';
import { staticServer } from './staticServer';
import { strippedProgram } from './strippedProgram';
import { toolsInOneLayer } from './toolsInOneLayer';
import { userInstall } from './userInstall';

export const transforms: readonly Transform[] = [
  dockerignore,
  scanStage,
  secretAtStart,
  secretMount,
  packagesFirst,
  oneCopy,
  multiStage,
  productionPackages,
  programOnly,
  userInstall,
  nextStandalone,
  runtimeBase,
  springLayers,
  cudaRuntime,
  slimBase,
  rootWorkdir,
  hardenedBase,
  staticServer,
  dependenciesFirst,
  cacheMounts,
  copyMode,
  toolsInOneLayer,
  oneInstall,
  mountedFile,
  mergeSettings,
  strippedProgram,
];
