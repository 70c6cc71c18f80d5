import rule from '../../../server/src/rules/maintainability/no-stage-index';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nFROM c\nCOPY --from=b /d /e\n',
    'FROM a\nCOPY --from=1 /d /e\n',
    'FROM a\nFROM b\nCOPY --from=$C /d /e\n',
  ],
  invalid: [
    {
      code: 'FROM a\nFROM b\nCOPY --from=0 --chown=c /d /e\nCOPY --from=0 /f /g\n',
      findings: [
        { messageId: 'index', at: ['--from=0', 1] },
        { messageId: 'index', at: ['--from=0', 2] },
      ],
      output: 'FROM a AS build\nFROM b\nCOPY --from=build --chown=c /d /e\nCOPY --from=build /f /g\n',
      onbuild: false,
    },
    {
      code: 'FROM a AS build\nFROM b\nFROM c\nCOPY --from=1 /d /e\n',
      findings: [{ messageId: 'index', at: '--from=1' }],
      output: 'FROM a AS build\nFROM b AS stage-1\nFROM c\nCOPY --from=stage-1 /d /e\n',
      onbuild: false,
    },
    {
      code: 'FROM a AS b\nFROM c\nCOPY --from=0 /d /e\n',
      findings: [{ messageId: 'index', at: '--from=0' }],
      output: 'FROM a AS b\nFROM c\nCOPY --from=b /d /e\n',
      onbuild: false,
    },
  ],
});
