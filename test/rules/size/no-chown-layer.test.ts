import rule from '../../../server/src/rules/size/no-chown-layer';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY --chown=b c /d\nRUN chown b /d\n',
    'FROM a\nRUN chown b /d\n',
    'FROM a\nCOPY c /e\nRUN chown b /d\n',
    'FROM a\nCOPY c /d\nRUN chown $B /d\n',
    'FROM a AS x\nCOPY c /d\nRUN chown b /d\nFROM e\n',
    'FROM a\nCOPY c /dd\nRUN chown -R b /d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nWORKDIR /app\nCOPY . .\nRUN chown -R b:b /app\nCMD c\n',
      findings: [{ messageId: 'twice', at: 'chown -R b:b /app' }],
      output: 'FROM a\nWORKDIR /app\nCOPY --chown=b:b . .\nCMD c\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY c /d/e\nRUN useradd b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      onbuild: false,
    },
  ],
});
