import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'lowercase-directive',
    group: 'style',
    severity: 'hint',
    recommended: true,
    since: '0.1.0',
    aliases: ['dockerfile-utils:CASING_DIRECTIVE'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      casing: 'Parser directive `{name}` is not in lower case',
      lower: 'Write it in lower case',
    },
    docs: {
      description: 'Write parser directives in lower case',
      rationale: 'Docker also accepts `# Escape=`, but everyone writes, and searches for, `# escape=`.',
      fixSafety: { safe: 'Docker ignores case here.' },
      bad: ['# Syntax=docker/dockerfile:1\nFROM alpine:3.20\n'],
      good: ['# syntax=docker/dockerfile:1\nFROM alpine:3.20\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
    },
  },
  create: ({ dockerfile: { text, directives }, report }) => ({
    file() {
      for (const { name, span } of directives) {
        const start = text.toLowerCase().indexOf(name, span.start);
        const at = { start, end: start + name.length };
        const written = text.slice(at.start, at.end);
        if (start < 0 || written === name) continue;
        report(at, 'casing', {
          data: { name: written },
          fix: { title: 'lower', safety: 'safe', edits: [{ span: at, newText: name }] },
        });
      }
    },
  }),
});
