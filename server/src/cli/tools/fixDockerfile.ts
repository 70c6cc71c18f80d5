import { fixAnswer } from '../../agents/fixDockerfile';
import { refusalsOf } from '../../agents/insideFile';
import type { FixesJson } from '../commands/fix';
import { type RunTool, runCommand, sourceOf } from './tool';

export const fixDockerfile: RunTool = async (call, input) => {
  const { fix } = await import('../commands/fix');
  const argv = ['fix', ...(input['unsafe'] ? ['--unsafe'] : []), ...(input['write'] ? ['--write'] : [])];
  const { json, problems = [] } = await runCommand<{ files: readonly [(FixesJson | Inside) & Texts] }>(
    call,
    fix,
    argv,
    sourceOf(call, input),
  );
  const [file] = json.files;
  const parts = 'dockerfiles' in file ? file.dockerfiles : [{ name: '', ...file }];
  return fixAnswer(
    parts.flatMap(({ applied = [] }) => applied),
    parts.flatMap(({ skipped = [] }) => skipped),
    file.before === file.after || input['write'] ? undefined : file.after,
    [...problems, ...refusalsOf(parts)],
  );
};

interface Inside {
  readonly dockerfiles: readonly (Partial<FixesJson> & { readonly name: string; readonly error?: string })[];
}

interface Texts {
  readonly before: string;
  readonly after: string;
}
