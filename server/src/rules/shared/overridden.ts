import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { FixDraft } from '../../engine/rule';

/** Instructions of a stage that a later one with the same keyword overrides. ONBUILD triggers are separate. */
export function overridden(
  stage: Stage,
  keyword: string,
): { readonly node: Instruction; readonly last: Instruction }[] {
  const all = stage.instructions.filter((node) => node.keyword === keyword);
  const last = all.at(-1);
  return last ? all.slice(0, -1).map((node) => ({ node, last })) : [];
}

/** Removes the line, unless that would also remove a comment. */
export function dropFix<MessageId extends string>(
  dockerfile: DockerfileModel,
  node: Instruction,
  title: MessageId,
): FixDraft<MessageId> {
  const edit = removeInstruction(dockerfile, node);
  return edit ? { title, safety: 'safe', edits: [edit] } : { title, safety: 'manual' };
}
