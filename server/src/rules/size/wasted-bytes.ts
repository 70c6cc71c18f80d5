import { defineRule } from '../../engine/rule';
import { exactBytes } from '../../text/byteText';

/** Less than this is not worth reporting. */
const REAL_WASTE_BYTES = 1_000_000;

/** Caches that only installs read. For a directory that programs also read, it is unknown whether it is waste. */
const SURELY_WASTE: ReadonlySet<string> = new Set([
  'apt lists',
  'apt cache',
  'apk cache',
  'dnf cache',
  'yum cache',
  'zypper cache',
  'pip cache',
  'conda cache',
  'npm cache',
  'Yarn cache',
]);

export default defineRule({
  meta: {
    id: 'wasted-bytes',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    waste: 'reports',
    messages: {
      hidden: 'Later layers replace or delete {size} of the files from this layer',
      cache: '{size} of {kind} stays in this layer',
    },
    docs: {
      description: 'Report measured bytes that the image does not use',
      rationale:
        'A layer keeps its files when a later layer replaces or deletes them, and everyone who pulls the image downloads them. Package manager caches are never read in a running container. This rule reports both, from one megabyte up, with measured figures. It needs a measurement of the image built from exactly this text (Dockerfile Optimizer: Build and Measure). If another rule has a fix for the instruction, that fix is offered here too. Without a measurement, the rule reports nothing.',
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
          if (bytes < REAL_WASTE_BYTES || !SURELY_WASTE.has(kind)) continue;
          report(node.keywordSpan, 'cache', { data: { kind, size: exactBytes(bytes) } });
        }
      },
    };
  },
});
