import { createInterface } from './createDockerfile';
import { explainInterface } from './explainRule';
import { fixInterface } from './fixDockerfile';
import { imageInterface } from './imageFacts';
import { lintInterface } from './lintDockerfile';
import { measureInterface } from './measureImage';
import { optimizeInterface } from './optimizeDockerfile';
import type { ToolInterface } from './toolInterface';
import { verifyInterface } from './verifyOptimization';

/** What a user allows an agent. */
export interface Allowed {
  readonly isWriteAllowed: boolean;
  readonly isRunAllowed: boolean;
}

/** Every tool that an agent gets. */
export function toolInterfaces({ isWriteAllowed, isRunAllowed }: Allowed): readonly ToolInterface[] {
  return [
    lintInterface,
    fixInterface(isWriteAllowed),
    optimizeInterface(isWriteAllowed),
    explainInterface,
    imageInterface,
    createInterface(isWriteAllowed),
    ...(isRunAllowed ? [measureInterface, verifyInterface(isWriteAllowed)] : []),
  ];
}
