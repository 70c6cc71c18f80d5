import { estimateSizes } from '../../app/estimateSizes';
import { finalStage, inheritedInstructions, lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { sizeText } from '../../text/byteText';

/** WORKDIR makes one only if the directory is new. */
const LAYERS = new Set(['ADD', 'COPY', 'RUN']);

export default defineRule({
  meta: {
    id: 'over-budget',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      image: 'The image is about {size} with this line; the budget is {budget}',
      layers: 'The file adds {count} layers; the budget is {budget}',
      shrink: 'Optimize the file, or use a smaller base image',
      join: 'Join RUN and COPY instructions, or build in a separate stage',
    },
    advice: { image: 'shrink', layers: 'join' },
    docs: {
      description: 'Keep the image within the budget of the configuration',
      rationale:
        'A budget stops an image from growing unnoticed: the line that exceeds it is reported. Without `budget` in the configuration, this rule reports nothing.\n\nThe size is an estimate: base images as in the tables of docker-library/repo-info, packages of Debian, and the files of the build context. What a build downloads or compiles is not counted, so the image may be larger; `measure --fail-on budget` builds it and compares the real size. Layers are those that ADD, COPY and RUN add.',
      fixSafety: { manual: 'only the author knows what the image needs.' },
      bad: ['FROM debian:12-slim\nCOPY a /a\nRUN make\n'],
      good: ['FROM debian:12-slim\nRUN make\n'],
      references: ['https://docs.docker.com/build/building/best-practices/'],
    },
  },
  create: ({ settings: { budget }, knowledge, buildContext, report }) => {
    if (!budget) return {};
    const { image: bytes = Number.POSITIVE_INFINITY, layers = Number.POSITIVE_INFINITY } = budget;
    return {
      file(dockerfile) {
        const final = finalStage(dockerfile);
        if (!final) return;
        const adding = inheritedInstructions(final).filter(({ keyword }) => LAYERS.has(keyword));
        const tooMany = adding[layers];
        if (tooMany) report(tooMany.keywordSpan, 'layers', { data: { count: adding.length, budget: layers } });
        if (bytes === Number.POSITIVE_INFINITY) return;
        const sizes = estimateSizes(dockerfile, knowledge, buildContext);
        const stages = sizes.filter(({ stage }) => lineage(final).includes(stage));
        if (stages.at(-1)?.bytes === undefined) return;
        let sum = stages[0]?.base?.bytes ?? 0;
        const parts = [{ node: lineage(final)[0]?.from, bytes: 0 }, ...stages.flatMap((one) => one.instructions)];
        for (const part of parts) {
          sum += part.bytes;
          if (sum <= bytes || !part.node) continue;
          report(part.node.keywordSpan, 'image', { data: { size: sizeText(sum), budget: sizeText(bytes) } });
          return;
        }
      },
    };
  },
});
