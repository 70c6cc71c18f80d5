import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { removeWord } from '../../dockerfile/edits/removeWord';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-duplicate-label',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:labels/no-duplicate-keys'],
    fixable: 'safe',
    messages: {
      twice: 'Label `{label}` is set again below: this value has no effect',
      last: 'This value is used',
      remove: 'Remove the value that has no effect',
    },
    docs: {
      description: 'Set every label once',
      rationale:
        'If a label is set twice, the later value wins. The first value has no effect, but looks as if it had one.',
      fixSafety: { safe: 'the image already has the last value.' },
      bad: ['FROM debian:12\nLABEL version="1"\nLABEL version="2"\n'],
      good: ['FROM debian:12\nLABEL version="2"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#label'],
    },
  },
  create: ({ dockerfile, report }) => ({
    stage({ instructions }) {
      const last = new Map<string, Span>();
      for (const node of instructions.toReversed()) {
        // Docker rejects a word without `=`, or it would become a name if the pair before it were removed.
        if (node.keyword !== 'LABEL' || node.pairs.some(({ value }) => value === undefined)) continue;
        for (const { name, span } of node.pairs.toReversed()) {
          const other = last.get(name);
          last.set(name, other ?? span);
          if (!other || name.includes('$')) continue;
          const edit = node.pairs.length === 1 ? removeInstruction(dockerfile, node) : removeWord(dockerfile, span);
          report(span, 'twice', {
            data: { label: name },
            related: [{ messageId: 'last', span: other }],
            fix: edit && {
              title: 'remove',
              safety: 'safe',
              edits: [edit],
              isolation: node.span.start,
            },
          });
        }
      }
    },
  }),
});
