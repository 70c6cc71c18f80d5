import rule from '../../../server/src/rules/security/no-setuid';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN chmod 755 b && chmod 1777 /tmp && chmod u+x,g=rx c\n',
    {
      name: 'a directory hands on its group',
      code: 'FROM a\nWORKDIR /d\nRUN mkdir -p b && chmod 2775 b && chmod -R g+s c && chmod g+s e/\n',
    },
    'FROM a\nRUN chmod $MODE b && chmod u-s c && chmod --reference=u+s d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN chmod 4755 b && chmod 06755 c && chmod -R u+s d\n',
      findings: [
        { messageId: 'setuid', at: '4755' },
        { messageId: 'setuid', at: '06755' },
        { messageId: 'setuid', at: 'u+s' },
      ],
    },
    {
      code: 'FROM a\nRUN chmod g+s b; chmod go+w,+xs c\nRUN ["chmod", "2755", "d"]\n',
      findings: [
        { messageId: 'setuid', at: 'g+s' },
        { messageId: 'setuid', at: 'go+w,+xs' },
        { messageId: 'setuid', at: '2755' },
      ],
    },
  ],
});
