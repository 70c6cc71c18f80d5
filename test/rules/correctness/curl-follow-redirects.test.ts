import rule from '../../../server/src/rules/correctness/curl-follow-redirects';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl -fsSL b\n',
    'FROM a\nRUN curl --location b\n',
    'FROM a\nRUN curl -X POST b\n',
    'FROM a\nRUN curl -d c b\n',
    'FROM a\nRUN curl http://localhost:80/\n',
    'FROM a\nRUN curl --version\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN curl -fsS https://b/c | tar x && curl -o d e\n',
      findings: [
        { messageId: 'missing', at: 'curl' },
        { messageId: 'missing', at: ['curl', 2] },
      ],
      output: 'FROM a\nRUN curl -L -fsS https://b/c | tar x && curl -L -o d e\n',
    },

    {
      code: 'FROM a\nRUN curl -fO b\n',
      findings: [{ messageId: 'missing', at: 'curl' }],
      output: 'FROM a\nRUN curl -L -fO b\n',
    },
  ],
});
