import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-unclosed-quote',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      open: '{quote} is never closed: {keyword} does not build',
      split: '{keyword} splits at blanks, also between quotes',
      escape: 'Escape the quote',
      close: 'Close the quote',
      json: 'Write the paths as a JSON array',
    },
    advice: { open: 'escape', split: 'json' },
    docs: {
      description: 'Close every quote in an argument',
      rationale:
        'Docker reads quotes in instructions that expand variables. A single `"` or an apostrophe stops the build: `unexpected end of statement while looking for matching single-quote`. COPY, ADD and VOLUME split at blanks first: a path with blanks needs a JSON array.',
      fixSafety: { unsafe: 'the end of the quoted text is a guess.' },
      bad: [
        "FROM debian:12\nENV MESSAGE=don't\n",
        'FROM debian:12\nENV NAME="two words\n',
        'FROM debian:12\nCOPY "my file" /\n',
      ],
      good: ['FROM debian:12\nENV MESSAGE=don\\\'t NAME="it\'s me"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
    },
  },
  visits: {
    keywords: ['FROM', 'ARG', 'ENV', 'LABEL', 'COPY', 'ADD', 'EXPOSE', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
  },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const { keyword, heredocs, span } = node;
      if (heredocs.length > 0 || !/["']/.test(dockerfile.text.slice(span.start, span.end)) || node.form === 'exec')
        return;
      for (const word of node.args) {
        const at = unclosedQuote(word.text, dockerfile.escape);
        const quote = at === undefined ? undefined : word.text[at];
        if (at === undefined || quote === undefined) continue;
        const opens = at === 0 || word.text[at - 1] === '=';
        // A word with continuation lines is longer in the file: the place of its quote is not known.
        const isLine = word.text.length === word.span.end - word.span.start;
        const place = opens ? word.span.end : word.span.start + at;
        const edits = [{ span: { start: place, end: place }, newText: opens ? quote : dockerfile.escape }];
        if (/^["']/.test(word.text) && PATHS.has(keyword)) {
          const paths = [...node.bodyText.matchAll(/"([^"\\]*)"|'([^'\\]*)'|[^\s"'\\]+/g)].map(
            (path) => path[1] ?? path[2] ?? path[0],
          );
          const json = `[${paths.map((path) => JSON.stringify(path)).join(', ')}]`;
          const isWhole = paths.some((path) => /\s/.test(path)) && !json.includes('\\') && isLine;
          return report(word.span, 'split', {
            data: { keyword },
            fix: isWhole ? { title: 'json', safety: 'unsafe', edits: [{ span: node.body, newText: json }] } : undefined,
          });
        }
        report(word.span, 'open', {
          data: { quote, keyword },
          fix: isLine ? { title: opens ? 'close' : 'escape', safety: 'unsafe', edits } : undefined,
        });
        return;
      }
    },
  }),
});

const PATHS: ReadonlySet<string> = new Set(['COPY', 'ADD', 'VOLUME']);

/** The place of a quote without its second half, by the rules of Docker's word lexer. */
function unclosedQuote(text: string, escape: string): number | undefined {
  let open: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const quote = open === undefined ? undefined : text[open];
    if (char === escape && quote !== "'") at++;
    else if (quote === undefined && (char === '"' || char === "'")) open = at;
    else if (char === quote) open = undefined;
  }
  return open;
}
