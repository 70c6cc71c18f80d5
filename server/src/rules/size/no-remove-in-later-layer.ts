import { packageCommand } from '../../commands/packageCommand';
import { finalStages } from '../../dockerfile/finalStages';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import type { Span } from '../../text/span';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-remove-in-later-layer',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'manual',
    waste: 'mends',
    messages: {
      file: '{name} stays in the layer that added it: removing it here frees nothing',
      moved: '{name} is stored twice: `mv` writes it into a new layer',
      package: 'Package {name} stays in the layer that added it: removing it here frees nothing',
      added: '{name} is added to the image here',
      copied: '{name} is copied here',
      place: 'Add it at {target} right away',
      explain: 'Remove it in the RUN that adds it, or add it in a build stage',
    },
    docs: {
      description: 'Remove files in the layer that adds them',
      rationale:
        'A layer never shrinks. Files from an earlier instruction are stored and downloaded with the image, and a later `rm`, `apt-get purge` or `apk del` only hides them. To free the space, add and remove in the same RUN, use a bind mount instead of COPY, or use a build stage.',
      fixSafety: { manual: 'joining the steps, a bind mount and a build stage are different choices.' },
      bad: [
        'FROM debian:12\nCOPY archive.tar.gz /tmp/archive.tar.gz\nRUN tar xzf /tmp/archive.tar.gz -C /opt && rm /tmp/archive.tar.gz\n',
        'FROM alpine:3.20\nRUN apk add --no-cache gcc\nCOPY . /src\nRUN make -C /src && apk del gcc\n',
      ],
      good: [
        'FROM debian:12\nRUN curl -o /tmp/a.tgz https://example.com/a.tgz && tar xzf /tmp/a.tgz && rm /tmp/a.tgz\n',
        'FROM alpine:3.20\nRUN apk add --no-cache gcc && make && apk del gcc\n',
        'FROM debian:12\nCOPY site /var/www\nRUN rm -rf /var/cache/app\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#run'],
    },
  },
  create: ({ dockerfile, report }) => ({
    file() {
      const added = new Map<string, Addition>();
      for (const stage of finalStages(dockerfile)) {
        for (const node of stage.instructions) {
          for (const removal of removalsOf(node, stage)) {
            const addition = added.get(removal.key) ?? insideOf(removal, added);
            if (!addition) continue;
            added.delete(addition.key);
            report(removal.span, removal.kind, {
              data: { name: removal.kind === 'package' ? removal.name : addition.key.replace('file:', '') },
              related: [{ messageId: addition.isCopied ? 'copied' : 'added', span: addition.span }],
              fix:
                removal.target === undefined
                  ? { title: 'explain', safety: 'manual' }
                  : { title: 'place', data: { target: removal.target }, safety: 'manual' },
            });
          }
          for (const addition of additionsOf(node, stage)) added.set(addition.key, addition);
        }
      }
    },
  }),
});

/** What `rm -rf /tmp/*` removes of an earlier layer. */
function insideOf({ key }: Addition, added: ReadonlyMap<string, Addition>): Addition | undefined {
  const folder = key.endsWith('/*') ? key.slice(0, -1) : undefined;
  return folder === undefined ? undefined : [...added.values()].find((one) => one.key.startsWith(folder));
}

interface Addition {
  /** `file:/tmp/x`, `package:apk:gcc`. */
  readonly key: string;
  readonly span: Span;
  /** True for what `cp` reads: the file is from an earlier step. */
  readonly isCopied?: boolean;
}

interface Removal extends Addition {
  readonly kind: 'file' | 'package' | 'moved';
  readonly name: string;
  /** Where `mv` puts it. */
  readonly target?: string;
}

/** Package managers, with the subcommands that add and remove packages. */
const PACKAGE_TOOLS = [
  {
    family: 'apt',
    tools: ['apt-get', 'apt'],
    adds: ['install'],
    removes: ['remove', 'purge', 'autoremove', 'autopurge'],
  },
  { family: 'apk', tools: ['apk'], adds: ['add'], removes: ['del'] },
  { family: 'dnf', tools: ['dnf', 'yum', 'microdnf'], adds: ['install'], removes: ['remove', 'erase', 'autoremove'] },
];

