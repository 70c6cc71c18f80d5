import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { inlineComments } from '../../dockerfile/inlineComments';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { blanksBefore } from '../../text/blanks';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-inline-comment',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      found: '`#` does not start a comment here: {keyword} reads it as an argument',
      move: 'Move the comment to its own line',
    },
    docs: {
      description: 'Put each comment on its own line',
      rationale:
        'Docker treats only lines that begin with `#` as comments. After the arguments of an instruction, `#` and the words that follow are arguments too: COPY looks for files with these names, EXPOSE and ENV fail to build, and WORKDIR creates a directory named `app # sources`. An exec form followed by a comment is not valid JSON, so Docker passes it to the shell. Only a shell understands such comments, as in `RUN make # why`.',
      fixSafety: {
        safe: 'only if the instruction does not build as written.',
        unsafe: 'an instruction that builds as written gets the intended values instead of those that it has.',
      },
      bad: ['FROM debian:12\nCOPY app /srv/ # the program\n', 'FROM debian:12\nEXPOSE 8080 # http\n'],
      good: ['FROM debian:12\n# the program\nCOPY app /srv/\n', 'FROM debian:12\nRUN make # why\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#format'],
    },
  },
  visits: {
    keywords: [
      'ADD',
      'ARG',
      'CMD',
      'COPY',
      'ENTRYPOINT',
      'ENV',
      'EXPOSE',
      'FROM',
      'HEALTHCHECK',
      'LABEL',
      'RUN',
      'SHELL',
      'STOPSIGNAL',
      'USER',
      'VOLUME',
      'WORKDIR',
    ],
  },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      for (const span of inlineComments(dockerfile, node)) {
        report(span, 'found', {
          data: { keyword: node.keyword },
          severity: isBroken(node) ? 'error' : 'warning',
          fix: moveUp(dockerfile, node, span),
        });
      }
    },
  }),
});

const BREAK: ReadonlySet<string> = new Set(['ADD', 'COPY', 'EXPOSE', 'FROM', 'RUN', 'SHELL']);

/** True if the comment breaks every build. */
function isBroken({ keyword, pairs, bodyText }: Instruction): boolean {
  if (keyword === 'ENV' || keyword === 'LABEL') return pairs[0]?.isLegacy !== true;
  return keyword === 'HEALTHCHECK' ? /^NONE\b/i.test(bodyText) : BREAK.has(keyword);
}

function moveUp(dockerfile: DockerfileModel, node: Instruction, span: Span): FixDraft<'move'> {
  const { text } = dockerfile;
  const lineStart = text.lastIndexOf('\n', node.keywordSpan.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, node.keywordSpan.start))?.[0] ?? '';
  return {
    title: 'move',
    safety: isBroken(node) ? 'safe' : 'unsafe',
    edits: [
      {
        span: { start: lineStart, end: lineStart },
        newText: `${indent}${text.slice(span.start, span.end)}${lineEndOf(dockerfile)}`,
      },
      { span: { start: span.start - blanksBefore(text, span.start), end: span.end }, newText: '' },
    ],
  };
}
