import rule from '../../../server/src/rules/style/consistent-instruction-casing';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    '',
    'FROM a\nRUN b\n',
    'from a\nrun b\n',
    'FROM a\nRUN <<E\nrun x\nE\n',
    '# from\nFROM a\n',
    'FROM a\nRUN b\ncurl \\\n  c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nrun b\nCMD c\n',
      findings: [{ messageId: 'casing', at: 'run', data: { keyword: 'run' } }],
      output: 'FROM a\nRUN b\nCMD c\n',
    },
    {
      code: 'from a\nrun b\nCMD c\n',
      findings: [{ messageId: 'casing', at: 'CMD' }],
      output: 'from a\nrun b\ncmd c\n',
    },
    {
      code: 'From a\nRun b\n',
      findings: [
        { messageId: 'casing', at: 'From' },
        { messageId: 'casing', at: 'Run' },
      ],
      output: 'FROM a\nRUN b\n',
    },
    { code: 'FROM a\nrun b\n', findings: [{ messageId: 'casing', at: 'run' }], output: 'FROM a\nRUN b\n' },
  ],
});
