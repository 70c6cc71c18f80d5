import { defineRule } from '../../engine/rule';
import { dropFix, overridden } from '../shared/overridden';

export default defineRule({
  meta: {
    id: 'no-multiple-entrypoint',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL4004',
      'MultipleInstructionsDisallowed',
      'DS-0007',
      'DS007',
      'AVD-DS-0007',
      'sonar:S6589',
      'DF039',
      'kics:multiple_entrypoint_instructions_listed',
      'semgrep:multiple-entrypoint-instructions',
      'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    ],
    fixable: 'safe',
    messages: {
      dead: 'This ENTRYPOINT has no effect: a later one in the stage overrides it',
      last: 'This one is used',
      remove: 'Remove the ENTRYPOINT that has no effect',
    },
    docs: {
      description: 'Write one ENTRYPOINT per stage',
      rationale:
        'An image has only one ENTRYPOINT: the last one in the stage. Earlier ones look as if they started a program, but never do.',
      fixSafety: { safe: 'the image already uses the last one.' },
      bad: ['FROM python:3.12-slim\nENTRYPOINT ["sh"]\nENTRYPOINT ["python", "app.py"]\n'],
      good: [
        'FROM python:3.12-slim\nENTRYPOINT ["python", "app.py"]\n',
        'FROM python:3.12-slim AS test\nENTRYPOINT ["pytest"]\nFROM python:3.12-slim\nENTRYPOINT ["python", "app.py"]\n',
      ],
      references: ['https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/'],
    },
  },
  create: ({ dockerfile, report }) => ({
    stage(stage) {
      for (const { node, last } of overridden(stage, 'ENTRYPOINT')) {
        report(node.span, 'dead', {
          related: [{ messageId: 'last', span: last.keywordSpan }],
          fix: dropFix(dockerfile, node, 'remove'),
        });
      }
    },
  }),
});
