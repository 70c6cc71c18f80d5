import rule from '../../../server/src/rules/correctness/no-missing-platform';
import { testRule } from '../../helpers/ruleTester';

const known = (...platforms: string[]) => ({ imagePlatforms: { expected: 'linux/amd64', of: () => platforms } });

testRule(rule, {
  onbuild: false,
  valid: [
    { code: 'FROM a/b:1\n', name: 'no registry' },
    { code: 'FROM a/b:2\n', ...known() },
    { code: 'FROM a/b:3\n', ...known('linux/amd64', 'linux/arm64/v8') },
    { code: 'FROM --platform=linux/arm64 a/b:1\n', ...known('linux/amd64', 'linux/arm64/v8') },
    { code: 'FROM --platform=$BUILDPLATFORM a/b:1\n', ...known('linux/s390x') },
    { code: 'FROM scratch\n', ...known('linux/s390x') },
  ],
  invalid: [
    {
      code: 'FROM a/b:1 AS c\nFROM c\n',
      ...known('linux/arm64/v8', 'linux/s390x'),
      findings: [{ messageId: 'missing', at: 'a/b:1', data: { image: 'a/b:1', platform: 'linux/amd64' } }],
    },
    {
      code: 'ARG P=arm64\nFROM --platform=$P a/b:1\n',
      ...known('linux/amd64'),
      findings: [{ messageId: 'missing', at: 'a/b:1', data: { image: 'a/b:1', platform: 'linux/arm64' } }],
    },
  ],
});
