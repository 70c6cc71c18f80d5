import { isFromScratch, lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-copy-from-empty-stage',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:copy-from-empty-scratch-stage'],
    fixable: 'manual',
    messages: {
      empty: 'The stage `{name}` is empty: there is nothing to copy',
      other: 'Name the stage that creates the files',
    },
    advice: { empty: 'other' },
    docs: {
      description: 'Do not copy from an empty stage',
      rationale: 'A stage FROM scratch without COPY and RUN contains no files.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM scratch AS files\nFROM debian:12\nCOPY --from=files /app /app\n'],
      good: ['FROM scratch AS files\nCOPY app /app\nFROM debian:12\nCOPY --from=files /app /app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ dockerfile: { stages }, report }) => ({
    instruction(node) {
      for (const { name: flag, value, span } of node.flags) {
        const stage =
          flag === 'from'
            ? stages.find(
                ({ name, index }) => value !== undefined && (name === value.toLowerCase() || String(index) === value),
              )
            : undefined;
        if (!stage || stage === node.stage || !lineage(stage).every(isEmpty) || !isFromScratch(stage)) continue;
        report(span, 'empty', { data: { name: stage.name ?? stage.index } });
      }
    },
  }),
});

function isEmpty({ instructions }: Stage): boolean {
  return !instructions.some(({ keyword }) => /^(?:COPY|ADD|RUN|WORKDIR)$/.test(keyword));
}
