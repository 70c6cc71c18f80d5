import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-copy-source',
    group: 'correctness',
    severity: 'warning',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      absent: '`{path}` is not in the directory of the Dockerfile',
      correct: 'Correct the path, which starts at the build context',
    },
    advice: { absent: 'correct' },
    docs: {
      description: 'Copy only files that exist',
      rationale:
        'A COPY of a file that is not in the build context fails, after everything above it was built. Off by default, because the build context may be another directory, and files may be created before the build.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nCOPY ap.py /srv/\n'],
      good: ['FROM debian:12\nCOPY app.py /srv/\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ buildContext, report }) => ({
    instruction(node) {
      if (!buildContext?.isComplete || (node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.onbuild) return;
      if (node.flags.some(({ name }) => name === 'from' || name === 'parents')) return;
      for (const word of node.args.slice(0, -1)) {
        const path = node.form === 'exec' ? node.expand(word.value) : node.expand(word.text);
        if (path === undefined || /[*?[\]"'\\]|^<<|:\/\/|^git@/.test(path)) continue;
        const clean = path.replace(/^(?:\.?\/)+/, '').replace(/(?<!\/)\/+\.?$/, '');
        if (clean === '' || clean === '.' || clean.includes('..') || buildContext.files.has(clean)) continue;
        const isFolder = [...buildContext.files.keys()].some((file) => file.startsWith(`${clean}/`));
        if (!isFolder) report(word.span, 'absent', { data: { path } });
      }
    },
  }),
});
