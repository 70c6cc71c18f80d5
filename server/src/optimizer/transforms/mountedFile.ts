import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { finalStages } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellChain, ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName } from '../../text/paths';
import type { Span } from '../../text/span';
import type { Transform } from '../transform';
import { builderOf, needsBuildKit } from './cacheMounts';

/** Programs that only read the files they are given. */
const READERS =
  /^(?:apt|apt-get|bash|cat|cp|dnf|dpkg|java|node|perl|php|pip[\d.]*|psql|python[\d.]*|rpm|ruby|sh|tar|unzip|yum)$/;

/** A file that is copied, read once and removed again becomes a bind mount for that step, and is in no layer. */
export const mountedFile: Transform = {
  id: 'mounted-file',
  safety: 'unsafe',
  level: 'recommended',
  propose(site) {
    const { dockerfile } = site;
    for (const stage of finalStages(dockerfile)) {
      for (const copy of stage.instructions) {
        const file = copiedFile(copy);
        if (!file) continue;
        const later = stage.instructions.filter(({ span }) => span.start > copy.span.start);
        const [run, other] = later.filter((node) => mentions(dockerfile, node, file.target));
        const edits = run && mount(dockerfile, copy, run, other, file);
        if (!edits) continue;
        const title = phrase('Mount {file} in the step that reads it', { file: file.source });
        if (!builderOf(site).isUsed) return { title, ...needsBuildKit('RUN --mount') };
        return {
          title,
          reason: phrase(
            'A copied file stays in its layer even if a later step removes it. A bind mount exists for one step only and is not part of any layer.',
          ),
          risk: phrase('The mounted file is read-only.'),
          edits,
        };
      }
    }
    return undefined;
  },
};

interface CopiedFile {
  readonly source: string;
  readonly target: string;
  /** The source stage; undefined: the build context. */
  readonly from: string | undefined;
}

/** A COPY of one file without variables or wildcards, into a directory that already exists. */
function copiedFile(node: Instruction): CopiedFile | undefined {
  const [source, destination, ...others] = node.args;
  if (node.keyword !== 'COPY' || !source?.isStatic || !destination?.isStatic || others.length > 0) return undefined;
  if (node.heredocs.length > 0 || /[*?[]/.test(source.value) || node.flags.some(({ name }) => name !== 'from'))
    return undefined;
  const name = baseName(source.value);
  if (name === '' || name === '.') return undefined;
  const workdir = workdirAt(node);
  const isFolder = /(?:\/|^\.)$/.test(destination.value);
  const target = absolutePath(isFolder ? `${destination.value}/${name}` : destination.value, workdir);
  const folder = target.slice(0, target.lastIndexOf('/')) || '/';
  if (!['/', '/tmp', '/var/tmp', '/root', workdir].includes(folder)) return undefined;
  return {
    source: source.value.replace(/^\.?\//, ''),
    target,
    from: node.flags.find((flag) => flag.name === 'from')?.value,
  };
}

function mentions({ text }: DockerfileModel, { span }: Instruction, target: string): boolean {
  const name = baseName(target);
  const written = text.slice(span.start, span.end);
  return written.includes(name) || written.includes(name.replace(/\.[^.]*$/, '.*'));
}

/** The RUN with the mount and without the removal; undefined if it does more with the file. */
function mount(
  dockerfile: DockerfileModel,
  copy: Instruction,
  run: Instruction,
  next: Instruction | undefined,
  { source, target, from }: CopiedFile,
): TextEdit[] | undefined {
  const { script } = run;
  if (run.keyword !== 'RUN' || run.form !== 'shell' || run.heredocs.length > 0 || run.shell === 'cmd') return undefined;
  if (!script || script.errors.length > 0 || script.chain.operators.some(({ text }) => text !== '&&')) return undefined;
  if (script.commands.some(({ name, isConditional }) => name === 'cd' || isConditional)) return undefined;
  const removes = script.commands.filter((command) => isRemovalOf(command, target, run));
  const [remove] = removes;
  const removal = remove
    ? inChain(script.chain, remove)
    : next?.script?.commands.length === 1 && next.script.commands.every((command) => isRemovalOf(command, target, next))
      ? withLine(dockerfile, next)
      : undefined;
  if (!removal || removes.length > 1) return undefined;
  const users = script.commands.filter(
    (command) => command !== remove && dockerfile.text.slice(command.span.start, command.span.end).includes(target),
  );
  const isRead = users.length > 0 && users.every(({ name, redirects }) => READERS.test(name) && redirects.length === 0);
  // A command after the removal finds no file today, but would find one in the mount.
  if (!isRead || users.some(({ span }) => span.start > removal.start)) return undefined;
  const origin = from === undefined ? `source=${source}` : `from=${from},source=/${source}`;
  return [
    { span: withLine(dockerfile, copy), newText: '' },
    insertion(run.keywordSpan.end, ` --mount=type=bind,${origin},target=${target}`),
    { span: removal, newText: '' },
  ];
}

/** A command with the operator before it. */
function inChain(chain: ShellChain, command: ShellCommand): Span | undefined {
  const previous = chain.items[command.itemIndex - 1];
  return previous && command.chain === chain ? { start: previous.span.end, end: command.span.end } : undefined;
}

function withLine({ text }: DockerfileModel, { span }: Instruction): Span {
  const end = text.indexOf('\n', span.end) + 1;
  return { start: span.start, end: end === 0 ? span.end : end };
}

/** `rm -f /tmp/x` and nothing else: so the target is a file, and the command removes nothing more. */
function isRemovalOf({ name, words }: ShellCommand, target: string, run: Instruction): boolean {
  const [operand, ...others] = words.slice(1).filter(({ value }) => !value.startsWith('-'));
  const isPlain = words.slice(1).every(({ value }) => !value.startsWith('-') || /^-r?f?$/.test(value));
  return (
    name === 'rm' &&
    isPlain &&
    others.length === 0 &&
    operand !== undefined &&
    absolutePath(operand.value, workdirAt(run)) === target
  );
}
