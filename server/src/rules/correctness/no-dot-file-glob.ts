import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-dot-file-glob',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      hidden: '`{pattern}` only copies names that begin with a dot',
      all: 'Write `{path}`',
    },
    docs: {
      description: 'Copy a directory by its name, not with `.*`',
      rationale:
        'In COPY and ADD, `.*` matches `.env` and `.git`, but not `src` or `package.json`. A shell reads it the same way: most authors mean `.`.',
      fixSafety: { unsafe: 'the dot files may be all that is wanted.' },
      bad: ['FROM node:22\nWORKDIR /app\nCOPY .* ./\n'],
      good: ['FROM node:22\nWORKDIR /app\nCOPY . ./\n', 'FROM node:22\nWORKDIR /app\nCOPY .eslintrc* *.json ./\n'],
      references: ['https://pkg.go.dev/path/filepath#Match'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ report }) => ({
    instruction({ args, stage }) {
      const word = args.slice(0, -1).find(({ value }) => /^(?:\.\/|[\w./-]+\/)?\.\*$/.test(value));
      // Together with `*`, or next to it, everything is copied.
      const isAddition = stage?.instructions.some(
        (other) => /^(?:COPY|ADD)$/.test(other.keyword) && other.args.slice(0, -1).some(isEverything),
      );
      if (!word || isAddition || args.slice(0, -1).length > 1) return;
      const path = word.value.replace(/\.\*$/, '').replace(/^(?:\.\/)?$/, '.');
      const edits = [{ span: word.span, newText: word.text.replace(word.value, path) }];
      report(word.span, 'hidden', {
        data: { pattern: word.value },
        fix: { title: 'all', data: { path }, safety: 'unsafe', edits },
      });
    },
  }),
});

function isEverything({ value }: { readonly value: string }): boolean {
  return /(?:^|\/)(?:\*|\.\/?)$/.test(value);
}
