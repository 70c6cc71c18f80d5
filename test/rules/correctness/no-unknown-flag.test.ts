import rule from '../../../server/src/rules/correctness/no-unknown-flag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    '# syntax=docker/dockerfile:1.7-labs\nFROM a\nCOPY --parents b /c\n',
    '# syntax=docker/dockerfile:1.26\nFROM a\nADD --unpack=true b /c\nCOPY --exclude=d e /f\n',
    '# syntax=docker/dockerfile:1@sha256:0123\nFROM a\nCOPY --parents b /c\n',
    'FROM --platform=b a\nCOPY --from=b --chown=c --link d /e\n',
    'FROM a\nRUN --mount=type=cache,target=/b c\n',
    '# syntax=b/c\nFROM a\nCOPY --d e /f\n',
    'FROM a\nHEALTHCHECK --start-interval=1s CMD b\n',
    'FROM a\nRUN b --c\n',
  ],
  invalid: [
    {
      code: '# syntax=docker/dockerfile:1.6\nFROM a\nCOPY --parents b /c\nADD --checksum=d e /f\n',
      findings: [{ messageId: 'newer', at: '--parents', data: { name: 'parents', version: '1.20', syntax: '1.6' } }],
      output: '# syntax=docker/dockerfile:1\nFROM a\nCOPY --parents b /c\nADD --checksum=d e /f\n',
      escape: false,
    },
    {
      code: '# syntax=docker/dockerfile:1\nFROM a\nRUN --device=b c\n',
      findings: [{ messageId: 'newer', at: '--device=b', data: { name: 'device', version: '1.14-labs', syntax: '1' } }],
      output: '# syntax=docker/dockerfile:1-labs\nFROM a\nRUN --device=b c\n',
      escape: false,
    },
    {
      code: 'FROM a\nHEALTHCHECK --intervall=5s CMD b\n',
      findings: [{ messageId: 'unknown', at: '--intervall', data: { keyword: 'HEALTHCHECK', name: 'intervall' } }],
      output: 'FROM a\nHEALTHCHECK --interval=5s CMD b\n',
    },
    {
      code: 'FROM a\nADD --recursive b /c\n',
      findings: [{ messageId: 'unknown', at: '--recursive' }],
      output: 'FROM a\nADD b /c\n',
    },
    {
      code: 'FROM --plattform=b a\n',
      findings: [{ messageId: 'unknown', at: '--plattform' }],
      output: 'FROM --platform=b a\n',
    },
  ],
});
