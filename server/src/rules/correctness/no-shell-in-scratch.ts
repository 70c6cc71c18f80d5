import { baseFacts } from '../../app/effectiveUser';
import { imageName } from '../../dockerfile/imageName';
import { inheritedInstructions, isFromScratch, lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';

export default defineRule({
  meta: {
    id: 'no-shell-in-scratch',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:shell-run-in-scratch'],
    fixable: 'manual',
    messages: {
      shell: '{keyword} in shell form needs /bin/sh, which `{image}` does not have',
      exec: 'Write exec form: `["/app"]`',
    },
    advice: { shell: 'exec' },
    docs: {
      description: 'Use exec form in an image without a shell',
      rationale:
        'Shell form runs `/bin/sh -c`. In an image FROM scratch or a distroless image, the step or the container fails to start.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM scratch\nCOPY app /app\nCMD /app\n'],
      good: ['FROM scratch\nCOPY app /app\nCMD ["/app"]\n'],
      references: ['https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch'],
    },
  },
  visits: { keywords: ['RUN', 'CMD', 'ENTRYPOINT'] },
  create: ({ knowledge, report }) => {
    const images = new Map<Stage, string | undefined>();
    const imageOf = (stage: Stage): string | undefined => {
      if (!images.has(stage)) images.set(stage, imageWithoutShell(stage, knowledge));
      return images.get(stage);
    };
    return {
      instruction(node) {
        if (
          !/^(?:RUN|CMD|ENTRYPOINT)$/.test(node.keyword) ||
          (node.form !== 'shell' && node.form !== 'heredoc') ||
          !node.stage
        )
          return;
        const image = imageOf(node.stage);
        if (image === undefined || node.flags.some(({ options }) => options.has('from'))) return;
        // A file system or shell may have been copied in, or a SHELL instruction may name one.
        const above = inheritedInstructions(node.stage).filter(({ span }) => span.start < node.span.start);
        const mayHaveShell = above.some(
          ({ keyword, args }) =>
            keyword === 'ADD' ||
            keyword === 'SHELL' ||
            (keyword === 'COPY' && SHELL_TARGET.test(args.at(-1)?.value ?? '')) ||
            args.some(({ value }) => /busybox|(?:^|\/)(?:ba)?sh$/.test(value)),
        );
        if (!mayHaveShell) report(node.keywordSpan, 'shell', { data: { keyword: node.keyword, image } });
      },
    };
  },
});

function imageWithoutShell(stage: Stage, knowledge: KnowledgeBase): string | undefined {
  if (isFromScratch(stage)) return 'scratch';
  const base = lineage(stage)[0]?.base;
  // Tags with `debug` contain BusyBox.
  if (base?.kind !== 'image' || baseFacts(stage, knowledge)?.distro !== 'distroless') return undefined;
  return /debug|dev/.test(base.image.tag ?? '') ? undefined : imageName(base.image);
}

/** Destinations that may contain a shell or a whole file system. */
const SHELL_TARGET = /^(?:\.?\/?|\/?(?:usr\/)?s?bin\/?|\/?(?:usr|busybox)\/?|[^$]*\$.*)$/s;
