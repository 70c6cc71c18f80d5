import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { blanksBefore } from '../../text/blanks';

export default defineRule({
  meta: {
    id: 'long-run',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S7020'],
    fixable: 'safe',
    messages: {
      long: 'Line of {length} characters',
      split: 'Put each command on its own line',
    },
    docs: {
      description: 'Break long RUN lines',
      rationale:
        'The end of a line that does not fit the screen is hidden, and a diff shows the whole line as changed.',
      fixSafety: { safe: 'the line is broken between commands, and Docker joins it again.' },
      bad: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl git make gcc g++ python3 python3-pip && rm -rf /var/lib/apt/lists/*\n',
      ],
      good: [
        'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends curl git make \\\n    && rm -rf /var/lib/apt/lists/*\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.heredocs.length > 0) return;
      const { text, escape } = dockerfile;
      const start = text.lastIndexOf('\n', node.span.start - 1) + 1;
      let at = start;
      for (const line of text.slice(start, node.span.end).split('\n')) {
        const length = line.trimEnd().length;
        const words = line.trim().split(/\s+/);
        // A URL cannot be broken.
        const rest = words.filter((word) => !/:\/\//.test(word) && word !== escape);
        const lengthOfUrls = words.join(' ').length - rest.join(' ').length;
        if (length - lengthOfUrls > MAX_LENGTH && rest.length > 4) {
          report({ start: Math.max(at, node.span.start), end: at + length }, 'long', {
            data: { length },
            fix: splitFix(dockerfile, node),
          });
          return;
        }
        at += line.length + 1;
      }
    },
  }),
});

const MAX_LENGTH = 120;

/** Only for a single line of commands joined by `&&`. */
function splitFix({ text, escape, comments }: DockerfileModel, node: Instruction): FixDraft<'split'> | undefined {
  const { chain, errors } = node.script ?? { chain: undefined, errors: [] };
  const source = text.slice(node.span.start, node.span.end);
  if (!chain || errors.length > 0 || node.form !== 'shell' || source.includes('\n') || chain.operators.length === 0)
    return undefined;
  if (
    chain.operators.some(({ text: operator }) => operator !== '&&') ||
    comments.some(({ span }) => span.start > node.span.start && span.end <= node.span.end)
  )
    return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const edits = chain.operators.flatMap(({ span }) => {
    const gap = blanksBefore(text, span.start);
    return [{ span: { start: span.start - gap, end: span.start }, newText: ` ${escape}${lineEnd}    ` }];
  });
  return { title: 'split', safety: 'safe', edits };
}
