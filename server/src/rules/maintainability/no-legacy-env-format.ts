import type { DockerfileModel, Instruction, Pair } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-legacy-env-format',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    tags: ['deprecated'],
    aliases: ['LegacyKeyValueFormat', 'sonar:S6586'],
    fixable: 'safe',
    messages: {
      legacy: '`{keyword} {name} …` without `=` is the legacy form',
      equals: 'Write `{name}=…`',
    },
    docs: {
      description: 'Write ENV and LABEL with an equals sign',
      rationale:
        'The legacy form uses the whole rest of the line as one value, including spaces and a second pair: `ENV A 1 B=2` sets A to `1 B=2`. With `=`, each pair is separate, and values are quoted where necessary.',
      fixSafety: {
        safe: 'the name and the value stay the same.',
        notes: 'There is no automatic fix for values that contain quotes, an escape character or line breaks.',
      },
      bad: ['FROM alpine:3.20\nENV APP_NAME my app\n'],
      good: ['FROM alpine:3.20\nENV APP_NAME="my app"\n', 'FROM alpine:3.20\nENV A=1 B=2\n'],
      references: ['https://docs.docker.com/reference/build-checks/legacy-key-value-format/'],
    },
  },
  visits: { keywords: ['ENV', 'LABEL'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const [pair] = node.pairs;
      if (!pair?.isLegacy || !pair.valueSpan || pair.name.startsWith('$(')) return;
      report(pair.span, 'legacy', {
        data: { keyword: node.keyword, name: pair.name },
        fix: fixFor(dockerfile, node, pair),
      });
    },
  }),
});

function fixFor({ text, escape }: DockerfileModel, node: Instruction, pair: Pair): FixDraft<'equals'> {
  const { nameSpan, valueSpan } = pair;
  const value = valueSpan && text.slice(valueSpan.start, valueSpan.end);
  const isOneLine = !text.slice(node.span.start, node.span.end).includes('\n');
  if (!valueSpan || value === undefined || !isOneLine || value.includes(escape))
    return { title: 'equals', safety: 'manual' };
  const between = { start: nameSpan.end, end: valueSpan.start };
  // Quotes around the whole value mean the same in both forms.
  const isQuoted = /^"[^"']*"$|^'[^'"]*'$/.test(value);
  if (!isQuoted && /["']/.test(value)) return { title: 'equals', safety: 'manual' };
  const needsQuotes = !isQuoted && /\s/.test(value);
  const edits = needsQuotes
    ? [
        { span: between, newText: '="' },
        { span: { start: valueSpan.end, end: valueSpan.end }, newText: '"' },
      ]
    : [{ span: between, newText: '=' }];
  return { title: 'equals', safety: 'safe', edits };
}
