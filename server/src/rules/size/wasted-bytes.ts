import { isSurelyWaste } from '../../engine/measured';
import { defineRule } from '../../engine/rule';
import { exactBytes } from '../../text/byteText';

/** Less is not worth a word. */
const REAL_WASTE_BYTES = 1_000_000;

export default defineRule({
  meta: {
    id: 'wasted-bytes',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    messages: {
      hidden: 'Later layers replace or delete {size} of what this one adds',
      cache: '{size} of {kind} left in this layer',
    },
    docs: {
      description: 'Report what was measured and is of no use',
      rationale:
        'A layer keeps its files when a later one replaces or deletes them, and everybody who pulls the image downloads them. Caches of package managers are read by nobody who runs the image. This rule tells both with real figures, from one megabyte on: it needs a measurement of the image that was built from this very text (Dockerfile: Build and Measure). Where another rule has a fix for that instruction, it stands here too. Without a measurement nothing is reported.',
      bad: [],
      good: ['FROM debian:12-slim\nRUN apt-get update\n'],
      references: ['https://docs.docker.com/build/building/best-practices/'],
    },
  },
  visits: { keywords: ['RUN', 'COPY', 'ADD'] },
  create: ({ dockerfile, measured, report }) => {
    if (!measured) return {};
    return {
      instruction(node) {
        const waste = measured.find(({ instruction }) => dockerfile.instructions[instruction] === node);
        if (!waste) return;
        if (waste.wastedBytes >= REAL_WASTE_BYTES)
          report(node.keywordSpan, 'hidden', { data: { size: exactBytes(waste.wastedBytes) } });
        for (const { kind, bytes } of waste.caches) {
          if (bytes < REAL_WASTE_BYTES || !isSurelyWaste(kind)) continue;
          report(node.keywordSpan, 'cache', { data: { kind, size: exactBytes(bytes) } });
        }
      },
    };
  },
});
