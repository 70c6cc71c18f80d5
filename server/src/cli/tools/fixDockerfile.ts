import { fixAnswer } from '../../agents/fixDockerfile';
import type { FixesJson } from '../commands/fix';
import { type RunTool, runCommand, sourceOf } from './tool';

export const fixDockerfile: RunTool = async (call, input) => {
  const { fix } = await import('../commands/fix');
  const argv = ['fix', ...(input['unsafe'] ? ['--unsafe'] : []), ...(input['write'] ? ['--write'] : [])];
  const { json, ...others } = await runCommand<{ files: readonly [FixesJson & Texts] }>(
    call,
    fix,
    argv,
    sourceOf(call, input),
  );
  const [{ before, after, applied, skipped }] = json.files;
  return { ...fixAnswer(applied, skipped, before === after || input['write'] ? undefined : after), ...others };
};

interface Texts {
  readonly before: string;
  readonly after: string;
}
