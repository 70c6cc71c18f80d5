import rule from '../../../server/src/rules/correctness/no-misspelled-variable';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM debian:12\nENV PYTHONUNBUFFERED=1 DEBIAN_FRONTEND=noninteractive NODE_ENV=production\n',
    'FROM debian:12\nENV ASPNETCORE_HTTP_PORTS=80 ASPNETCORE_HTTPS_PORTS=443\n',
    'FROM debian:12\nENV NODE_END=1 CODE_ENV=1 NODE_OPTION=a PYTHON_PATH=/usr/bin/python3\n',
    'FROM debian:12\nENV CGO_ENABLE=0\nRUN CGO_ENABLED=$CGO_ENABLE go build\n',
    'FROM debian:12\nENV ASPNETCORE_URL=a ASPNETCORE_URLS=b\n',
    'FROM debian:12\nRUN NODE_EVN=production npm ci\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nENV PYTHONBUFFERED=1\nENV PYTHONDONTWRITEBYTCODE 1\n',
      findings: [
        { messageId: 'near', at: 'PYTHONBUFFERED', data: { name: 'PYTHONBUFFERED', meant: 'PYTHONUNBUFFERED' } },
        { messageId: 'near', at: 'PYTHONDONTWRITEBYTCODE' },
      ],
      output: 'FROM debian:12\nENV PYTHONUNBUFFERED=1\nENV PYTHONDONTWRITEBYTECODE 1\n',
    },
    {
      code: 'FROM debian:12\nENV A=1 NODE_EVN=production\nFROM debian:13\nENV NODE_EVN=production\n',
      findings: [
        { messageId: 'near', at: 'NODE_EVN' },
        { messageId: 'near', at: ['NODE_EVN', 2] },
      ],
      output: 'FROM debian:12\nENV A=1 NODE_ENV=production\nFROM debian:13\nENV NODE_ENV=production\n',
    },
    {
      code: 'FROM debian:12\nENV DEBIAN_FRONTED=noninteractive\n',
      findings: [{ messageId: 'near', at: 'DEBIAN_FRONTED' }],
      output: 'FROM debian:12\nENV DEBIAN_FRONTEND=noninteractive\n',
    },
  ],
});
