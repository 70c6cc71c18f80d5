import { verifyAnswer } from '../../agents/verifyOptimization';
import type { Verification } from '../../reports/verification';
import { type RunTool, runCommand } from './tool';

export const verifyOptimization: RunTool = async (call, input) => {
  const { optimize } = await import('../commands/optimize');
  const { path, level, write } = input as { path: string; level?: string; write?: boolean };
  const argv = ['optimize', '--verify', ...(level ? ['--level', level] : []), ...(write ? ['--write'] : [])];
  const { json, ...others } = await runCommand<{ files: readonly [Verified] }>(call, optimize, argv, {
    path: call.roots.findDockerfile(path),
  });
  const [{ before, after, verification }] = json.files;
  const isWritten = write && verification?.unproven === undefined;
  return { ...verifyAnswer(verification, before === after || isWritten ? undefined : after), ...others };
};

interface Verified {
  readonly before: string;
  readonly after: string;
  readonly verification?: Verification;
}
