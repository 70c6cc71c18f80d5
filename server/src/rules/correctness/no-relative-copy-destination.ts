import { workdirAt } from '../../app/copiedFiles';
import { inlineComments } from '../../dockerfile/inlineComments';
import { isFromScratch, lineage } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { hasWorkdirAbove } from '../../dockerfile/workdirs';
import { defineRule } from '../../engine/rule';
import { wordList } from '../../text/wordList';

export default defineRule({
  meta: {
    id: 'no-relative-copy-destination',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DL3045', 'DF063'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      relative: '`{path}` is relative, but this stage sets no WORKDIR above',
      root: 'Write `/{path}`, its location if the base image sets no WORKDIR',
      workdir: 'Write `WORKDIR /app` above, or an absolute destination',
    },
    advice: { relative: 'workdir' },
    docs: {
      description: 'Set WORKDIR before a COPY to a relative path',
      rationale:
        'Without a WORKDIR in its stage, a relative destination depends on the base image. That is `/` in some images and `/app` in others, and may change with the next version.',
      fixSafety: { unsafe: 'the base image may set a WORKDIR other than `/`.' },
      bad: ['FROM debian:12\nCOPY app bin/app\n'],
      good: ['FROM debian:12\nWORKDIR /srv\nCOPY app bin/app\n', 'FROM debian:12\nCOPY app /srv/bin/app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#workdir'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ dockerfile, settings, report }) => ({
    instruction(node) {
      // hadolint only checks COPY.
      if (node.keyword === 'ADD' && settings.dialect === 'hadolint') return;
      const target = node.args.at(-1);
      if (!target || node.args.length < 2 || /^(?:[/\\$"']|[A-Za-z]:|%)/.test(target.value) || hasWorkdirAbove(node))
        return;
      // A broken JSON array or a comment is not a destination.
      if (node.args[0]?.text.startsWith('["') || inlineComments(dockerfile, node).length > 0) return;
      // The base image is known to set it.
      if (settings.dialect !== 'hadolint' && workdirAt(node) !== '/') return;
      // In `scratch` the working directory is always `/`.
      if (node.stage && isFromScratch(node.stage)) return;
      // `.` and the like are relative too, but common: a custom base image sets the working directory for them.
      if (/^\.{0,2}\/?$/.test(target.value) && settings.dialect !== 'hadolint' && !isOfficial(node)) return;
      const path = target.value.replace(/^\.\//, '');
      const isPlain = node.form !== 'exec' && target.text === target.value && path !== '' && !path.startsWith('.');
      report(target.span, 'relative', {
        data: { path: path === '' ? target.value : path },
        fix: isPlain
          ? { title: 'root', safety: 'unsafe', edits: [{ span: target.span, newText: `/${path}` }] }
          : undefined,
      });
    },
  }),
});

/** Official images of any kind that set no working directory (docker-library, 2026-11). */
function isOfficial(node: Instruction): boolean {
  const base = node.stage && lineage(node.stage)[0]?.base;
  return (
    base?.kind === 'image' &&
    wordList`
  alpine almalinux amazonlinux buildpack-deps busybox centos debian eclipse-temurin amazoncorretto elixir erlang
  fedora gcc nginx node openjdk python rockylinux ruby rust swift ubuntu
`.test(base.image.name) &&
    !/onbuild/.test(base.image.tag ?? '')
  );
}
