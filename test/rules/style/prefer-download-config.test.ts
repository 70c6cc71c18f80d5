import rule from '../../../server/src/rules/style/prefer-download-config';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl --retry 3 b\n',
    'FROM a\nRUN curl --retry 3 b && wget -t 3 b\n',
    'FROM a\nRUN curl b && curl c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN curl --retry 3 b\nRUN curl -f --retry 3 c\nRUN curl --retry 5 d\n',
      findings: [
        { messageId: 'repeated', at: ['--retry', 2] },
        { messageId: 'repeated', at: ['--retry', 3] },
      ],
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN wget --tries=3 b && wget --tries=4 c\n',
      findings: [{ messageId: 'repeated', at: '--tries=4' }],
      onbuild: false,
    },
  ],
});
