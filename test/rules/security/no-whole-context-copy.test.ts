import rule from '../../../server/src/rules/security/no-whole-context-copy';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY package*.json *.py $B /c/\n',
    'FROM a\nCOPY b /c\n',
    'FROM a\nCOPY ./b/*.json /c/\n',
    'FROM a AS x\nCOPY . /c\nFROM b\n',
    'FROM a AS x\nFROM b\nCOPY --from=x / /c\n',
    'FROM a\nADD https://x.org/y /c\n',
  ],
  invalid: [
    {
      name: 'a variable',
      code: 'FROM a\nARG B=./\nCOPY $B c* /d/\n',
      findings: [
        { messageId: 'whole', at: '$B' },
        { messageId: 'glob', at: 'c*' },
      ],
    },
    { code: 'FROM a\nCOPY . /c\n', findings: [{ messageId: 'whole', at: '.' }] },
    { code: 'FROM a\nADD --from . /c\n', findings: [{ messageId: 'whole', at: '.' }] },
    {
      code: 'FROM a\nADD ./test/.. ./b* /c/\n',
      findings: [
        { messageId: 'whole', at: './test/..' },
        { messageId: 'glob', at: './b*' },
      ],
    },
  ],
});
