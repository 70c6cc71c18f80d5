import rule from '../../../server/src/rules/correctness/no-misspelled-image';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM rusty:3\n',
    'FROM nodes:3\n',
    'FROM nod:3\n',
    'FROM python:3.13\n',
    'FROM registry.example/pyton:3.13\n',
    'FROM team/pyton:3.13\n',
    'FROM pyton AS a\n',
    'FROM a AS pyton\nFROM pyton\n',
    'FROM python-base:1\n',
    'FROM python3:1\n',
    'FROM ${A}pyton:3\n',
    {
      code: 'FROM pyton:3.13\n',
      name: 'a context by this name',
      settings: { contexts: new Set(['pyton']) },
    },
  ],
  invalid: [
    ...[
      ['noed', 'node'],
      ['phyton', 'python'],
      ['mongodb', 'mongo'],
      ['postgresql', 'postgres'],
    ].map(([name = '', image = '']) => ({
      code: `FROM ${name}:3\nRUN a\n`,
      findings: [{ messageId: 'near' as const, at: name, data: { name, image } }],
      output: `FROM ${image}:3\nRUN a\n`,
    })),
    {
      code: 'FROM pyton:3.13-slim AS a\n',
      findings: [{ messageId: 'near', at: 'pyton', data: { name: 'pyton', image: 'python' } }],
      output: 'FROM python:3.13-slim AS a\n',
    },
    {
      code: 'FROM --platform=linux/amd64 debain:12\n',
      findings: [{ messageId: 'near', at: 'debain' }],
      output: 'FROM --platform=linux/amd64 debian:12\n',
    },
    { code: 'FROM ubunto:24.04\n', findings: [{ messageId: 'near', at: 'ubunto' }], output: 'FROM ubuntu:24.04\n' },
    { code: 'FROM pythonn:3\n', findings: [{ messageId: 'near', at: 'pythonn' }], output: 'FROM python:3\n' },
  ],
});
