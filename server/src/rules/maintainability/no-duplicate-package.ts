import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { removeWord } from '../../dockerfile/edits/removeWord';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-duplicate-package',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'safe',
    messages: {
      twice: '`{name}` is named twice in this install',
      remove: 'Remove the second name',
    },
    docs: {
      description: 'Name a package once',
      rationale:
        'The second name has no effect. Long, unsorted lists hide it, and someone who removes one of the two wonders why the package stays.',
      fixSafety: { safe: 'a package manager installs a package once, even if it is named twice.' },
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl git curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl git\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
    },
  },
  visits: { tools: SYSTEM_MANAGERS },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      const call = systemInstall(command);
      if (!call) return;
      const seen = new Map<string, Word>();
      for (const word of call.operands) {
        const first = word.isStatic ? seen.get(word.value) : undefined;
        if (!first) {
          seen.set(word.value, word);
          continue;
        }
        const edit = removeDuplicate(dockerfile, on, word);
        report(word.span, 'twice', {
          data: { name: word.value },
          fix: edit && { title: 'remove', safety: 'safe', edits: [edit] },
        });
      }
    },
  }),
});

/** Removes the whole line if the package has its own line and another line follows. */
function removeDuplicate(dockerfile: DockerfileModel, run: Instruction, word: Word): TextEdit | undefined {
  const { text } = dockerfile;
  const start = text.lastIndexOf('\n', word.span.start - 1) + 1;
  const tail = /^[ \t]*[\\`][ \t]*\r?\n/.exec(text.slice(word.span.end, run.span.end))?.[0];
  const isOwnLine = start > run.span.start && /^[ \t]*$/.test(text.slice(start, word.span.start)) && tail !== undefined;
  return isOwnLine
    ? { span: { start, end: word.span.end + tail.length }, newText: '' }
    : removeWord(dockerfile, word.span);
}
