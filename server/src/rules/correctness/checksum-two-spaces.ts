import { baseFacts } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'checksum-two-spaces',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sha256sumEchoOneSpaces'],
    fixable: 'safe',
    messages: {
      spaces: '`{name} -c` from BusyBox requires two spaces before the file name',
      add: 'Write two spaces',
    },
    docs: {
      description: 'Put two spaces between the checksum and the file name',
      rationale:
        '`sha256sum` itself writes two spaces. GNU also accepts one. BusyBox, and therefore every Alpine image, finds no line to check and fails.',
      fixSafety: { safe: 'every `sha256sum` reads a line with two spaces the same way.' },
      bad: ['FROM alpine:3.20\nRUN echo "$SUM app.tgz" | sha256sum -c -\n'],
      good: ['FROM alpine:3.20\nRUN echo "$SUM  app.tgz" | sha256sum -c -\n'],
      references: ['https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html'],
    },
  },
  visits: { tools: ['sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum', 'md5sum'] },
  create: ({ dockerfile: { text }, knowledge, report }) => ({
    command(command, on) {
      if (!/^(?:sha\d+|md5)sum$/.test(command.name) || command.pipeline.index !== 1) return;
      const distro = on.stage && baseFacts(on.stage, knowledge)?.distro;
      const hasGnu = distro !== undefined && distro !== 'alpine' && distro !== 'busybox';
      if (hasGnu || !readOptions(command).has('-c', '--check')) return;
      const echo = on.script?.commands.find(
        (other) => other.chain === command.chain && other.itemIndex === command.itemIndex && other.pipeline.index === 0,
      );
      const line = echo?.name === 'echo' && echo.words.length === 2 ? echo.words[1] : undefined;
      const source = line ? text.slice(line.span.start, line.span.end) : '';
      // In GNU's `*file` format, the asterisk takes the place of the second space.
      const match = /^(["'](?:[\da-f]+|\$\{?\w+\}?)) ([^\s*])/.exec(source);
      if (!line || !match) return;
      const at = line.span.start + (match[1]?.length ?? 0);
      report({ start: at, end: at + 1 }, 'spaces', {
        data: { name: command.name },
        fix: { title: 'add', safety: 'safe', edits: [{ span: { start: at, end: at }, newText: ' ' }] },
      });
    },
  }),
});
