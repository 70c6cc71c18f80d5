import { defineRule } from '../../engine/rule';

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
    formats: true,
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
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (node.form !== 'shell' || node.heredocs.length > 0 || !node.script) return;
      // Only before a word or an operator: inside quotes the blanks would be part of the text.
      const starts = new Set([
        ...node.script.commands.flatMap(({ words, wrappers }) => [...words, ...wrappers].map(({ span }) => span.start)),
        ...node.script.chain.operators.map(({ span }) => span.start),
      ]);
      const flat: number[] = [];
      for (
        let at = text.indexOf('\n', node.span.start) + 1;
        at > 0 && at < node.span.end;
        at = text.indexOf('\n', at) + 1
      ) {
        if (starts.has(at)) flat.push(at);
      }
      const [first] = flat;
      if (first === undefined) return;
      report({ start: first, end: first + 1 }, 'flat', {
        fix: {
          title: 'indent',
          safety: 'safe',
          edits: flat.map((at) => ({ span: { start: at, end: at }, newText: '    ' })),
        },
      });
    },
  }),
});
