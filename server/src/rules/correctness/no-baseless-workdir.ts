import { hasWorkdirAbove, isRelative } from '../../dockerfile/workdirs';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-baseless-workdir',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'WorkdirRelativePath',
      'DL3000',
      'DS-0009',
      'DS009',
      'AVD-DS-0009',
      'CKV_DOCKER_10',
      'DF009',
      'kics:workdir_path_not_absolute',
      'semgrep:use-absolute-workdir',
      'sonar:S7021',
      'dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE',
    ],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      relative: '`WORKDIR {path}` is relative to whatever the base image sets',
      root: 'Write `/{path}`, its location if the base image sets no WORKDIR',
      absolute: 'Write an absolute path',
    },
    advice: { relative: 'absolute' },
    docs: {
      description: 'Start with an absolute WORKDIR',
      rationale:
        'The first WORKDIR of a stage is relative to the WORKDIR of the base image. That is `/` in some images and `/app` in others, and may change with the next version.',
      fixSafety: { unsafe: 'the base image may set a WORKDIR other than `/`.' },
      bad: ['FROM debian:12\nWORKDIR app\n'],
      good: ['FROM debian:12\nWORKDIR /app\n', 'FROM debian:12\nWORKDIR /app\nWORKDIR web\n'],
      references: ['https://docs.docker.com/reference/build-checks/workdir-relative-path/'],
    },
  },
  visits: { keywords: ['WORKDIR'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      if (!word || !isRelative(node) || hasWorkdirAbove(node)) return;
      const path = word.value.replace(/^(?:\.\/)+/, '');
      const isPlain = /^[\w-][\w./-]*$/.test(path) && word.text === word.value;
      report(word.span, 'relative', {
        data: { path },
        fix: isPlain
          ? { title: 'root', safety: 'unsafe', edits: [{ span: word.span, newText: `/${path}` }] }
          : undefined,
      });
    },
  }),
});