function additionsOf(node: Instruction, stage: Stage): Addition[] {
  if (node.keyword === 'COPY' || node.keyword === 'ADD') return copiedFile(node, stage);
  if (node.keyword !== 'RUN') return [];
  const commands = node.script?.commands ?? [];
  return commands.flatMap((command) => [
    ...downloadedFile(command, node, stage),
    ...copiedFrom(command, node, stage),
    ...packagesOf(command, 'adds'),
  ]);
}

function removalsOf(node: Instruction, stage: Stage): Removal[] {
  if (node.keyword !== 'RUN') return [];
  const removals: Removal[] = [];
  for (const command of node.script?.commands ?? []) {
    if (command.isConditional) continue;
    removals.push(...packagesOf(command, 'removes').map((one) => ({ ...one, kind: 'package' as const })));
    if (changesFolder(node)) continue;
    if (command.name === 'mv') removals.push(...movedIn(command, node, stage));
    if (command.name !== 'rm') continue;
    for (const word of command.words.slice(1)) {
      const isNamed = word.isStatic || /^\/[\w./-]+\/\*$/.test(word.text);
      const path = isNamed && !word.value.startsWith('-') ? absolutePath(node, stage, word.value) : undefined;
      if (path !== undefined) removals.push({ key: `file:${path}`, name: path, span: word.span, kind: 'file' });
    }
  }
  return removals;
}

/** `mv /tmp/dist /app/dist`: one file or directory, which the layer of the move contains again. */
function movedIn(command: ShellCommand, node: Instruction, stage: Stage): Removal[] {
  const [source, target, ...others] = readOptions(command).operands;
  if (!source || !target?.isStatic || others.length > 0) return [];
  const name = source.isStatic ? source.value : /^([\w./-]{1,200})\/\*$/.exec(source.text)?.[1];
  const path = name === undefined || SMALL.test(name) ? undefined : absolutePath(node, stage, name);
  return path === undefined
    ? []
    : [{ key: `file:${path}`, name: path, target: target.value, span: source.span, kind: 'moved' }];
}

/** Text files of a few kilobytes are not worth reporting. */
const SMALL =
  /\.(?:bash|cfg|cnf|conf|config|crt|env|ini|json|key|list|md|patch|pem|pl|properties|py|rb|service|sh|sql|template|toml|txt|xml|ya?ml)$/i;

