import rule from '../../../server/src/rules/correctness/gpg-batch';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN gpg --batch --verify b.asc b\n',
    'FROM a\nRUN gpg --version\n',
    'FROM a\nRUN gpgconf --kill all\n',
    'FROM a\nRUN echo y | gpg --command-fd 0 --edit-key b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN curl b | gpg --dearmor -o c\n',
      findings: [{ messageId: 'missing', at: 'gpg' }],
      output: 'FROM a\nRUN curl b | gpg --batch --dearmor -o c\n',
    },
    {
      code: 'FROM a\nRUN set -e; gpg --keyserver b --recv-keys c\n',
      findings: [{ messageId: 'missing', at: 'gpg' }],
      output: 'FROM a\nRUN set -e; gpg --batch --keyserver b --recv-keys c\n',
    },
  ],
});
