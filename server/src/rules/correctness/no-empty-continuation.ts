import { defineRule, type FixDraft } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-empty-continuation',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['NoEmptyContinuation', 'dockerfile-utils:EMPTY_CONTINUATION_LINE'],
    fixable: 'unsafe',
    formats: 'layout',
    messages: {
      empty: 'Blank line inside an instruction',
      remove: 'Remove the blank line',
      end: 'End the instruction before the blank line',
    },
    docs: {
      description: 'Leave no blank lines inside an instruction',
      rationale:
        'Docker skips a blank line between continuation lines. It warns that a future version will not: the instruction would then end there.',
      fixSafety: {
        safe: 'Docker skips the line.',
        unsafe:
          'if an instruction follows, the fix removes the superfluous escape character above it, so the build then does what it did not do before.',
      },
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
        // The line after an escape character is a continuation; comments may come in between.
        let continues = false;
        let end = 0;
        for (const line of source.split('\n')) {
          const index = end;
          end += line.length + 1;
          const content = line.trim();
          if (content !== '' && (index === 0 || !content.startsWith('#'))) continues = content.endsWith(escape);
          if (content !== '' || !continues || end > source.length) continue;
          const span = { start: node.span.start + index, end: node.span.start + end };
          report(span, 'empty', { fix: fixFor(text, escape, span) });
        }
      }
    },
  }),
});

/** `RUN a \`, a blank line, `RUN b`: meant as two instructions, but parsed as one. */
const INSTRUCTION =
  /^\s*(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)[ \t]+\S/;

function fixFor(text: string, escape: string, blank: Span): FixDraft<'remove' | 'end'> {
  if (!INSTRUCTION.test(text.slice(blank.end, blank.end + 200)))
    return { title: 'remove', safety: 'safe', edits: [{ span: blank, newText: '' }] };
  const before = text.slice(0, blank.start);
  const end = before.trimEnd().length;
  const start = before.slice(0, before.lastIndexOf(escape, end)).trimEnd().length;
  return { title: 'end', safety: 'unsafe', edits: [{ span: { start, end }, newText: '' }] };
}
