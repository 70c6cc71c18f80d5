import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-unknown-copy-from',
    group: 'correctness',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3022', 'DF049'],
    messages: {
      unknown: 'No stage above is named `{name}`',
    },
    docs: {
      description: 'Copy from stages that are defined above',
      rationale:
        'A name that is not a stage of the file is an image or a context from the command line. Off by default, because both are valid; enable it to find misspelled names. Contexts that a Compose or Bake file names are not reported.',
      bad: ['FROM golang:1.22 AS build\nFROM debian:12\nCOPY --from=biuld /app /app\n'],
      good: [
        'FROM golang:1.22 AS build\nFROM debian:12\nCOPY --from=build /app /app\n',
        'FROM debian:12\nCOPY --from=busybox:1.36 /bin/busybox /bin/\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ dockerfile: { stages }, settings: { contexts, dialect }, report }) => ({
    instruction(node) {
      if (!node.stage) return;
      const above = node.stage.index;
      for (const flag of node.flags) {
        const name = flag.name === 'from' ? flag.value : undefined;
        // hadolint treats a reference with a tag as an image.
        const isImage = dialect === 'hadolint' ? /[$:]/ : /[$:/@]/;
        if (!name || contexts.has(name) || isImage.test(name)) continue;
        const isStage = stages.some(
          ({ name: stage, index }) => index <= above && (stage === name.toLowerCase() || `${index}` === name),
        );
        if (!isStage) report(flag.span, 'unknown', { data: { name } });
      }
    },
  }),
});
