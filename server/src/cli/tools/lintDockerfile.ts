import { lintAnswer } from '../../agents/lintDockerfile';
import type { FileFindings } from '../../protocol';
import { type RunTool, runCommand, sourceOf } from './tool';

export const lintDockerfile: RunTool = async (call, input) => {
  const { lint } = await import('../commands/lint');
  const { json, ...others } = await runCommand<{ files: readonly FileFindings[] }>(
    call,
    lint,
    ['lint'],
    sourceOf(call, input),
  );
  return { ...lintAnswer(json.files.flatMap((file) => file.findings)), ...others };
};
