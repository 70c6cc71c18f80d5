import rule from '../../../server/src/rules/size/prefer-copy-chmod';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN chmod +x /b\n',
    'FROM a\nCOPY --chmod=755 b /b\nRUN chmod +x /b\n',
    'FROM a\nCOPY b c /d/\nRUN chmod +x /d/b\n',
    'FROM a\nCOPY b /b\nRUN chmod u+s /b\n',
    'FROM a\nCOPY b /b\nRUN x && chmod +x /b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY b.sh /usr/bin/\nRUN chmod +x /usr/bin/b.sh\nCMD c\n',
      findings: [{ messageId: 'chmod', at: 'chmod +x /usr/bin/b.sh' }],
      output: 'FROM a\nCOPY --chmod=755 b.sh /usr/bin/\nCMD c\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY --from=x /b /c\nRUN chmod 0700 /c\n',
      findings: [{ messageId: 'chmod', at: 'chmod 0700 /c' }],
      output: 'FROM a\nCOPY --chmod=0700 --from=x /b /c\n',
      onbuild: false,
    },
  ],
});
