import rule from '../../../server/src/rules/security/no-password-in-image';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN docker run -p 80:80 b\n',
    'FROM a\nRUN docker login -u ci --password-stdin b.c < /run/secrets/d\n',
    'FROM a\nRUN mysql -u root -p"$B" && PGPASSWORD=$C psql && mysql -P 3306 && redis-cli -a "$(cat d)"\n',
    'FROM a\nRUN docker login --password-stdin && psql -p 5432\n',
    'FROM a\nRUN echo "b:$(openssl rand -base64 12)" | chpasswd\n',
    'FROM a\nRUN passwd -d b\n',
    'FROM a\nRUN echo chpasswd\n',
    'FROM a\nCMD chpasswd < /run/secrets/b\n',
    'FROM a\nRUN useradd b\n',
    `FROM a\nRUN useradd -p '*' b && usermod -p '$6$c' d && htpasswd -bc /e f "$G"\n`,
  ],
  invalid: [
    {
      code: 'FROM a\nRUN sqlcmd -S b -U sa -P hunter2s -Q c\n',
      findings: [{ messageId: 'history', at: 'hunter2s' }],
    },
    {
      code: 'FROM a\nRUN docker login -u ci -p Tr0ub4dor b.c && d\n',
      findings: [{ messageId: 'history', at: 'Tr0ub4dor' }],
    },
    {
      code: 'FROM a\nRUN helm registry login -u ci --password=Tr0ub4dor b.c\n',
      findings: [{ messageId: 'history', at: '--password=Tr0ub4dor' }],
    },
    { code: 'FROM a\nRUN useradd -m -p s3cret b\n', findings: [{ messageId: 'history', at: 's3cret' }] },
    { code: 'FROM a\nRUN htpasswd -cb /etc/b admin s3cret\n', findings: [{ messageId: 'history', at: 's3cret' }] },
    { code: 'FROM a\nRUN mysql -uroot -ps3cret -e b\n', findings: [{ messageId: 'history', at: '-ps3cret' }] },
    { code: 'FROM a\nRUN mysqladmin -u root password s3cret\n', findings: [{ messageId: 'history', at: 's3cret' }] },
    {
      code: 'FROM a\nRUN PGPASSWORD=s3cret psql -U b\n',
      findings: [{ messageId: 'history', at: 'PGPASSWORD=s3cret' }],
    },
    {
      code: 'FROM a\nRUN mysql --password=root\n',
      findings: [{ messageId: 'history', at: '--password=root', severity: 'info' }],
    },
    { code: 'FROM a\nRUN sshpass -p s3cret ssh b\n', findings: [{ messageId: 'history', at: 's3cret' }] },
    { code: "FROM a\nRUN echo 'b:c' | chpasswd\n", findings: [{ messageId: 'password', at: 'chpasswd' }] },
    { code: 'FROM a\nRUN echo b | passwd --stdin root\n', findings: [{ messageId: 'password', at: 'passwd' }] },
  ],
});
