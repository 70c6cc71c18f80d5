import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

/** Octal modes that let everybody write; with the sticky bit (1777, as on /tmp) that is harmless. */
const OCTAL = /^[0246]?[0-7]{2}[2367]$/;
/** Without a letter for whom, `+w` means the owner alone under the usual umask. */
const SYMBOLIC = /(?:^|,)[ugo]*[oa][ugoa]*[+=][rwxXst]*w/;

export default defineRule({
  meta: {
    id: 'no-world-writable',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['sonar:S2612', 'DF034'],
    fixable: 'manual',
    messages: {
      writable: 'Mode {mode} lets every user write',
      explain: 'Give the files to the user that writes them, with COPY --chown or chown, and use 755 or 644',
    },
    docs: {
      description: 'Let only the owner write files of the image',
      rationale:
        'A file that everybody may write can be replaced by any process in the container, also by one that an attacker has taken over: a changed script or library then runs with the rights of whoever starts it next. The mode is mostly there because the wrong user owns the file.',
      fixSafety: 'Explained only: who has to own the file is not in the Dockerfile.',
      bad: ['FROM debian:12\nRUN chmod -R 777 /app\n', 'FROM debian:12\nCOPY --chmod=777 run.sh /\n'],
      good: [
        'FROM debian:12\nRUN chmod 755 /app/run.sh\n',
        'FROM debian:12\nRUN chmod 1777 /tmp\n',
        'FROM debian:12\nCOPY --chmod=755 run.sh /\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'], tools: ['chmod', 'mkdir', 'install'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const flag of node.flags) {
        const mode = flag.name === 'chmod' && flag.value !== undefined ? node.expand(flag.value) : undefined;
        if (mode !== undefined && isWritable(mode)) {
          report(flag.span, 'writable', { data: { mode }, fix: { title: 'explain', safety: 'manual' } });
        }
      }
    },
    command(command) {
      const mode = modeOf(command);
      if (mode?.isStatic && isWritable(mode.value) && !isTemporary(command)) {
        report(mode.span, 'writable', { data: { mode: mode.value }, fix: { title: 'explain', safety: 'manual' } });
      }
    },
  }),
});

function modeOf(command: ShellCommand): Word | undefined {
  if (command.name === 'chmod') {
    return command.words.slice(1).find((word) => !/^-[a-zA-Z-]/.test(word.value));
  }
  if (command.name !== 'mkdir' && command.name !== 'install') return undefined;
  const option = command.words.findIndex((word) => word.value === '-m' || word.value === '--mode');
  return option < 0 ? undefined : command.words[option + 1];
}

/** A folder that lives for one RUN, such as `$tempDir`. */
function isTemporary(command: ShellCommand): boolean {
  return command.words.slice(2).every((word) => /\$\{?\w*te?mp\w*/i.test(word.value));
}

function isWritable(mode: string): boolean {
  return OCTAL.test(mode) || (SYMBOLIC.test(mode) && !/\+[rwxX]*t/.test(mode));
}
