import type { DockerfileModel, Instruction, Pair } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { blanksBefore } from '../../text/blanks';

export default defineRule({
  meta: {
    id: 'no-env-self-reference',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3044', 'DF062'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      self: '`${name}` does not have its new value yet in this ENV',
      split: 'Start a new ENV here',
      above: 'Set `{name}` in an ENV above this one',
    },
    advice: { self: 'above' },
    docs: {
      description: 'Do not use a variable in the ENV that sets it',
      rationale:
        'Docker expands all values of an ENV before it sets any of them: `ENV A=1 B=$A` gives B the previous value of A, which is often empty.',
      fixSafety: { unsafe: 'the variable then has its new value, which changes the build.' },
      bad: ['FROM debian:12\nENV HOME_DIR=/srv DATA_DIR=$HOME_DIR/data\n'],
      good: [
        'FROM debian:12\nENV HOME_DIR=/srv\nENV DATA_DIR=$HOME_DIR/data\n',
        'FROM debian:12\nENV PATH=/srv/bin:$PATH\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
    },
  },
  visits: { keywords: ['ENV'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.pairs.length < 2) return;
      const set = new Set<string>();
      for (const pair of node.pairs) {
        const used = usedBy(pair);
        const name = used.size === 0 ? undefined : [...set].find((candidate) => used.has(candidate));
        // A variable that already has a value is meant to use it: `ENV A=x$A B=y$A`.
        if (name !== undefined && pair.valueSpan && (pair.name === name || node.resolve(name) === undefined)) {
          report(pair.valueSpan, 'self', { data: { name }, fix: splitAt(dockerfile, node, pair) });
        }
        set.add(pair.name);
      }
    },
  }),
});

function usedBy({ valueText = '' }: Pair): ReadonlySet<string> {
  const outside = valueText.replace(/'[^']*'/g, '');
  const matches = outside.matchAll(/(?<!\\)\$(?:(\w+)|\{(\w+)[}:#%/-])/g);
  return new Set([...matches].map(([, bare, braced]) => bare ?? braced ?? ''));
}

/** If the instruction is on one line, moves the pairs from here on to a new instruction. */
function splitAt({ text }: DockerfileModel, node: Instruction, pair: Pair): FixDraft<'split'> | undefined {
  if (text.slice(node.span.start, node.span.end).includes('\n') || node.onbuild) return undefined;
  const lineStart = text.lastIndexOf('\n', node.span.start - 1) + 1;
  const indent = text.slice(lineStart, node.span.start);
  const keyword = text.slice(node.keywordSpan.start, node.keywordSpan.end);
  const gap = blanksBefore(text, pair.span.start);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    title: 'split',
    safety: 'unsafe',
    edits: [
      { span: { start: pair.span.start - gap, end: pair.span.start }, newText: `${lineEnd}${indent}${keyword} ` },
    ],
  };
}
