import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'merge-consecutive-copy',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      adjacent: 'This COPY and the one above go to the same folder',
      merge: 'Copy both at once',
    },
    docs: {
      description: 'Copy files for one folder at once',
      rationale: 'Each COPY is a layer. Files that change together can be one.',
      fixSafety: 'Unsafe: when one of the files changes, both are copied again, with all that stands below the first.',
      bad: ['FROM node:22\nCOPY package.json ./\nCOPY package-lock.json ./\n'],
      good: ['FROM node:22\nCOPY package.json package-lock.json ./\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage({ instructions }) {
      for (const [at, node] of instructions.entries()) {
        const above = instructions[at - 1];
        if (!above || !areAlike(above, node) || text.slice(above.span.end, node.span.start).trim() !== '') continue;
        const target = above.args.at(-1);
        const sources = node.args.slice(0, -1);
        if (!target) continue;
        const isOneLine = ![above, node].some(({ span }) => text.slice(span.start, span.end).includes('\n'));
        report(node.keywordSpan, 'adjacent', {
          fix: isOneLine
            ? {
                title: 'merge',
                safety: 'unsafe',
                edits: [
                  {
                    span: { start: target.span.start, end: target.span.start },
                    newText: `${sources.map((word) => word.text).join(' ')} `,
                  },
                  { span: { start: above.span.end, end: node.span.end }, newText: '' },
                ],
              }
            : undefined,
        });
      }
    },
  }),
});

/** Plain COPYs of files, with the same flags, into the same folder. */
function areAlike(a: Instruction, b: Instruction): boolean {
  const isPlain = [a, b].every(
    (node) => node.keyword === 'COPY' && node.form === 'shell' && node.heredocs.length === 0 && node.args.length > 1,
  );
  const flagsOf = ({ flags }: Instruction): string =>
    flags
      .map(({ name, value }) => `${name}=${value}`)
      .sort()
      .join(' ');
  const folder = a.args.at(-1)?.text;
  // What a folder holds is copied, not the folder: its sources have to be files.
  const areFiles = [...a.args.slice(0, -1), ...b.args.slice(0, -1)].every(({ value }) => /[^./]\.\w+$/.test(value));
  return (
    isPlain &&
    areFiles &&
    flagsOf(a) === flagsOf(b) &&
    folder === b.args.at(-1)?.text &&
    /(?:^\.|\/)$/.test(folder ?? '')
  );
}
