import rule from '../../../server/src/rules/correctness/require-apt-update';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-get update && apt-get install b\n',
    'FROM debian:12\nRUN apt-get update\nRUN apt-get install b\n',
    'FROM a\nRUN apt-get install b\n',
    'FROM debian:12\nRUN apt-get install ./b.deb\n',
    'FROM debian:12\nRUN apt-get -f install -y\n',
    'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get install b\n',
    'FROM node:22\nRUN npx playwright install-deps && apt-get install b\n',
    'FROM a\nRUN apt-get update && apt-get install b && apt-get clean\nRUN apt-get install c\n',
    'FROM ubuntu:24.04\nRUN add-apt-repository ppa:a/b && apt-get install c\n',
    'FROM debian:12\nRUN ./setup.sh && apt-get install b\n',
    'FROM debian:12 AS x\nRUN apt-get update\nFROM x\nRUN apt-get install b\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12 AS x\nRUN apt-get update\nFROM ubuntu:24.04\nRUN apt-get install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12 AS x\nRUN apt-get update\nFROM ubuntu:24.04\nRUN apt-get update && apt-get install -y b\n',
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y c\n',
      findings: [{ messageId: 'missing', at: ['install', 2] }],
      output:
        'FROM a\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y c\n',
    },
    {
      code: 'FROM debian:12\nRUN ls && apt-get install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN ls && apt-get update && apt-get install -y b\n',
      onbuild: false,
    },
  ],
});
