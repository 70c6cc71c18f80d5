import { planOfAll, refusalsOf } from '../../agents/insideFile';
import { optimizeAnswer } from '../../agents/optimizeDockerfile';
import type { planJson } from '../formatters/planJson';
import { type RunTool, runCommand, sourceOf } from './tool';

export const optimizeDockerfile: RunTool = async (call, input) => {
  const { optimize } = await import('../commands/optimize');
  const { level, reasons = false, write = false } = input as { level?: string; reasons?: boolean; write?: boolean };
  const argv = ['optimize', ...(level ? ['--level', level] : []), ...(write ? ['--write'] : [])];
  const { json, problems = [] } = await runCommand<{ files: readonly [(Plan | Inside) & Texts] }>(
    call,
    optimize,
    argv,
    sourceOf(call, input),
  );
  const [file] = json.files;
  const isInside = 'dockerfiles' in file;
  const plan = isInside ? { ...file, ...planOfAll(file.dockerfiles) } : file;
  const refusals = isInside ? refusalsOf(file.dockerfiles) : [];
  return optimizeAnswer(plan, { reasons, texts: !write }, [...problems, ...refusals]);
};

type Plan = ReturnType<typeof planJson>;

interface Inside {
  readonly dockerfiles: readonly (Partial<Plan> & { readonly name: string; readonly error?: string })[];
}

interface Texts {
  readonly before: string;
  readonly after: string;
}
