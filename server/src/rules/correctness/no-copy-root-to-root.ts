import { isFromScratch } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-copy-root-to-root',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3067'],
    fixable: 'manual',
    messages: {
      root: 'All of `{name}` is copied over this image',
      part: 'Copy only what this image needs, such as `/app /app`',
    },
    advice: { root: 'part' },
    docs: {
      description: 'Do not copy a whole file system over another',
      rationale:
        '`COPY --from=x / /` creates a layer as large as that image and mixes the files of two systems: programs may load the wrong libraries.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM golang:1.22 AS build\nFROM debian:12\nCOPY --from=build / /\n'],
      good: [
        'FROM golang:1.22 AS build\nFROM debian:12\nCOPY --from=build /app /app\n',
        'FROM golang:1.22 AS build\nFROM scratch\nCOPY --from=build / /\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ settings, report }) => ({
    instruction(node) {
      if (node.args.length !== 2 || !node.args.every(({ value }) => value === '/')) return;
      const from = node.flags.find((flag) => flag.name === 'from');
      // Into `scratch` this is the usual way to merge all layers. hadolint reports it too.
      const isMerged = settings.dialect !== 'hadolint' && node.stage && isFromScratch(node.stage);
      if (from?.value && node.stage && !isMerged) report(node.span, 'root', { data: { name: from.value } });
    },
  }),
});
