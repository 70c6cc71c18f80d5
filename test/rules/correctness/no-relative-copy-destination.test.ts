import rule from '../../../server/src/rules/correctness/no-relative-copy-destination';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    { code: 'FROM a\nADD b c/d\n', name: 'hadolint only checks COPY', settings: { dialect: 'hadolint' } },
    'FROM scratch\nCOPY a .\n',
    'FROM debian\nCOPY a /b\n',
    'FROM debian\nCOPY a c:\\b\n',
    'FROM debian\nCOPY a $B/c\n',
    'FROM debian\nCOPY a "${B}"\n',
    'FROM debian\nWORKDIR /x\nCOPY a b\n',
    'FROM debian AS x\nWORKDIR /x\nFROM x AS y\nFROM y\nCOPY a b\n',
    'FROM my.org/base:1\nCOPY . .\n',
    // The base image sets it.
    'FROM tomcat:10\nCOPY a.war webapps/\n',
    'FROM golang:1.22\nCOPY . .\n',
    'FROM debian\nCOPY a\n',
    'FROM golang:1\nCOPY main.go .\n',
  ],
  invalid: [
    {
      code: 'FROM team/a\nCOPY b .\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'relative', at: '.' }],
    },

    { code: 'FROM node:22\nCOPY . ./\n', findings: [{ messageId: 'relative', at: './', data: { path: './' } }] },
    {
      code: 'FROM debian\nCOPY a b/c\n',
      findings: [{ messageId: 'relative', at: 'b/c' }],
      output: 'FROM debian\nCOPY a /b/c\n',
    },
    {
      code: 'FROM debian\nADD --chown=x a ./b/\n',
      findings: [{ messageId: 'relative', at: './b/' }],
      output: 'FROM debian\nADD --chown=x a /b/\n',
    },
    { code: 'FROM debian\nCOPY . .\n', findings: [{ messageId: 'relative', at: ['.', 2] }] },
    { code: 'FROM x AS a\nWORKDIR /y\nFROM x\nCOPY ["a", "b"]\n', findings: [{ messageId: 'relative', at: '"b"' }] },
  ],
});
