import { baseImage, lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { findStage } from '../../dockerfile/parse';
import { defineRule } from '../../engine/rule';
import { type Glibc, glibcOf } from '../../knowledge/glibc';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';

export default defineRule({
  meta: {
    id: 'no-older-glibc',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      older: 'Built with the glibc of {built}, which is newer than that of {runtime}',
      same: 'Use the same release in both stages: {built} or {runtime}',
    },
    docs: {
      description: 'Run a Rust program on a release that is not older than the one it was built on',
      rationale:
        'A program needs at least the glibc that it was linked against. On an image with an older one it does not start, because `GLIBC_2.39`, for instance, is not found. Without a release in the tag, `rust` images move to each new Debian release.',
      fixSafety: {
        manual: 'the newer image may name the packages differently, and the older one may lack what the build needs.',
      },
      bad: [
        'FROM rust:1.92 AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /app/target/release/app /usr/local/bin/app\n',
      ],
      good: [
        'FROM rust:1.92-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /app/target/release/app /usr/local/bin/app\n',
      ],
      references: ['https://github.com/rust-lang/docker-rust/issues/89'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ dockerfile: { stages, text }, knowledge, report }) => ({
    instruction(node) {
      const { flags, args, stage } = node;
      const from = flags.find(({ name }) => name === 'from')?.value;
      const builder = stage && from !== undefined ? findStage(stages, stage, from) : undefined;
      const program = args.slice(0, -1).find((word) => PROGRAM.test(node.expand(word.text) ?? word.value));
      if (!builder || !program || !lineage(builder).some(callsCargo) || /\bmusl\b|crt-static/.test(text)) return;
      const built = glibcIn(builder, knowledge);
      const runtime = glibcIn(stage, knowledge);
      if (!built || !runtime || built.minor <= runtime.minor) return;
      const data = { built: built.release, runtime: runtime.release };
      report(program.span, 'older', { data, fix: { title: 'same', data, safety: 'manual' } });
    },
  }),
});

/** What Cargo has compiled. */
const PROGRAM = /\/target\/(?:[\w-]+\/)?release\/[\w-]+$|\/cargo\/bin\/[\w-]+$/;

function callsCargo({ instructions }: Stage): boolean {
  return instructions.some(({ script }) => script?.commands.some(({ name }) => name === 'cargo'));
}

function glibcIn(stage: Stage | undefined, knowledge: KnowledgeBase): Glibc | undefined {
  const image = stage && baseImage(stage);
  return image && glibcOf(image, knowledge.image(image));
}
