import rule from '../../../server/src/rules/security/no-apt-key';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-key del ABC\n',
    'FROM debian:12\nRUN apt-key list\n',
    'FROM debian:8\nRUN apt-key add a.asc\n',
    'FROM ubuntu:14.04\nRUN apt-key adv --keyserver a --recv-keys ABC\n',
    'FROM debian:12\nRUN apt-key --keyring /usr/share/keyrings/a.gpg add b\n',
    'FROM debian:12\nCMD apt-key add a.asc\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nRUN curl -fsSL https://a/b | apt-key add -\n',
      findings: [{ messageId: 'everywhere', at: 'apt-key', severity: 'info' }],
    },
    {
      code: 'FROM debian:13-slim AS a\nFROM a\nRUN sudo apt-key adv --recv-keys ABC\n',
      findings: [{ messageId: 'gone', at: 'apt-key', severity: 'error', data: { image: 'debian:13-slim' } }],
    },
    {
      code: 'FROM registry.example/a\nRUN apt-key add b\n',
      findings: [{ messageId: 'everywhere', at: 'apt-key' }],
    },
    {
      code: 'FROM debian:13\nRUN if command -v apt-key; then apt-key add b; fi\n',
      findings: [{ messageId: 'everywhere', at: ['apt-key', 2], severity: 'info' }],
    },
  ],
});
