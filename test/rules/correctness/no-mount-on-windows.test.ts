import rule from '../../../server/src/rules/correctness/no-mount-on-windows';
import { testRule } from '../../helpers/ruleTester';

const WINDOWS = 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022';

testRule(rule, {
  escape: false,
  valid: [
    'FROM alpine:3.20\nRUN --mount=type=cache,target=/x a\n',
    `${WINDOWS}\nRUN a --mount=type=cache\n`,
    `${WINDOWS}\nRUN --network=none a\n`,
    'FROM $BASE\nRUN --mount=type=cache,target=/x a\n',
    `${WINDOWS} AS a\nFROM alpine:3.20\nRUN --mount=type=bind,from=a,target=/x b\n`,
  ],
  invalid: [
    {
      code: `${WINDOWS}\nRUN --mount=type=cache,target=C:/x a\n`,
      findings: [{ messageId: 'mount', at: '--mount=type=cache,target=C:/x' }],
    },
    {
      code: `${WINDOWS} AS a\nFROM a\nRUN --mount=type=bind,target=/x a\n`,
      findings: [{ messageId: 'mount', at: '--mount=type=bind,target=/x' }],
    },
  ],
});
