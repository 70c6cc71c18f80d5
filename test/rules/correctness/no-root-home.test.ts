import rule from '../../../server/src/rules/correctness/no-root-home';
import { testRule } from '../../helpers/ruleTester';

const local = 'COPY --from=build /root/.local /root/.local\nENV PATH=/root/.local/bin:$PATH\n';

testRule(rule, {
  onbuild: false,
  valid: [
    `FROM python:3.13-slim\n${local}CMD ["gunicorn"]\n`,
    `FROM python:3.13-slim\n${local}USER root\nCMD ["gunicorn"]\n`,
    `FROM python:3.13-slim\n${local}ARG U\nUSER $U\nCMD ["gunicorn"]\n`,
    `FROM python:3.13-slim\n${local}RUN chmod 755 /root\nUSER app\nCMD ["gunicorn"]\n`,
    'FROM python:3.13-slim\nCOPY --from=build /root/.local /home/app/.local\nENV PATH=/home/app/.local/bin:$PATH\nUSER app\n',
    'FROM python:3.13-slim\nENV PATH=/root/.local/bin:$PATH\nUSER app\n',
    'FROM debian:12\nWORKDIR /root/b\nWORKDIR /srv\nUSER app\n',
    'FROM debian:12\nWORKDIR /rooted\nUSER app\nCMD ["/rooted/b"]\n',
  ],
  invalid: [
    {
      code: `FROM python:3.13-slim\n${local}USER app\nCMD ["gunicorn"]\n`,
      findings: [{ messageId: 'unreadable', at: 'PATH' }],
    },
    {
      code: 'FROM debian:12 AS b\nWORKDIR /root/app\nFROM b\nUSER 1000:1000\nCMD ["./b"]\n',
      findings: [{ messageId: 'unreadable', at: '/root/app' }],
    },
    {
      code: 'FROM debian:12\nUSER app\nENTRYPOINT ["/root/b", "-c"]\n',
      findings: [{ messageId: 'unreadable', at: '"/root/b"' }],
    },
  ],
});
