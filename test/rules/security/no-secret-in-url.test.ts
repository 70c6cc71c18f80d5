import rule from '../../../server/src/rules/security/no-secret-in-url';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl https://b/c\n',
    'FROM a\nRUN curl https://u:$P@b/c\n',
    'FROM a\nENV DB=postgres://postgres:postgres@db/x\n',
    'FROM a\nRUN curl -u "$U:$P" b\n',
    'FROM a\nRUN git clone ssh://git@b/c\n',
    'FROM a\nRUN curl -u u: b\n',
    'FROM a\nENV DB="Server=db;Password=$P"\n',
    'FROM a\nENV DB="Server=db;Password=changeme"\n',
    'FROM a\nRUN echo "a;password=hunter2"\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN git clone https://joe:hunter2@b.org/c\n',
      findings: [{ messageId: 'login', at: 'https://joe:hunter2' }],
    },
    {
      code: 'FROM a\nENV DB="Server=db;Uid=app;Pwd=hunter2;Pooling=true"\n',
      findings: [{ messageId: 'connection', at: 'Pwd=hunter2' }],
    },
    {
      code: 'FROM a\nENV DB=jdbc:mysql://db/app?user=app&password=hunter2\n',
      findings: [{ messageId: 'connection', at: 'password=hunter2' }],
    },
    { code: 'FROM a\nRUN curl -fu joe:hunter2 b\n', findings: [{ messageId: 'login', at: '-fu' }] },
  ],
});
