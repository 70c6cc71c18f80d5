import { ignoreFileOf } from '../../app/ignoreFile';
import { expandedWord } from '../../dockerfile/expandedWord';
import { parseDockerignore } from '../../engine/dockerignore';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-ignored-copy',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['CopyIgnoredFile'],
    fixable: 'manual',
    messages: {
      ignored: '.dockerignore excludes `{path}`: {keyword} cannot find it',
      allow: 'Write `!{path}` into .dockerignore, or remove the source',
    },
    advice: { ignored: 'allow' },
    docs: {
      description: 'Do not copy files that .dockerignore excludes',
      rationale:
        'Files that `.dockerignore` excludes are not sent to the build. A COPY of them fails, or copies less than it says.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nCOPY secret.txt /srv/\n'],
      good: ['FROM debian:12\nCOPY app.txt /srv/\n'],
      references: ['https://docs.docker.com/reference/build-checks/copy-ignored-file/'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ buildContext, report }) => {
    const text = buildContext?.read(ignoreFileOf(buildContext));
    if (text === undefined) return {};
    const dockerignore = parseDockerignore(text);
    if (!dockerignore) return {};
    return {
      instruction(node) {
        if (node.flags.some(({ name }) => name === 'from')) return;
        for (const word of node.args.slice(0, -1)) {
          const path = expandedWord(node, word);
          if (path === undefined || /[*?[\]]|^<<|^[a-z]+:\/\/|^git@/.test(path)) continue;
          if (dockerignore.isIgnored(path)) report(word.span, 'ignored', { data: { path, keyword: node.keyword } });
        }
      },
    };
  },
});
