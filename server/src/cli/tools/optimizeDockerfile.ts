import { optimizeAnswer } from '../../agents/optimizeDockerfile';
import type { planJson } from '../formatters/planJson';
import { type RunTool, runCommand, sourceOf } from './tool';

export const optimizeDockerfile: RunTool = async (call, input) => {
  const { optimize } = await import('../commands/optimize');
  const { level, reasons = false, write = false } = input as { level?: string; reasons?: boolean; write?: boolean };
  const argv = ['optimize', ...(level ? ['--level', level] : []), ...(write ? ['--write'] : [])];
  const { json, ...others } = await runCommand<{ files: readonly [Planned] }>(
    call,
    optimize,
    argv,
    sourceOf(call, input),
  );
  return { ...optimizeAnswer(json.files[0], { reasons, texts: !write }), ...others };
};

type Planned = ReturnType<typeof planJson> & { readonly before: string; readonly after: string };
