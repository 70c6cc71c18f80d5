import rule from '../../../server/src/rules/correctness/no-directive-typo';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['# syntax=b\nFROM a\n', '# note=b\nFROM a\n', 'FROM a\n# syntx=b\n', '# the syntx = of it\nFROM a\n'],
  invalid: [
    {
      code: '# syntax=docker/dockerfile:1\n# ecsape=`\nFROM a\n',
      findings: [{ messageId: 'typo', at: 'ecsape', data: { name: 'ecsape' } }],
      output: '# syntax=docker/dockerfile:1\n# escape=`\nFROM a\n',
      onbuild: false,
      escape: false,
    },

    {
      code: '#sintax = docker/dockerfile:1\nFROM a\n',
      findings: [{ messageId: 'typo', at: 'sintax', data: { name: 'sintax' } }],
      output: '#syntax = docker/dockerfile:1\nFROM a\n',
      onbuild: false,
      escape: false,
    },
  ],
});
