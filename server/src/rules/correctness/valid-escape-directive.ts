import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'valid-escape-directive',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: ['dockerfile-utils:INVALID_ESCAPE_DIRECTIVE', 'dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE'],
    fixable: 'manual',
    messages: {
      value: 'The escape character must be `\\\\` or a backtick',
      twice: 'The directive `{name}` appears twice',
      write: 'Write `# escape=\\\\` or `# escape=` and a backtick',
      once: 'Keep one of them',
    },
    advice: { value: 'write', twice: 'once' },
    docs: {
      description: 'Set the escape character once, to a valid character',
      rationale: 'Docker accepts a backslash or a backtick, and rejects a directive that appears twice.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['# escape=x\nFROM debian:12\n'],
      good: ['# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#escape'],
    },
  },
  create: ({ report }) => ({
    file({ text, directives }) {
      for (const { name, value, span } of directives)
        if (name === 'escape' && !/^[\\`]$/.test(value)) report(span, 'value');
      const seen = new Set<string>();
      let start = 0;
      for (const line of text.split('\n')) {
        const name = /^\s*#\s*(syntax|escape|check)\s*=/i.exec(line)?.[1]?.toLowerCase();
        if (name === undefined) break;
        if (seen.has(name)) report({ start, end: start + line.trimEnd().length }, 'twice', { data: { name } });
        seen.add(name);
        start += line.length + 1;
      }
    },
  }),
});
