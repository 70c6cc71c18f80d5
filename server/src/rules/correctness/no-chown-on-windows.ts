import { removeWord } from '../../dockerfile/edits/removeWord';
import { hasWindowsBase } from '../../dockerfile/windowsBase';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-chown-on-windows',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:windows/no-chown-flag'],
    fixable: 'safe',
    messages: {
      chown: '`--chown` has no effect in a Windows container',
      remove: 'Remove it',
    },
    docs: {
      description: 'Leave --chown out of Windows images',
      rationale:
        'Windows has no numeric user and group IDs that Docker could assign to a file. Docker ignores the flag or rejects it.',
      fixSafety: { safe: 'the flag has no effect on Windows.' },
      bad: ['# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY --chown=app:app app.exe C:/app/\n'],
      good: ['# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY app.exe C:/app/\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (!node.stage || !hasWindowsBase(node.stage)) return;
      for (const flag of node.flags) {
        if (flag.name !== 'chown') continue;
        const edit = removeWord(dockerfile, flag.span);
        report(flag.span, 'chown', { fix: edit && { title: 'remove', safety: 'safe', edits: [edit] } });
      }
    },
  }),
});
