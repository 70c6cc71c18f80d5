import type { Instruction } from '../../dockerfile/model';
import { hasWorkdirAbove, isRelative } from '../../dockerfile/workdirs';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-absolute-workdir',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
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
    messages: {
      relative: '`WORKDIR {path}` is relative to the WORKDIR above',
      absolute: 'Write `{absolute}`',
    },
    docs: {
      description: 'Use an absolute path in WORKDIR',
      rationale:
        'A relative WORKDIR depends on the one above it. Readers have to work out the path, and moving one instruction changes the directory of everything below.',
      fixSafety: {
        unsafe: 'the path is the current result of the WORKDIR above; if that one changes later, this one stays.',
      },
      bad: ['FROM debian:12\nWORKDIR /srv\nWORKDIR app\n'],
      good: ['FROM debian:12\nWORKDIR /app\n', 'FROM debian:12\nARG DIR\nWORKDIR $DIR\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#workdir'],
    },
  },
  visits: { keywords: ['WORKDIR'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      if (!word || !isRelative(node) || !hasWorkdirAbove(node)) return;
      const folder = folderBefore(node);
      const absolute =
        folder && `${folder.replace(/(?<!\/)\/+$/, '')}/${word.value.replace(/^(?:\.\/)+|(?<!\/)\/+$/g, '')}`;
      const isPlain =
        absolute !== undefined &&
        /^[\w./-]+$/.test(word.text) &&
        !absolute.split('/').some((part) => /^\.{1,2}$/.test(part));
      report(word.span, 'relative', {
        data: { path: word.value },
        fix: isPlain
          ? { title: 'absolute', data: { absolute }, safety: 'unsafe', edits: [{ span: word.span, newText: absolute }] }
          : undefined,
      });
    },
  }),
});

/** The previous WORKDIR in the same stage, if it is absolute and known. */
function folderBefore(node: Instruction): string | undefined {
  const before = (node.stage?.instructions ?? []).findLast(
    (other) => other.keyword === 'WORKDIR' && other.span.start < node.span.start,
  );
  const path = before && node.expand(before.args[0]?.text ?? '');
  return path?.startsWith('/') && /^[\w./-]+$/.test(path) ? path : undefined;
}
