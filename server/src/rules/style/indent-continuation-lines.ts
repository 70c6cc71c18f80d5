import { continuationBlanks } from '../../dockerfile/edits/continuationLines';
import { defineRule } from '../../engine/rule';

const INDENT = '    ';

export default defineRule({
  meta: {
    id: 'indent-continuation-lines',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:consistent-indentation'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      flat: 'This continuation line looks like an instruction',
      indent: 'Indent it',
    },
    docs: {
      description: 'Indent continuation lines',
      rationale: 'A continuation line without indentation looks like a new instruction.',
      fixSafety: { safe: 'additional spaces between the words of a command have no effect.' },
      bad: ['FROM debian:12\nRUN apt-get update \\\n&& apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y curl\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#format'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.form !== 'shell' || !node.script) return;
      const flat = continuationBlanks(dockerfile, node).filter(({ start, end }) => start === end);
      const [first] = flat;
      if (!first) return;
      report({ start: first.start, end: first.start + 1 }, 'flat', {
        fix: {
          title: 'indent',
          safety: 'safe',
          edits: flat.map((span) => ({ span, newText: INDENT })),
        },
      });
    },
  }),
});