/** Only a COPY with a single source, so that the destination is the file or directory that rm names. */
function copiedFile(node: Instruction, stage: Stage): Addition[] {
  const [source, destination, ...others] = node.args;
  if (!source || !destination || others.length > 0 || !destination.isStatic || !source.isStatic) return [];
  const name =
    source.value
      .replace(/(?<!\/)\/+$/, '')
      .split('/')
      .pop() ?? '';
  const target = destination.value.endsWith('/') ? destination.value + name : destination.value;
  // For the contents of a directory, rm names the destination.
  if ((name === '' || name === '.') && /^\.{0,2}[\w./-]*$/.test(source.value)) {
    const path = /^\.?\/?$/.test(destination.value) ? undefined : absolutePath(node, stage, destination.value);
    return path === undefined ? [] : [{ key: `file:${path}`, span: node.span }];
  }
  // Only the contents of a directory are copied.
  if (source.value.endsWith('/')) return [];
  if (name === '' || name === '.' || SMALL.test(name) || /[*?[]/.test(source.value)) return [];
  const paths = [absolutePath(node, stage, target)];
  // `COPY a.tgz /tmp` copies the file into an existing directory.
  if (!destination.value.endsWith('/')) paths.push(absolutePath(node, stage, `${destination.value}/${name}`));
  return paths.flatMap((path) => (path === undefined ? [] : [{ key: `file:${path}`, span: node.span }]));
}

/** The option before the name of the file, also as the last of a cluster: `curl -fsSLo a.tgz`. */
const WRITES_TO: Readonly<Record<string, RegExp>> = {
  curl: /^(?:-[A-Za-z]{0,9}o|--output)$/,
  wget: /^(?:-[A-Za-z]{0,9}O|--output-document)$/,
};

function downloadedFile(command: ShellCommand, node: Instruction, stage: Stage): Addition[] {
  const option = Object.hasOwn(WRITES_TO, command.name) ? WRITES_TO[command.name] : undefined;
  const flag = command.words.findIndex(({ value }) => option?.test(value));
  const written = flag < 0 ? undefined : command.words[flag + 1];
  const target = written ? staticValue(written) : nameOfAddress(command);
  if (target === undefined || target === '-' || changesFolder(node)) return [];
  const path = absolutePath(node, stage, target);
  return path === undefined ? [] : [{ key: `file:${path}`, span: command.span }];
}

/** `cp -a /tmp/site /var/www`: a later `rm -r /tmp/site` was meant to make it a move. */
function copiedFrom(command: ShellCommand, node: Instruction, stage: Stage): Addition[] {
  if (command.name !== 'cp' || changesFolder(node) || command.isConditional) return [];
  const options = readOptions(command);
  const [source, target, ...others] = options.operands;
  const isFolder = options.has('-r', '-R', '-a', '--recursive', '--archive');
  if (!isFolder || !source?.isStatic || !target || others.length > 0 || /[*?[]/.test(source.value)) return [];
  const path = absolutePath(node, stage, source.value.replace(/\/\.$/, ''));
  return path === undefined || node.flags.length > 0
    ? []
    : [{ key: `file:${path}`, span: command.span, isCopied: true }];
}

function staticValue({ isStatic, value }: Word): string | undefined {
  return isStatic ? value : undefined;
}

/** The name of the file or directory that `curl -O`, `wget` and `git clone` write here. */
function nameOfAddress(command: ShellCommand): string | undefined {
  const options = readOptions(command);
  const isClone = command.name === 'git' && options.subcommand?.value === 'clone';
  const names =
    command.name === 'wget' ? !options.has('-P', '--directory-prefix', '-i') : options.has('-O', '--remote-name');
  if (!isClone && !((command.name === 'wget' || command.name === 'curl') && names)) return undefined;
  const [address, folder] = options.operands;
  if (!address?.isStatic || (folder && !isClone)) return undefined;
  if (folder) return staticValue(folder);
  const name = /^(?:https?|ftp|ssh):\/\/[^?#]+\/([^/?#]+)$/.exec(address.value.replace(/\/$/, ''))?.[1];
  return isClone ? name?.replace(/\.git$/, '') : name;
}

function packagesOf(command: ShellCommand, what: 'adds' | 'removes'): (Addition & { name: string })[] {
  for (const manager of PACKAGE_TOOLS) {
    const call = packageCommand(command, manager.tools);
    if (!call?.subcommand || !manager[what].includes(call.subcommand.value)) continue;
    const virtual = what === 'adds' ? virtualName(command) : undefined;
    const words = virtual ? [virtual] : call.operands;
    return words
      .filter((word) => word.isStatic)
      .map((word) => {
        const name = word.value.split(/[=<>~]/)[0] ?? '';
        return { key: `package:${manager.family}:${name}`, name, span: word.span };
      });
  }
  return [];
}

/** `.build-deps` in `apk add --virtual .build-deps gcc`: the name that `apk del` uses. */
function virtualName(command: ShellCommand) {
  const flag = command.words.findIndex((word) => word.value === '--virtual' || word.value === '-t');
  return flag < 0 ? undefined : command.words[flag + 1];
}

function changesFolder(node: Instruction): boolean {
  return (node.script?.commands ?? []).some((command) => command.name === 'cd' || command.name === 'pushd');
}

/** Undefined if it is relative to an unknown directory. */
function absolutePath(node: Instruction, stage: Stage, path: string): string | undefined {
  const clean = path.replace(/(?<!\/)\/+$/, '').replace(/^\.\//, '');
  if (clean.startsWith('/')) return clean;
  const workdir = stage.instructions.findLast(
    (other) => other.keyword === 'WORKDIR' && other.span.start < node.span.start,
  );
  const folder = workdir && node.expand(workdir.args[0]?.text ?? '');
  if (!folder?.startsWith('/') || clean.startsWith('..') || clean.startsWith('~')) return undefined;
  return `${folder.replace(/(?<!\/)\/+$/, '')}/${clean}`;
}
