import rule from '../../../server/src/rules/correctness/no-escape-in-echo';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    "FROM debian:13\nRUN echo 'a\\nb' > /c\n",
    "FROM alpine:3.22\nRUN echo -e 'a\\nb' > /c\n",
    "FROM alpine:3.22\nRUN echo -ne 'a\\nb' > /c\n",
    "FROM alpine:3.22\nRUN printf 'a\\nb' > /c\n",
    "FROM alpine:3.22\nRUN echo 'a\\nb' | sed s/a/b/\n",
    "FROM alpine:3.22\nRUN echo 'a\\nb'\n",
    "FROM alpine:3.22\nRUN echo 'a\\\\nb' > /c\n",
    "FROM example/app\nRUN echo 'a\\nb' > /c\n",
    'FROM alpine:3.22\nRUN echo a > /c\n',
  ],
  invalid: [
    {
      code: "FROM alpine:3.22\nRUN mkdir /d && echo '#!/bin/sh\\nexec a' > /d/c\n",
      findings: [{ messageId: 'literal', at: "'#!/bin/sh\\nexec a'", data: { shell: 'BusyBox' } }],
      output: "FROM alpine:3.22\nRUN mkdir /d && echo -e '#!/bin/sh\\nexec a' > /d/c\n",
    },
    {
      code: 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\nRUN echo "a=1\\nb=2" >> /c\n',
      findings: [{ messageId: 'literal', at: '"a=1\\nb=2"', data: { shell: 'bash' } }],
      output: 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\nRUN echo -e "a=1\\nb=2" >> /c\n',
    },
    {
      code: "FROM fedora:44\nRUN echo 'a\\nb' > /c\n",
      findings: [{ messageId: 'literal', at: "'a\\nb'", data: { shell: 'bash' } }],
      output: "FROM fedora:44\nRUN echo -e 'a\\nb' > /c\n",
    },
  ],
});
