import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { defineRule } from '../../engine/rule';
import { overridden } from '../shared/overridden';

export default defineRule({
  meta: {
    id: 'no-multiple-healthcheck',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DL3012', 'DS-0023', 'DS023', 'AVD-DS-0023', 'DF041', 'MultipleInstructionsDisallowed'],
    fixable: 'unsafe',
    messages: {
      dead: 'This HEALTHCHECK has no effect: a later one in the stage overrides it',
      last: 'This one is used',
      remove: 'Remove the HEALTHCHECK that has no effect',
    },
    docs: {
      description: 'Write one HEALTHCHECK per stage',
      rationale: 'An image has only one health check: the last one in the stage. Earlier ones never run.',
      fixSafety: {
        unsafe: 'the HEALTHCHECK that is removed may be the one that was meant.',
        notes: 'The built image stays the same.',
      },
      bad: ['FROM debian:12\nHEALTHCHECK CMD true\nHEALTHCHECK CMD curl -f http://localhost\n'],
      good: ['FROM debian:12\nHEALTHCHECK CMD curl -f http://localhost\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
    },
  },
  create: ({ dockerfile, report }) => ({
    stage(stage) {
      for (const { node, last } of overridden(stage, 'HEALTHCHECK')) {
        const edit = removeInstruction(dockerfile, node);
        report(node.span, 'dead', {
          related: [{ messageId: 'last', span: last.keywordSpan }],
          fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
        });
      }
    },
  }),
});
