import type { DockerfileModel, Instruction, Stage } from './model';
import { findStage } from './parse';

/** The stage that a COPY takes its files from; undefined for other instructions, for the build context and images. */
export function copiedStage(
  { stages }: Pick<DockerfileModel, 'stages'>,
  { keyword, flags, stage }: Instruction,
): Stage | undefined {
  const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : undefined;
  return from === undefined || !stage ? undefined : findStage(stages, stage, from);
}
