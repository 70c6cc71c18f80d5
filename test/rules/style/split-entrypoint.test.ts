import rule from '../../../server/src/rules/style/split-entrypoint';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENTRYPOINT ["b"]\n',
    'FROM a\nENTRYPOINT ["b", "-c"]\nCMD ["d"]\n',
    'FROM a\nENTRYPOINT ["tini", "--", "b"]\n',
    'FROM a\nENTRYPOINT ["java", "-jar", "b"]\n',
    'FROM a\nENTRYPOINT b -c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENTRYPOINT ["b", "--host", "0.0.0.0"]\nEXPOSE 80\n',
      findings: [{ messageId: 'arguments', at: '"--host"' }],
      output: 'FROM a\nENTRYPOINT ["b"]\nCMD ["--host", "0.0.0.0"]\nEXPOSE 80\n',
    },

    {
      code: 'FROM a\nENTRYPOINT ["b", "-x", "c"]\n',
      findings: [{ messageId: 'arguments', at: '"-x"' }],
      output: 'FROM a\nENTRYPOINT ["b"]\nCMD ["-x", "c"]\n',
    },
  ],
});
