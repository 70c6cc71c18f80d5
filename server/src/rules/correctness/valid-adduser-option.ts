import { baseFacts } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';
import { mayFail } from '../shared/expectedFailure';

export default defineRule({
  meta: {
    id: 'valid-adduser-option',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      busybox: "`{option}` is an option of Alpine's `{tool}`: Debian's fails on it",
      replace: 'Replace it with `{options}`',
      long: 'Write the long options of Debian: `{tool} --system …`',
    },
    docs: {
      description: "Call the base image's own `adduser` and `addgroup`",
      rationale:
        "`adduser` and `addgroup` are other programs on Alpine (BusyBox) than on Debian and Ubuntu. Debian's programs read `-S`, `-D` and `-G` as abbreviations of several long options, and stop.",
      fixSafety: { unsafe: 'the defaults of the two programs for the home directory and the shell differ.' },
      bad: ['FROM debian:12\nRUN addgroup -S app && adduser -S -G app app\n'],
      good: [
        'FROM debian:12\nRUN addgroup --system app && adduser --system --ingroup app app\n',
        'FROM alpine:3.22\nRUN addgroup -S app && adduser -S -G app app\n',
      ],
      references: ['https://manpages.debian.org/bookworm/adduser/adduser.8.en.html'],
    },
  },
  visits: { tools: ['adduser', 'addgroup'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const { name } = command;
      if (!/^add(?:user|group)$/.test(name) || !on.stage || mayFail(command)) return;
      const distro = baseFacts(on.stage, knowledge)?.distro;
      if (distro !== 'debian' && distro !== 'ubuntu') return;
      for (const word of command.words.slice(1)) {
        if (!/^-[A-Za-z]+$/.test(word.value) || !/[SDG]/.test(word.value)) continue;
        const options = longOptions(command, word);
        report(word.span, 'busybox', {
          data: { tool: name, option: word.value },
          fix:
            options === undefined
              ? { title: 'long', data: { tool: name }, safety: 'manual' }
              : {
                  title: 'replace',
                  data: { options },
                  safety: 'unsafe',
                  edits: [{ span: word.span, newText: options }],
                },
        });
      }
    },
  }),
});

/** Options of BusyBox, and what Debian's programs call them. */
const OPTIONS: Readonly<Record<string, string>> = {
  S: '--system',
  D: '--disabled-password --gecos ""',
  G: '--ingroup',
  H: '--no-create-home',
  h: '--home',
  s: '--shell',
  u: '--uid',
};

/** Undefined when one of the letters is another option. */
function longOptions({ name }: ShellCommand, { value }: Word): string | undefined {
  const options = [...value.slice(1)].map((letter) =>
    letter === 'g' ? (name === 'addgroup' ? '--gid' : '--gecos') : OPTIONS[letter],
  );
  return options.includes(undefined) ? undefined : options.join(' ');
}
