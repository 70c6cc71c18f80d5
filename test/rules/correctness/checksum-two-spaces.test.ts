import rule from '../../../server/src/rules/correctness/checksum-two-spaces';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN echo "$B c" | sha256sum -c\n',
    'FROM a\nRUN echo "$B  c" | sha256sum -c -\n',
    'FROM a\nRUN echo "$B *c" | sha256sum -c\n',
    'FROM a\nRUN echo "b c" | cat\n',
    'FROM a\nRUN echo "$B c" | sha256sum\n',
    'FROM a\nRUN sha256sum -c b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN echo "${B} c.tgz" | sha256sum -c -\n',
      findings: [{ messageId: 'spaces', at: [' ', 4] }],
      output: 'FROM a\nRUN echo "${B}  c.tgz" | sha256sum -c -\n',
    },
    {
      code: "FROM a\nRUN x && echo 'ab12 c' | md5sum --check\n",
      findings: [{ messageId: 'spaces', at: [' ', 6] }],
      output: "FROM a\nRUN x && echo 'ab12  c' | md5sum --check\n",
    },
  ],
});
