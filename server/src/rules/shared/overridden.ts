import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { FixDraft } from '../../engine/rule';

/** Instructions of a stage that a later one of the same keyword takes back; triggers count for themselves. */
export function overridden(
  stage: Stage,
  keyword: string,
): { readonly node: Instruction; readonly last: Instruction }[] {
  const all = stage.instructions.filter((node) => node.keyword === keyword);
  const last = all.at(-1);
  return last ? all.slice(0, -1).map((node) => ({ node, last })) : [];
}

/** The line goes, unless a comment in it would go too. */
export function dropFix<MessageId extends string>(
  dockerfile: DockerfileModel,
  node: Instruction,
  title: MessageId,
): FixDraft<MessageId> {
  const edit = removeInstruction(dockerfile, node);
  return edit ? { title, safety: 'safe', edits: [edit] } : { title, safety: 'manual' };
}
