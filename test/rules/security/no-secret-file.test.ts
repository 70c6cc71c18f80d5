import rule from '../../../server/src/rules/security/no-secret-file';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY ca.pem cert.pem server.crt repo.key nodesource.gpg.key public-key.pem /b/\n',
    'FROM a\nCOPY .env.example .env\n',
    'FROM a\nCOPY id_rsa.pub /b\n',
    'FROM a AS x\nCOPY .npmrc ./\nFROM b\n',
    'FROM a\nCOPY --from=x /.env /b\n',
    'FROM a\nCOPY env /b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY tls/server.key certs/admin_client.key.pem my-private-key.pem /b/\nADD .ssh /root/.ssh\n',
      findings: [
        { messageId: 'copied', at: 'tls/server.key' },
        { messageId: 'copied', at: 'certs/admin_client.key.pem' },
        { messageId: 'copied', at: 'my-private-key.pem' },
        { messageId: 'copied', at: '.ssh' },
      ],
    },
    {
      code: 'FROM a\nCOPY .env config/id_rsa /b/\n',
      findings: [
        { messageId: 'copied', at: '.env' },
        { messageId: 'copied', at: 'config/id_rsa' },
      ],
    },
    {
      code: 'FROM a\nADD .npmrc /root/.npmrc\n',
      findings: [{ messageId: 'copied', at: '.npmrc', data: { path: '.npmrc' } }],
    },
  ],
});
