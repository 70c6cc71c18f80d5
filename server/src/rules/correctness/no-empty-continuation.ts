import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-empty-continuation',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['NoEmptyContinuation', 'dockerfile-utils:EMPTY_CONTINUATION_LINE'],
    fixable: 'safe',
    messages: {
      empty: 'Blank line inside an instruction',
      remove: 'Remove the blank line',
    },
    docs: {
      description: 'Leave no blank lines inside an instruction',
      rationale:
        'Docker skips a blank line between continued lines, and warns that a later version will not: the instruction would end there.',
      fixSafety: 'Safe: Docker skips the line.',
      bad: ['FROM debian:12\nRUN apt-get update && \\\n\n    apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl\n'],
      references: ['https://docs.docker.com/reference/build-checks/no-empty-continuation/'],
    },
  },
  create: ({ dockerfile: { text, instructions, escape }, report }) => ({
    file() {
      for (const node of instructions) {
        const last = node.heredocs[0] ? text.indexOf('\n', node.span.start) : node.span.end;
        const source = text.slice(node.span.start, last);
        if (!source.includes('\n')) continue;
        // What follows the escape character is a continuation; comments may stand between.
        let continues = false;
        let end = 0;
        for (const line of source.split('\n')) {
          const index = end;
          end += line.length + 1;
          const content = line.trim();
          if (content !== '' && (index === 0 || !content.startsWith('#'))) continues = content.endsWith(escape);
          if (content !== '' || !continues || end > source.length) continue;
          const span = { start: node.span.start + index, end: node.span.start + end };
          report(span, 'empty', { fix: { title: 'remove', safety: 'safe', edits: [{ span, newText: '' }] } });
        }
      }
    },
  }),
});
