import rule from '../../../server/src/rules/correctness/no-space-in-arg';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nARG A=1\n',
    'FROM debian:12\nARG A B\n',
    'FROM debian:12\nARG A=1 B=2 C\n',
    'FROM debian:12\nARG user app\n',
    'FROM debian:12\nARG A="1 2"\n',
    'FROM debian:12\nARG A # note\n',
    'FROM debian:12\nENV A b\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nARG DB_HOST localhost\n',
      findings: [{ messageId: 'empty', at: 'localhost', data: { word: 'localhost', name: 'DB_HOST' } }],
      output: 'FROM debian:12\nARG DB_HOST=localhost\n',
    },
    {
      code: 'FROM debian:12\nARG version 1.2\n',
      findings: [{ messageId: 'empty', at: '1.2' }],
      output: 'FROM debian:12\nARG version=1.2\n',
    },
    {
      code: 'FROM rust:1\nARG FLAGS=--release --lib --locked\nRUN cargo build $FLAGS\n',
      findings: [{ messageId: 'cut', at: '--lib', data: { word: '--lib', name: 'FLAGS' } }],
      output: 'FROM rust:1\nARG FLAGS="--release --lib --locked"\nRUN cargo build $FLAGS\n',
    },
    {
      code: 'ARG BASE debian:12\nFROM $BASE\n',
      findings: [{ messageId: 'empty', at: 'debian:12' }],
      output: 'ARG BASE=debian:12\nFROM $BASE\n',
      onbuild: false,
    },
    {
      code: "FROM debian:12\nARG A='1 2' 3\n",
      findings: [{ messageId: 'cut', at: '3' }],
    },
  ],
});
