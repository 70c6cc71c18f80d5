import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-directive-typo',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:syntax-directive-typo'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      typo: '`{name}` is not a directive: Docker treats it as a comment',
      near: 'Write `{near}`',
    },
    docs: {
      description: 'Spell parser directives correctly',
      rationale: 'Docker treats an unknown directive as a comment: it has no effect.',
      fixSafety: { unsafe: 'a different frontend or a different escape character then applies to the file.' },
      bad: ['# syntx=docker/dockerfile:1\nFROM debian:12\n'],
      good: ['# syntax=docker/dockerfile:1\nFROM debian:12\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
    },
  },
  create: ({ report }) => ({
    file({ comments, instructions, globalArgs, stages, text }) {
      const first = Math.min(
        ...[...instructions, ...globalArgs, ...stages.map(({ from }) => from)].map(({ span }) => span.start),
        text.length,
      );
      for (const comment of comments) {
        const name = comment.span.start < first ? /^([a-z]+)\s*=\s*\S+$/i.exec(comment.text)?.[1] : undefined;
        const near = name && nearestName(name.toLowerCase(), ['syntax', 'escape', 'check']);
        if (name === undefined || near === undefined || near === name.toLowerCase()) continue;
        const start = comment.span.start + text.slice(comment.span.start, comment.span.end).indexOf(name);
        const span = { start, end: start + name.length };
        report(span, 'typo', {
          data: { name },
          fix: { title: 'near', data: { near: near }, safety: 'unsafe', edits: [{ span, newText: near }] },
        });
      }
    },
  }),
});
