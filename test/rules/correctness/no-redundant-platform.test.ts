import rule from '../../../server/src/rules/correctness/no-redundant-platform';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM --platform=$BUILDPLATFORM a\n',
    'FROM --platform=linux/amd64 a\n',
    'FROM --platform=${TARGETPLATFORM:-x} a\n',
    'FROM a\n',
  ],
  invalid: [
    {
      code: 'FROM --platform=$TARGETPLATFORM a AS b\n',
      findings: [{ messageId: 'redundant', at: '--platform=$TARGETPLATFORM' }],
      output: 'FROM a AS b\n',
    },
    {
      code: 'FROM --platform="${TARGETPLATFORM}"  a\n',
      findings: [{ messageId: 'redundant', at: '--platform="${TARGETPLATFORM}"' }],
      output: 'FROM a\n',
    },
  ],
});
