import rule from '../../../server/src/rules/style/definition-comment';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    '# B is it\nARG B\nFROM a\n',
    '# what\n\nARG B\nFROM a\n',
    '# what\nFROM a\n',
    'FROM a\n#\nARG B\n',
    'FROM a\n# hadolint ignore=DL1\nARG B\n',
    '# c is it\nFROM a AS c\n',
    'FROM a\n# any\n# D and more\nARG B D\n',
  ],
  invalid: [
    {
      code: 'FROM a AS b\n# what\nARG C\n',
      findings: [{ messageId: 'other', at: 'ARG', data: { name: 'C' } }],
      output: 'FROM a AS b\n# what\n\nARG C\n',
    },
    {
      code: '# what\nFROM a AS b\n',
      findings: [{ messageId: 'other', at: 'FROM' }],
      output: '# what\n\nFROM a AS b\n',
    },
  ],
});
