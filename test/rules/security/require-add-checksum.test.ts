import rule from '../../../server/src/rules/security/require-add-checksum';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nADD https://github.com/b/c.git?tag=v1&checksum=d /e\n',
    'FROM a\nADD b /c\n',
    'FROM a\nADD --checksum=sha256:b https://c/d /e\n',
    'FROM a\nADD https://b/c.git#d /e\n',
  ],
  invalid: [
    {
      code: 'FROM a\nADD --chmod=755 http://b/c.tgz /e/\nADD --checksum=sha256:b https://c/d https://c/e /f/\n',
      findings: [{ messageId: 'unchecked', at: 'http://b/c.tgz', data: { url: 'http://b/c.tgz' } }],
    },

    {
      code: 'FROM a\nADD https://b/c d /e/\n',
      findings: [{ messageId: 'unchecked', at: 'https://b/c', data: { url: 'https://b/c' } }],
    },
  ],
});
