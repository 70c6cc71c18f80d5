import { isMounted } from '../../commands/caches';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import { isInFinalImage } from '../../dockerfile/finalStages';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'remove-archive',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['tarSomethingRmTheSomething', 'gpgVerifyAscRmAsc'],
    fixable: 'safe',
    messages: {
      left: '`{file}` is downloaded and unpacked, and stays in the layer',
      remove: 'Remove it at the end of this RUN',
    },
    docs: {
      description: 'Remove an archive after unpacking it',
      rationale:
        'The archive stays in the image in addition to its contents. A later RUN cannot remove it from this layer.',
      fixSafety: {
        safe: 'only if the same RUN downloads the file, nothing uses it afterwards, and no `cd` makes its location uncertain.',
        manual: 'something may use the file.',
      },
      bad: ['FROM debian:12\nRUN curl -fsSLo app.tgz https://example.com/app.tgz && tar -xf app.tgz\n'],
      good: [
        'FROM debian:12\nRUN curl -fsSLo app.tgz https://example.com/app.tgz && tar -xf app.tgz && rm app.tgz\n',
        'FROM debian:12\nRUN curl -fsSL https://example.com/app.tgz | tar -x\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#run'],
    },
  },
  visits: { tools: ['tar', 'unzip', 'dpkg', 'rpm'] },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      if (command.isConditional || command.isSubstitution) return;
      const archive = archiveOf(command);
      if (!archive?.isStatic || !isInFinalImage(dockerfile, on)) return;
      const { value: file, span } = archive;
      const name = baseName(file);
      const commands = on.script?.commands ?? [];
      const isDownloaded = commands.some((other) => other.span.end < command.span.start && downloads(other, name));
      if (!isDownloaded) return;
      const later = commands.filter((other) => other.span.start > command.span.start);
      // The archive or its directory is removed or moved.
      if (later.some((other) => /^(?:rm|mv|find|xargs|unlink|shred)$/.test(other.name) || other.name === '')) return;
      const rest = dockerfile.text.slice(command.span.end);
      if (rest.includes(name) || isMounted(on, [folderOf(file)])) return;
      const isCertain = file.startsWith('/') || !commands.some((other) => MOVES.has(other.name));
      const edit = isCertain ? appendCommand(dockerfile, on, `rm ${file}`) : undefined;
      report(span, 'left', {
        data: { file },
        fix: edit ? { title: 'remove', safety: 'safe', edits: [edit] } : { title: 'remove', safety: 'manual' },
      });
    },
  }),
});

const ARCHIVE = /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|deb|rpm)$/;
const MOVES: ReadonlySet<string> = new Set(['cd', 'pushd', 'popd']);

/** The archive that a command unpacks. */
function archiveOf(command: ShellCommand): Word | undefined {
  const words = command.words.slice(1);
  switch (command.name) {
    case 'tar':
      return /^-?[a-zA-Z]*x|^--(?:extract|get)$/.test(
        words.find(({ value }) => /^-?[a-zA-Z]+$/.test(value) || value.startsWith('--ex'))?.value ?? '',
      )
        ? words.find(({ value }) => ARCHIVE.test(value) && !value.startsWith('-'))
        : undefined;
    case 'unzip':
    case 'dpkg':
    case 'rpm':
      return words.find(({ value }) => ARCHIVE.test(value) && !value.startsWith('-'));
    default:
      return undefined;
  }
}

/** True if curl or wget writes a file with this name. */
function downloads(command: ShellCommand, name: string): boolean {
  if (command.name !== 'curl' && command.name !== 'wget') return false;
  return (
    command.words.some(({ value }) => value === name || value.endsWith(`/${name}`)) ||
    command.redirects.some(({ target }) => target?.value.endsWith(name))
  );
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0)) || '/';
}
