import type { Instruction, Pair } from '../../dockerfile/model';
import { isSecret } from '../../rules/shared/secretNames';
import type { TextEdit } from '../../text/edits';
import type { Transform } from '../transform';

const TITLE = 'Give the secret to the build as a mount';

/** A secret that comes as ARG is mounted for the RUNs that use it, and is in no layer and no history. */
export const secretMount: Transform = {
  id: 'secret-mount',
  safety: 'unsafe',
  // The build is called in another way afterwards.
  level: 'all',
  propose({ dockerfile }) {
    for (const stage of dockerfile.stages) {
      for (const node of stage.instructions) {
        const [pair] = node.pairs;
        if (node.keyword !== 'ARG' || node.pairs.length !== 1 || !pair || !isSecret(node, pair)) continue;
        const answer = mount(dockerfile.text, node, pair, stage.instructions);
        if (typeof answer === 'string') return { title: TITLE, guard: answer };
        const id = pair.name.toLowerCase();
        return {
          title: `Mount ${pair.name} as a secret: build with \`--secret id=${id},env=${pair.name}\``,
          reason: `The value of a build argument stays in the history of the image, and whoever can pull it can read it. A secret mount is there for one step only. Build with \`docker build --secret id=${id},env=${pair.name} .\` in place of \`--build-arg ${pair.name}\`.`,
          risk: 'The command that builds the image changes: without --secret the value is empty.',
          edits: answer,
        };
      }
    }
    return undefined;
  },
};

function mount(
  text: string,
  arg: Instruction,
  { name, value }: Pair,
  instructions: readonly Instruction[],
): TextEdit[] | string {
  if (value !== undefined && value !== '') return `${name} has a default value`;
  const uses = new RegExp(`\\$\\{?${name}\\b`);
  const later = instructions.filter(({ span }) => span.start > arg.span.start);
  const users = later.filter((node) => uses.test(text.slice(node.span.start, node.span.end)));
  if (users.length === 0) return `which step reads ${name} is not known`;
  const id = name.toLowerCase();
  const edits: TextEdit[] = [];
  for (const node of users) {
    const { keyword, form, shell, script } = node;
    if (keyword !== 'RUN') return `${keyword} takes ${name} into the image`;
    if (form !== 'shell' || (shell !== 'sh' && shell !== 'bash') || !script || script.errors.length > 0)
      return 'a RUN that uses it is not in shell form';
    const flags = node.flags.at(-1)?.span.end ?? node.keywordSpan.end;
    edits.push({ span: { start: flags, end: flags }, newText: ` --mount=type=secret,id=${id}` });
    edits.push({
      span: { start: node.body.start, end: node.body.start },
      newText: `export ${name}="$(cat /run/secrets/${id})" && `,
    });
  }
  const end = /^[ \t]*\r?\n/.exec(text.slice(arg.span.end))?.[0].length ?? 0;
  return [{ span: { start: arg.span.start, end: arg.span.end + end }, newText: '' }, ...edits];
}
