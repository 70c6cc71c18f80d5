import { isInFinalImage, laterInstructions } from '../../dockerfile/finalStages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-debian-frontend-env',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      stays: 'DEBIAN_FRONTEND stays set in every container of the image',
      arg: 'Use ARG: it applies only to the build',
    },
    docs: {
      description: 'Set DEBIAN_FRONTEND only for the build',
      rationale:
        'ENV also sets the variable in every container: `apt` then never prompts, even where the answer matters.',
      fixSafety: { unsafe: 'programs in a container, and images built FROM this one, no longer see the variable.' },
      bad: ['FROM debian:12\nENV DEBIAN_FRONTEND=noninteractive\n'],
      good: [
        'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n',
        'FROM debian:12\nRUN DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata\n',
      ],
      references: ['https://docs.docker.com/engine/faq/'],
    },
  },
  visits: { keywords: ['ENV'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (!isInFinalImage(dockerfile, node)) return;
      const pair = node.pairs.find(({ name }) => name === 'DEBIAN_FRONTEND');
      if (!pair || pair.value === undefined || pair.value === '') return;
      // A later instruction resets the value.
      const isReset = laterInstructions(dockerfile, node).some(
        (other) => other.keyword === 'ENV' && other.pairs.some(({ name }) => name === 'DEBIAN_FRONTEND'),
      );
      if (isReset) return;
      const isAlone = node.pairs.length === 1 && !pair.isLegacy && !node.onbuild;
      report(pair.nameSpan, 'stays', {
        fix: isAlone
          ? { title: 'arg', safety: 'unsafe', edits: [{ span: node.keywordSpan, newText: 'ARG' }] }
          : undefined,
      });
    },
  }),
});
