import rule from '../../../server/src/rules/security/no-untrusted-registry';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  docs: { settings: { trustedRegistries: ['docker.io'] } },
  valid: [
    'FROM x.org/a\n',
    {
      code: 'FROM a AS b\nFROM b\nCOPY --from=b /c /c\nFROM scratch\n',
      settings: { trustedRegistries: ['docker.io'] },
    },
    { code: 'FROM eu.gcr.io/a\n', settings: { trustedRegistries: ['*.gcr.io'] } },
    { code: 'FROM x.org/a\n', settings: { trustedRegistries: ['*'] } },
    { code: 'FROM $A\nCOPY --from=ctx /b /b\n', settings: { trustedRegistries: ['docker.io'] } },
  ],
  invalid: [
    {
      code: 'FROM x.org/a AS b\n',
      settings: { trustedRegistries: ['docker.io', 'y.org'] },
      findings: [{ messageId: 'untrusted', at: 'x.org/a', data: { registry: 'x.org' } }],
      onbuild: false,
    },
    {
      code: 'FROM y.org/a\nCOPY --from=x.org/b:1 /c /c\nRUN --mount=type=bind,from=x.org/b:1,target=/d e\n',
      settings: { trustedRegistries: ['y.org'] },
      findings: [
        { messageId: 'untrusted', at: '--from=x.org/b:1' },
        { messageId: 'untrusted', at: '--mount=type=bind,from=x.org/b:1,target=/d' },
      ],
      onbuild: false,
    },
    {
      code: 'FROM a:1\n',
      settings: { trustedRegistries: ['y.org'] },
      findings: [{ messageId: 'untrusted', at: 'a:1', data: { registry: 'docker.io' } }],
      onbuild: false,
    },
  ],
});
