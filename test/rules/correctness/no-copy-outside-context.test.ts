import rule from '../../../server/src/rules/correctness/no-copy-outside-context';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b/../c /c\n',
    'FROM a\nCOPY ..b /c\n',
    'FROM a\nCOPY b ../c\n',
    'FROM a AS d\nFROM a\nCOPY --from=d ../b /c\n',
    'FROM a\nADD https://b.c/../d /e\n',
    'FROM a\nCOPY $B/../../c /d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY ../b /c\n',
      findings: [{ messageId: 'outside', at: '../b', data: { path: '../b', inside: 'b' } }],
    },
    {
      code: 'FROM a\nCOPY ["x/../../License.xml", "b", "/c/"]\n',
      buildContext: buildContextOf({ 'License.xml': '', b: '' }),
      findings: [
        {
          messageId: 'outside',
          at: '"x/../../License.xml"',
          data: { path: 'x/../../License.xml', inside: 'License.xml' },
        },
      ],
      output: 'FROM a\nCOPY ["License.xml", "b", "/c/"]\n',
    },
    {
      code: 'FROM a\nADD ../../d /c/\n',
      buildContext: buildContextOf({ 'd/e': '' }),
      findings: [{ messageId: 'outside', at: '../../d', data: { path: '../../d', inside: 'd' } }],
      output: 'FROM a\nADD d /c/\n',
    },
    {
      code: 'FROM a\nCOPY ../ /c/\n',
      findings: [{ messageId: 'outside', at: '../', data: { path: '../', inside: '.' } }],
    },
  ],
});
