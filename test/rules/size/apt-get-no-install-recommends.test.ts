import rule from '../../../server/src/rules/size/apt-get-no-install-recommends';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-get install -y --no-install-recommends curl\n',
    'FROM debian:12\nRUN apt-get -y install curl --no-install-recommends\n',
    'FROM debian:12\nRUN apt-get install -o APT::Install-Recommends=false curl\n',
    'FROM debian:12\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/a && apt-get install -y curl\n',
    'FROM debian:12\nRUN apt-get install -y --install-recommends curl\n',
    'FROM debian:12\nRUN apt-get install -f\n',
    'FROM debian:12\nRUN apt-get update\n',
    'FROM debian:12\nRUN apt-cache search install curl\n',
    'FROM debian:12 AS b\nRUN apt-get install -y gcc\nFROM debian:12\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y curl\n',
    },
    {
      code: 'FROM debian:12\nRUN apt-get update \\\n && apt-get -qq -y install \\\n    curl \\\n    git\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get update \\\n && apt-get -qq -y install --no-install-recommends \\\n    curl \\\n    git\n',
    },
    {
      code: 'FROM debian:12\nRUN if [ -n "$DEV" ]; then apt install -y gdb; fi\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN if [ -n "$DEV" ]; then apt install --no-install-recommends -y gdb; fi\n',
    },
  ],
});
