import rule from '../../../server/src/rules/correctness/valid-start-command';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    'FROM debian:12\nCMD ["sh", "-c", "cd /a && b"]\n',
    'FROM debian:12\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["source", "&&", "b"]\n',
    'FROM debian:12\nCMD . /a && b\n',
    'FROM alpine:3.22\nCMD source /a && b\n',
    'FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\nCMD source /a && b\n',
    'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nCMD source /a && b\n',
    'FROM debian:12\nCMD ["find", "/a", "-exec", "b", "{}", ";"]\n',
    'FROM debian:12\nCMD ["bash", "-c", "a", "&&", "b"]\n',
    'FROM debian:12\nCMD ["column", "-s", "|", "a"]\n',
    'FROM debian:12\nCMD ["bash", "-ec", "a", "|", "b"]\n',
    'FROM debian:12\nCMD ["/start.sh", "a", ">", "b"]\n',
    'FROM debian:12\nCMD ["test", ">"]\n',
    'FROM debian:12\nCMD ["env", "A=1", "app"]\n',
    'FROM debian:12\nENTRYPOINT ["app"]\nCMD ["A=1"]\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nCMD ["cd", "/a"]\n',
      findings: [{ messageId: 'builtin', at: '"cd"', data: { name: 'cd' } }],
    },
    {
      code: 'FROM node:22\nRUN ["npm", "ci", "&&", "npm", "test"]\nCMD ["npm", "a", "||", "b"]\n',
      findings: [
        { messageId: 'operator', at: '"&&"', data: { name: '&&' } },
        { messageId: 'operator', at: '"||"', data: { name: '||' } },
      ],
    },
    {
      code: 'FROM debian:12\nRUN ["/bin/bash", "./a", "|", "./b"]\nCMD ["/app", "-v", ".", ">>", "/log", "2>&1"]\n',
      findings: [
        { messageId: 'operator', at: '"|"', data: { name: '|' } },
        { messageId: 'operator', at: '">>"', data: { name: '>>' } },
      ],
    },
    {
      code: 'FROM debian:12\nCMD ["CONFIG=docker", "/app"]\n',
      findings: [{ messageId: 'variable', at: '"CONFIG=docker"', data: { name: 'CONFIG=docker' } }],
    },
    {
      code: 'FROM debian:12\nCMD source /a && b\n',
      findings: [{ messageId: 'bash', at: 'source', data: { name: 'source', shell: 'dash' } }],
    },
  ],
});
