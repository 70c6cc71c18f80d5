import rule from '../../../server/src/rules/correctness/no-bash-in-sh';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM debian:12\nRUN . b\n',
    'FROM alpine:3.20\nRUN source b\n',
    'FROM a\nRUN source b\n',
    'FROM debian:12\nSHELL ["bash", "-c"]\nRUN source b\n',
    'FROM debian:12\nRUN bash -c "source b"\n',
  ],
  invalid: [
    {
      code: 'FROM ubuntu:24.04\nRUN source b && c\n',
      findings: [{ messageId: 'bash', at: 'source', data: { text: 'source', shell: 'dash' } }],
    },

    {
      code: 'FROM debian:12\nRUN x && pushd b\n',
      findings: [{ messageId: 'bash', at: 'pushd', data: { text: 'pushd', shell: 'dash' } }],
    },
  ],
});
