import rule from '../../../server/src/rules/size/no-tmp-leftover';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN mkdir -p /usr/src/b && make && rm -rf /usr/src/b\n',
    'FROM a\nRUN mkdir /usr/src/b\n',
    'FROM a\nRUN mkdir /usr/src/b && tar xf c\nWORKDIR /usr/src/b\n',
    'FROM a AS x\nRUN mkdir /tmp/b && make\nFROM c\n',
    'FROM a\nRUN mkdir -p /app && tar xf c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN mkdir -p /usr/src/b && cd /usr/src/b && make install\n',
      findings: [{ messageId: 'left', at: 'mkdir -p /usr/src/b' }],
      output: 'FROM a\nRUN mkdir -p /usr/src/b && cd /usr/src/b && make install && rm -rf /usr/src/b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN set -e; d="$(mktemp -d)"; tar -xC "$d" -f b; c\n',
      findings: [{ messageId: 'left', at: 'mktemp -d' }],
      output: 'FROM a\nRUN set -e; d="$(mktemp -d)"; tar -xC "$d" -f b; c; rm -rf "$d"\n',
      onbuild: false,
    },
  ],
});
