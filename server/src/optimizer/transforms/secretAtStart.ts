import { commandKind } from '../../commands/commandKinds';
import { isSecret } from '../../commands/secretNames';
import { withoutWord } from '../../dockerfile/edits/removeWord';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction, Pair } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import type { Transform } from '../transform';

/** A secret in ENV that no build step reads is passed at container start instead, and is in no image. */
export const secretAtStart: Transform = {
  id: 'secret-at-start',
  safety: 'unsafe',
  // The container has to be started differently afterwards.
  level: 'all',
  answers: ['no-secret-in-env'],
  propose({ dockerfile, comment }) {
    const found = dockerfile.instructions.flatMap((node) => secretsOf(dockerfile, node));
    const [first] = found;
    if (!first || dockerfile.errors.length > 0) return undefined;
    const names = [...new Set(found.map(({ pair }) => pair.name))];
    const options = names.map((name) => `-e ${name}`).join(' ');
    const [note] = comment(phrase('Set at run time, never in the image: docker run {options}', { options }));
    const nodes = new Set(found.map(({ node }) => node));
    return {
      title: phrase('Pass {names} with `docker run {options}`, not in the image', {
        names: names.join(', '),
        options,
      }),
      reason: phrase(
        'Anyone who can pull the image can read its ENV values, and no build step needs these. Pass them from your shell with `docker run {options}` or from a file with `--env-file`; in Compose use `environment`, in Kubernetes use Secrets.',
        { options },
      ),
      risk: phrase(
        'The command that starts the container changes: without these options, the program starts without the values. Everyone who has the file or the image knows the old values: replace them.',
      ),
      edits: [...nodes].flatMap((node) =>
        without(
          dockerfile,
          node,
          found.filter((one) => one.node === node).map(({ pair }) => pair),
          node === first.node ? note : undefined,
        ),
      ),
    };
  },
};

interface Secret {
  readonly node: Instruction;
  readonly pair: Pair;
}

function secretsOf(dockerfile: DockerfileModel, node: Instruction): Secret[] {
  if (node.keyword !== 'ENV' || !isUnreadByBuild(dockerfile, node)) return [];
  return node.pairs
    .filter((pair) => isSecret(node, pair) && !pair.isLegacy && !pair.valueText?.includes('$'))
    .filter(({ name }) => !isMentioned(dockerfile, node, name))
    .map((pair) => ({ node, pair }));
}

/** True if later instructions only move files: a program might read any variable. */
function isUnreadByBuild({ instructions }: DockerfileModel, { span }: Instruction): boolean {
  return instructions
    .filter((node) => node.span.start > span.start && (node.keyword === 'RUN' || node.keyword === 'ONBUILD'))
    .every(
      ({ script }) =>
        script?.errors.length === 0 &&
        script.commands.every((command) => /^(?:packages|cleanup|setup|user)$/.test(commandKind(command) ?? '')),
    );
}

function isMentioned({ instructions, text }: DockerfileModel, { span }: Instruction, name: string): boolean {
  return instructions.some(
    (node) =>
      node.span.start > span.start &&
      !/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(node.keyword) &&
      mentionsVariable(text.slice(node.span.start, node.span.end), name),
  );
}

/** Removes the instruction if nothing is left of it. */
function without(
  dockerfile: DockerfileModel,
  { span, pairs }: Instruction,
  gone: readonly Pair[],
  note: string | undefined,
): TextEdit[] {
  const eol = lineEndOf(dockerfile);
  if (gone.length < pairs.length)
    return [
      ...(note === undefined ? [] : [insertion(span.start, note + eol)]),
      ...gone.map((pair) => {
        const at = pairs.indexOf(pair);
        const next = pairs[at + 1];
        const isHead = next && pairs.slice(0, at).every((one) => gone.includes(one));
        return isHead
          ? { span: { start: pair.span.start, end: next.span.start }, newText: '' }
          : withoutWord(dockerfile, pair.span);
      }),
    ];
  const after = /^[ \t]*\r?\n/.exec(dockerfile.text.slice(span.end))?.[0].length ?? 0;
  return [
    {
      span: { start: span.start, end: span.end + after },
      newText: note === undefined ? '' : note + (after > 0 ? eol : ''),
    },
  ];
}
