import { defineRule } from '../../engine/rule';
import { strayWords } from '../shared/strayWords';

export default defineRule({
  meta: {
    id: 'no-space-in-arg',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      empty: '`{word}` is declared as another ARG: {name} has no default',
      cut: '`{word}` is declared as another ARG: the default of {name} ends before it',
      write: 'Write `{written}`',
    },
    docs: {
      description: 'Write the default of an ARG as one word after an equals sign',
      rationale:
        'ARG declares each word as an ARG of its own, unlike the old form of ENV. `ARG HOST localhost` declares HOST and localhost, both without a value, and `ARG FLAGS=--release --lib` sets FLAGS to `--release`. The build continues with the wrong values.',
      fixSafety: { unsafe: 'the ARG then has another default, the intended one.' },
      bad: ['FROM debian:12\nARG DB_HOST localhost\n', 'FROM debian:12\nARG FLAGS=--release --locked\n'],
      good: ['FROM debian:12\nARG DB_HOST=localhost\n', 'FROM debian:12\nARG FLAGS="--release --locked"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#arg'],
    },
  },
  visits: { keywords: ['ARG'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      const stray = strayWords(node);
      const [pair] = node.pairs;
      const [word] = stray;
      const last = stray.at(-1);
      if (!pair || !word || !last) return;
      const value = [pair.valueSpan, ...stray.map(({ span }) => span)]
        .flatMap((span) => (span ? [text.slice(span.start, span.end)] : []))
        .join(' ');
      const written = `${pair.name}=${value.includes(' ') ? `"${value}"` : value}`;
      const isPlain = !/["'\\\n]/.test(value);
      report(word.span, pair.value === undefined ? 'empty' : 'cut', {
        data: { word: word.value, name: pair.name },
        fix: isPlain
          ? {
              title: 'write',
              data: { written },
              safety: 'unsafe',
              edits: [{ span: { start: pair.nameSpan.start, end: last.span.end }, newText: written }],
            }
          : { title: 'write', data: { written: `${pair.name}="…"` }, safety: 'manual' },
      });
    },
  }),
});
