import rule from '../../../server/src/rules/maintainability/prefer-add-for-archive';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b.tar /c/\n',
    'FROM a\nADD b.tar /c/\n',
    'FROM a\nCOPY --from=x b.tar /c/\nRUN tar xf /c/b.tar\n',
    'FROM a\nCOPY b /c\nRUN tar xf d.tar\n',
    'FROM a\nCOPY b.tar /c/\nRUN tar cf b.tar /d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY b.tar.xz /c/\nRUN cd /c && tar xJf b.tar.xz\n',
      findings: [{ messageId: 'archive', at: 'b.tar.xz' }],
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY x/b.tgz /c/d.tgz\nRUN tar --extract --file /c/d.tgz\n',
      findings: [{ messageId: 'archive', at: 'x/b.tgz', data: { file: 'b.tgz' } }],
      onbuild: false,
    },
  ],
});
