import { ignoreFileOf } from '../../app/ignoreFile';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-dockerignore',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DF033'],
    fixable: 'manual',
    messages: {
      missing: '`{copy}` without a .dockerignore also copies {found}',
      misspelled: 'Docker does not read `{file}`: the file must be named `.dockerignore`',
      rename: 'Rename it to `.dockerignore`',
      write: 'Add a .dockerignore that lists what the image does not need',
    },
    docs: {
      description: 'Keep unneeded files out of the build context',
      rationale:
        'The whole build context is sent to the builder, and `COPY .` adds it to the image: git history, modules for another platform, local settings with passwords.',
      fixSafety: { manual: 'Optimize Dockerfile proposes the file.' },
      bad: ['FROM node:22\nCOPY . /app\n'],
      good: ['FROM node:22\nCOPY src /app/src\n'],
      references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ buildContext, report }) => ({
    instruction(node) {
      if (!buildContext || node.keyword !== 'COPY' || node.flags.some(({ name }) => name === 'from')) return;
      const source = node.args.slice(0, -1).find(({ value }) => /^\.\/?$|^\*$/.test(value));
      if (!source || buildContext.read(ignoreFileOf(buildContext)) !== undefined) return;
      const file = [...buildContext.files.keys()].find((path) => MISSPELLED.test(path));
      if (file !== undefined) {
        report(source.span, 'misspelled', { data: { file }, fix: { title: 'rename', safety: 'manual' } });
        return;
      }
      const found = UNWANTED.find(
        (path) =>
          buildContext.files.has(path) || [...buildContext.files.keys()].some((file) => file.startsWith(`${path}/`)),
      );
      if (found === undefined) return;
      report(source.span, 'missing', {
        data: { copy: `COPY ${source.value}`, found: `\`${found}\`` },
        fix: { title: 'write', safety: 'manual' },
      });
    },
  }),
});

/** Names in the root of the context that only `.dockerignore` can have been meant by. */
const MISSPELLED =
  /^(?!\.dockerignore$)\.?(?:docker[-_.]?|dokcer|dcoker|doker|docer)(?:ignores?|ignor|igore|ingore|ingnore|inore|ignroe)(?:\.txt)?$/;

const UNWANTED = ['.env', 'node_modules', '.git', '.venv', 'venv', '__pycache__', 'target'];
