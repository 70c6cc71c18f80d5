import rule from '../../../server/src/rules/security/require-copy-chown';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b /c\n',
    'FROM a\nUSER root\nCOPY b /c\n',
    'FROM a\nUSER b\nCOPY --chown=b c /d\n',
    'FROM a\nUSER $B\nCOPY c /d\n',
    'FROM a AS x\nUSER b\nCOPY c /d\nFROM e\n',
  ],
  invalid: [
    {
      code: 'FROM a AS x\nUSER b\nFROM x\nADD c /d\n',
      findings: [{ messageId: 'root', at: 'ADD' }],
      output: 'FROM a AS x\nUSER b\nFROM x\nADD --chown=b c /d\n',
      escape: false,
    },

    {
      code: 'FROM a\nUSER 1000:0\nCOPY b /c\n',
      findings: [{ messageId: 'root', at: 'COPY' }],
      output: 'FROM a\nUSER 1000:0\nCOPY --chown=1000 b /c\n',
      escape: false,
    },
  ],
});
