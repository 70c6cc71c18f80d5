import { expandedWord } from '../../dockerfile/expandedWord';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-whole-context-copy',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['sonar:S6470', 'DF007', 'DF026'],
    messages: {
      whole: 'The whole build context is copied into the image',
      glob: 'Everything that matches `{source}` is copied into the image',
    },
    docs: {
      description: 'Copy only the files that are needed',
      rationale:
        '`COPY . .` copies whatever is in the build context: `.git`, `.env`, keys, test data. Off by default, because it is a good way to copy an application if a `.dockerignore` lists the files to leave out.',
      bad: ['FROM debian:12\nCOPY . /srv\n'],
      good: ['FROM debian:12\nCOPY src /srv/src\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      for (const node of stage.instructions) {
        // ADD has no `--from`: it still takes the build context.
        const isCopy = node.keyword === 'COPY' && node.flags.every(({ name }) => name !== 'from');
        if (!isCopy && node.keyword !== 'ADD') continue;
        for (const word of node.args.slice(0, -1)) {
          const source = expandedWord(node, word);
          const kind = source && kindOf(source);
          if (kind) report(word.span, kind, { data: { source } });
        }
      }
    },
  }),
});

/** The whole build context, or everything that a pattern at its root matches. */
function kindOf(source: string): 'whole' | 'glob' | undefined {
  if (/^(?:https?|ftps?|git|ssh):\/\/[^.]/i.test(source) || source.startsWith('git@')) return undefined;
  const parts: string[] = [];
  for (const part of source.replace(/^[a-z]+:/i, '').split(/[/\\]+/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  if (parts.length === 0) return 'whole';
  return parts.length === 1 && parts[0]?.endsWith('*') ? 'glob' : undefined;
}
