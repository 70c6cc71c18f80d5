import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'merge-consecutive-copy',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['kics:multiple_run_add_copy_instructions_listed'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      adjacent: 'This {keyword} and the next one copy to the same directory',
      merge: 'Copy both in one instruction',
    },
    docs: {
      description: 'Copy files for the same directory in one instruction',
      rationale: 'Each COPY creates a layer. Files that change together can share one.',
      fixSafety: {
        unsafe: 'when one of the files changes, both are copied again, and everything below the first COPY is rebuilt.',
      },
      bad: ['FROM node:22\nCOPY package.json ./\nCOPY package-lock.json ./\n'],
      good: ['FROM node:22\nCOPY package.json package-lock.json ./\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage({ instructions }) {
      for (const [at, node] of instructions.entries()) {
        const below = instructions[at + 1];
        const above = instructions[at - 1];
        const isNext = (one: Instruction, other: Instruction): boolean =>
          areAlike(one, other) && text.slice(one.span.end, other.span.start).trim() === '';
        // Reported once, at the first of them.
        if (!below || !isNext(node, below) || (above && isNext(above, node))) continue;
        const end = instructions.findIndex((one, index) => {
          const next = instructions[index + 1];
          return index >= at && !(next && isNext(one, next));
        });
        const others = instructions.slice(at + 1, end + 1);
        const target = node.args.at(-1);
        const isOneLine = [node, ...others].every(({ span }) => !text.slice(span.start, span.end).includes('\n'));
        const sources = others.flatMap(({ args }) => args.slice(0, -1).map((word) => `${word.text} `));
        report(node.keywordSpan, 'adjacent', {
          data: { keyword: node.keyword },
          fix:
            target && isOneLine && /(?:^\.|\/)$/.test(target.text)
              ? {
                  title: 'merge',
                  safety: 'unsafe',
                  edits: [
                    { span: { start: target.span.start, end: target.span.start }, newText: sources.join('') },
                    { span: { start: node.span.end, end: others.at(-1)?.span.end ?? below.span.end }, newText: '' },
                  ],
                }
              : undefined,
        });
      }
    },
  }),
});

/** True if both copy files with the same instruction and flags to the same place. */
function areAlike(a: Instruction, b: Instruction): boolean {
  const isCopy = (node: Instruction): boolean =>
    node.form === 'shell' && node.heredocs.length === 0 && node.args.length > 1;
  if (a.keyword !== b.keyword || (a.keyword !== 'COPY' && a.keyword !== 'ADD') || !isCopy(a) || !isCopy(b))
    return false;
  const flagsOf = ({ flags }: Instruction): string =>
    flags
      .map(({ name, value }) => `${name}=${value}`)
      .sort()
      .join(' ');
  // COPY copies the contents of a directory, not the directory itself, so all sources have to be files.
  const areFiles = [...a.args.slice(0, -1), ...b.args.slice(0, -1)].every(({ value }) => /[^./]\.\w+$/.test(value));
  const isRenamed = a.args[0]?.value === b.args[0]?.value;
  return areFiles && !isRenamed && flagsOf(a) === flagsOf(b) && a.args.at(-1)?.text === b.args.at(-1)?.text;
}
