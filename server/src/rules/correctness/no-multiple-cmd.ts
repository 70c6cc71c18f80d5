import { defineRule } from '../../engine/rule';
import { dropFix, overridden } from '../shared/overridden';

export default defineRule({
  meta: {
    id: 'no-multiple-cmd',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL4003',
      'MultipleInstructionsDisallowed',
      'DS-0016',
      'DS016',
      'AVD-DS-0016',
      'sonar:S6589',
      'DF038',
      'kics:multiple_cmd_instructions_listed',
      'semgrep:multiple-cmd-instructions',
      'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    ],
    fixable: 'safe',
    messages: {
      dead: 'This CMD has no effect: a later one in the stage overrides it',
      last: 'This one is used',
      remove: 'Remove the CMD that has no effect',
    },
    docs: {
      description: 'Write one CMD per stage',
      rationale:
        'An image has only one CMD: the last one in the stage. Earlier ones look as if they started a program, but never do.',
      fixSafety: { safe: 'the image already uses the last one.' },
      bad: ['FROM python:3.12-slim\nCMD ["pip", "freeze"]\nCMD ["python", "app.py"]\n'],
      good: [
        'FROM python:3.12-slim\nCMD ["python", "app.py"]\n',
        'FROM python:3.12-slim AS test\nCMD ["pytest"]\nFROM python:3.12-slim\nCMD ["python", "app.py"]\n',
      ],
      references: ['https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/'],
    },
  },
  create: ({ dockerfile, report }) => ({
    stage(stage) {
      for (const { node, last } of overridden(stage, 'CMD')) {
        report(node.span, 'dead', {
          related: [{ messageId: 'last', span: last.keywordSpan }],
          fix: dropFix(dockerfile, node, 'remove'),
        });
      }
    },
  }),
});
