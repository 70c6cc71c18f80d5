import rule from '../../../server/src/rules/correctness/no-directive-typo';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    '# note\n# syntax=b\nFROM a\n',
    '# note\n# escape=`\nFROM a\n',
    '# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a\n',
    'FROM a\n# syntax=docker/dockerfile:1\n',
    '# syntax=b\nFROM a\n',
    '# note=b\nFROM a\n',
    'FROM a\n# syntx=b\n',
    '# the syntx = of it\nFROM a\n',
  ],
  invalid: [
    {
      code: '# Builds a\n\n# syntax=docker/dockerfile:1\nFROM a\n',
      findings: [{ messageId: 'late', at: '# syntax=docker/dockerfile:1', data: { name: 'syntax' } }],
      output: '# syntax=docker/dockerfile:1\n# Builds a\n\nFROM a\n',
      onbuild: false,
      escape: false,
    },
    {
      code: '# note\n#check=skip=DL3008\nFROM a\n',
      findings: [{ messageId: 'late', at: '#check=skip=DL3008' }],
      output: '#check=skip=DL3008\n# note\nFROM a\n',
      onbuild: false,
      escape: false,
    },
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
