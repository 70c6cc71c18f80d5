import rule from '../../../server/src/rules/correctness/require-pipefail';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM debian:12\nRUN a || b\n',
    'FROM debian:12\nRUN a "| b"\n',
    'FROM debian:12\nRUN set -euo pipefail; a | b\n',
    'FROM debian:12\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN a | b\n',
    'FROM debian:12 AS x\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM x\nRUN a | b\n',
    'FROM debian:12\nSHELL ["pwsh", "-c"]\nRUN a | b\n',
    'FROM debian:12\nRUN echo a | b\n',
    'FROM debian:12\nCMD a | b\n',
    'FROM debian:12\nRUN bash -o pipefail -c "a | b"\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b "$(echo c | d)"\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'pipe', at: 'echo c' }],
    },

    { code: 'FROM a\nRUN B=$(c | d) && e $B\n', findings: [{ messageId: 'pipe', at: 'c' }] },
    {
      code: 'FROM debian:12\n# x\nRUN g | b\nRUN c | d\n',
      findings: [
        { messageId: 'pipe', at: 'g' },
        { messageId: 'pipe', at: 'c' },
      ],
      output: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\n# x\nRUN g | b\nRUN c | d\n',
      escape: false,
    },
    {
      code: 'FROM alpine:3.20\nRUN x && y | z\n',
      findings: [{ messageId: 'pipe', at: 'y' }],
      output: 'FROM alpine:3.20\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN x && y | z\n',
      escape: false,
    },
    { code: 'FROM my/image\nRUN wget -O - x | wc -l > /n\n', findings: [{ messageId: 'pipe', at: 'wget -O - x' }] },
    {
      code: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nSHELL ["/bin/sh", "-c"]\nRUN y | z\n',
      findings: [{ messageId: 'pipe', at: 'y' }],
    },
  ],
});
