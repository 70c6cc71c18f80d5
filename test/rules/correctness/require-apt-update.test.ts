import rule from '../../../server/src/rules/correctness/require-apt-update';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-get update && apt-get install b\n',
    'FROM debian:12\nRUN apt-get update\nRUN apt-get install b\n',
    'FROM a\nRUN apt-get install b\n',
    'FROM debian:12\nRUN apt-get install ./b.deb\n',
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
      code: 'FROM debian:12\nRUN x && apt-get install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN x && apt-get update && apt-get install -y b\n',
      onbuild: false,
    },
  ],
});
