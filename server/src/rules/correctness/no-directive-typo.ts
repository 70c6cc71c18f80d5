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
      late: '`# {name}=` has no effect here: Docker reads directives only at the top',
      top: 'Move it to the first line',
    },
    docs: {
      description: 'Spell parser directives correctly, and write them at the top',
      rationale:
        'Docker treats an unknown directive as a comment: it has no effect. So does one below another comment or a blank line: directives end there.',
      fixSafety: { unsafe: 'a different frontend or a different escape character then applies to the file.' },
      bad: [
        '# syntx=docker/dockerfile:1\nFROM debian:12\n',
        '# Builds the server\n# syntax=docker/dockerfile:1\nFROM debian:12\n',
      ],
      good: ['# syntax=docker/dockerfile:1\nFROM debian:12\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
    },
  },
  create: ({ report }) => ({
    file({ comments, directives, instructions, globalArgs, stages, text }) {
      const first = Math.min(
        ...[...instructions, ...globalArgs, ...stages.map(({ from }) => from)].map(({ span }) => span.start),
        text.length,
      );
      for (const comment of comments) {
        const name = comment.span.start < first ? /^([a-z]+)\s*=\s*\S+$/i.exec(comment.text)?.[1] : undefined;
        const near = name && nearestName(name.toLowerCase(), ['syntax', 'escape', 'check']);
        if (name === undefined || near === undefined) continue;
        if (near === name.toLowerCase()) {
          const lineEnd = text.indexOf('\n', comment.span.end) + 1;
          const isDirective = directives.some(
            ({ span }) => span.start < comment.span.end && comment.span.start < span.end,
          );
          // `# escape=` may be a note, and changing it would change every line.
          if (isDirective || near === 'escape' || lineEnd === 0 || !VALUE.test(comment.text)) continue;
          const line = text.slice(comment.span.start, lineEnd);
          const first = text.startsWith('#!') ? text.indexOf('\n') + 1 : text.startsWith('\uFEFF') ? 1 : 0;
          report(comment.span, 'late', {
            data: { name: near },
            fix: {
              title: 'top',
              safety: 'unsafe',
              edits: [
                { span: { start: first, end: first }, newText: line },
                { span: { start: comment.span.start, end: lineEnd }, newText: '' },
              ],
            },
          });
          continue;
        }
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

/** What is certainly meant for the builder: `syntax=docker/dockerfile:1`, `check=skip=all`. */
const VALUE = /^syntax[ \t]?=[ \t]?[^\s/]+\/\S+$|^check[ \t]?=[ \t]?(?:skip|error)=/i;
