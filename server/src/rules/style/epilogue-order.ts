import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'epilogue-order',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:epilogue-order'],
    fixable: 'safe',
    messages: {
      order: '{keyword} is out of order: STOPSIGNAL, HEALTHCHECK, ENTRYPOINT, CMD',
      sort: 'Sort them',
    },
    docs: {
      description: 'End a stage with the run-time instructions in a fixed order',
      rationale:
        'If the instructions that stop, check and start the container always stand together and in the same order, readers find them at the same place in every file.',
      fixSafety: { safe: 'these instructions are independent of each other.' },
      bad: ['FROM debian:12\nCMD ["--help"]\nENTRYPOINT ["app"]\n'],
      good: ['FROM debian:12\nENTRYPOINT ["app"]\nCMD ["--help"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage({ instructions }) {
      const block: Instruction[] = [];
      for (const node of instructions.toReversed()) {
        if (!ORDER.includes(node.keyword)) break;
        block.unshift(node);
      }
      const sorted = block.toSorted((a, b) => ORDER.indexOf(a.keyword) - ORDER.indexOf(b.keyword));
      const wrong = block.find((node, at) => node !== sorted[at]);
      if (!wrong) return;
      const isClean = block.every(
        (node, at) => at === 0 || text.slice(block[at - 1]?.span.end, node.span.start).trim() === '',
      );
      // CMD works above and below ENTRYPOINT, because Docker takes the last of each. With two of a kind, their order
      // matters.
      const isOnce = new Set(block.map(({ keyword }) => keyword)).size === block.length;
      const edits = block.map(({ span }, at) => ({
        span,
        newText: text.slice(sorted[at]?.span.start, sorted[at]?.span.end),
      }));
      report(wrong.keywordSpan, 'order', {
        data: { keyword: wrong.keyword },
        fix: isClean && isOnce ? { title: 'sort', safety: 'safe', edits } : undefined,
      });
    },
  }),
});

const ORDER = ['STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'];
