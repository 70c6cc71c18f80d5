import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'shell-json-form',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['dockerfile-utils:SHELL_JSON_FORM', 'dockerfile-utils:SHELL_REQUIRES_ONE'],
    fixable: 'safe',
    messages: {
      form: 'SHELL requires a JSON array',
      empty: 'SHELL requires a program',
      json: 'Write it as JSON: `SHELL ["/bin/bash", "-c"]`',
      program: 'Write `["/bin/sh", "-c"]`',
    },
    advice: { empty: 'program', form: 'json' },
    docs: {
      description: 'Write SHELL as a JSON array',
      rationale: 'Docker rejects SHELL in any other form.',
      fixSafety: { safe: 'the words stay the same, and the current file does not build.' },
      bad: ['FROM debian:12\nSHELL /bin/bash -c\n'],
      good: ['FROM debian:12\nSHELL ["/bin/bash", "-c"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#shell'],
    },
  },
  visits: { keywords: ['SHELL'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (node.form === 'none') return;
      if (node.form === 'exec') {
        if (node.args.length === 0) report(node.body, 'empty');
        return;
      }
      // valid-exec-form fixes almost valid JSON.
      const source = text.slice(node.body.start, node.body.end);
      if (source.startsWith('[')) return;
      const isPlain = !source.includes('\n') && node.args.every(({ isStatic }) => isStatic) && !/["'\\]/.test(source);
      const json = `[${node.args.map(({ value }) => JSON.stringify(value)).join(', ')}]`;
      report(node.body, 'form', {
        fix: isPlain ? { title: 'json', safety: 'safe', edits: [{ span: node.body, newText: json }] } : undefined,
      });
    },
  }),
});
