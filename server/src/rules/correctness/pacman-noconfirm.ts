import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { hasInput } from '../shared/assumeYes';

export default defineRule({
  meta: {
    id: 'pacman-noconfirm',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'safe',
    messages: {
      asks: '`pacman {operation}` without --noconfirm prompts, and a build cannot answer',
      add: 'Add --noconfirm',
    },
    docs: {
      description: 'Answer the prompts of pacman with --noconfirm',
      rationale:
        'pacman asks before it installs or removes packages. A build cannot answer, so pacman aborts and the build fails.',
      fixSafety: { safe: 'pacman takes the answers that it proposes.' },
      bad: ['FROM archlinux:base-devel\nRUN pacman -Syu git\n'],
      good: ['FROM archlinux:base-devel\nRUN pacman -Syu --noconfirm git\n'],
      references: ['https://man.archlinux.org/man/pacman.8#TRANSACTION_OPTIONS_(APPLY_TO_-S,_-R_AND_-U)'],
    },
  },
  visits: { tools: ['pacman'] },
  create: ({ report }) => ({
    command(command, on) {
      const operation = command.words[1];
      if (on.keyword !== 'RUN' || !operation || !asks(operation.value, command.words.length)) return;
      if (hasInput(command) || !command.words.every(({ isStatic }) => isStatic)) return;
      if (command.words.some(({ value }) => /^--(?:noconfirm|print|help)$/.test(value))) return;
      report(operation.span, 'asks', {
        data: { operation: operation.value },
        fix: { title: 'add', safety: 'safe', edits: [addOption(operation, '--noconfirm')] },
      });
    },
  }),
});

/** `-S git`, `-Syu`, `-R git`, `-U file`; not just `-Sy`, and no queries such as `-Ss` and `-Si`. */
function asks(operation: string, words: number): boolean {
  if (/^-S\w*[sigl]|^-\w*[hp]/.test(operation) || !/^-[SRU][a-z]*$/.test(operation)) return false;
  return words > 2 || /^-S\w*[uc]/.test(operation);
}
