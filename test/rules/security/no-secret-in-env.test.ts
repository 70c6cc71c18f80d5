import rule from '../../../server/src/rules/security/no-secret-in-env';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV BUNDLE_BUILD__NOKOGIRI__COM=--use-system-libraries BUNDLE_WITHOUT=test BUNDLE_LOCAL__RACK=/b\n',
    'FROM a\nENV GOOGLE_APPLICATION_CREDENTIALS=./b.json NOPASSWORD=b\nENV API_TOKEN=""\n',
    'FROM a\nARG AUTH_REF=main\nENV TOKEN_LIMIT=4096\n',
    'FROM a\nENV ExpireFtpPassword=b Monkey=c\n',
    'FROM debian:12\nENV DB_PASSWORD_FILE=/run/secrets/db\n',
    'FROM debian:12\nENV TOKEN_TTL=60 KEYSERVER=hkps://keys.openpgp.org\n',
    'FROM debian:12\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D\n',
    'FROM debian:12\nENV POSTGRES_PASSWORD=""\n',
    'FROM debian:12\nENV AUTH=none PASSWORD_REQUIRED=true\n',
    'FROM debian:12\nENV PUBLIC_KEY=abc MONKEY=1 KEYBOARD=us\n',
    'FROM debian:12\nARG SECRET_KEY_BASE_DUMMY=1\n',
    'FROM debian:12\nENV SSL_KEY=/etc/ssl/key.pem\n',
  ],
  invalid: [
    {
      name: 'the login of a gem server',
      code: 'FROM a\nARG BUNDLE_GEMS__EXAMPLE__COM\n',
      findings: [{ messageId: 'secret', at: 'BUNDLE_GEMS__EXAMPLE__COM' }],
    },
    {
      code: 'FROM debian:13 AS build\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\nFROM debian:13\nENV DB_PASSWORD=a1b2\n',
      findings: [
        { messageId: 'cached', at: 'NPM_TOKEN', data: { keyword: 'ARG', name: 'NPM_TOKEN' } },
        { messageId: 'cached', at: ['NPM_TOKEN', 2], data: { keyword: 'ENV', name: 'NPM_TOKEN' } },
        { messageId: 'secret', at: 'DB_PASSWORD' },
      ],
      onbuild: false,
    },
    {
      code: 'FROM debian:13\nARG DB_PASSWORD Str0ngPassword\n',
      findings: [{ messageId: 'secret', at: 'DB_PASSWORD' }],
    },
    ...[
      'cfg_adminPassword',
      'GITHUB_PAT',
      'appSecretKey',
      'MYSQLPASSWORD',
      'DB_PSW',
      'DB_PSWD',
      'DB_PWD',
      'RAILS_MASTER_KEY',
    ].map((name) => ({
      code: `FROM a\nENV ${name}=bcde\n`,
      findings: [{ messageId: 'secret' as const, at: name }],
    })),
    { code: 'FROM a\nARG ACCESS_TOKEN=""\n', findings: [{ messageId: 'secret', at: 'ACCESS_TOKEN' }] },
    {
      code: 'FROM a\nENV FtpPassword=b7kZ AWS_ACCESS_KEY_ID=AKB7\n',
      findings: [
        { messageId: 'secret', at: 'FtpPassword' },
        { messageId: 'secret', at: 'AWS_ACCESS_KEY_ID' },
      ],
    },
    {
      code: 'FROM debian:12\nENV APP=1 API_KEY=abc123 DB_PASSWORD="hunter2"\n',
      findings: [
        { messageId: 'secret', at: 'API_KEY', data: { keyword: 'ENV', name: 'API_KEY' } },
        { messageId: 'secret', at: 'DB_PASSWORD' },
      ],
      output: null,
    },
    { code: 'FROM debian:12\nARG NPM_TOKEN\n', findings: [{ messageId: 'secret', at: 'NPM_TOKEN' }], output: null },
    {
      code: 'FROM debian:12\nENV AWS_SECRET_ACCESS_KEY wJalrXUtnFEMI\n',
      findings: [{ messageId: 'secret', at: 'AWS_SECRET_ACCESS_KEY' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nARG TOKEN=x\nENV GITHUB_TOKEN=$TOKEN\n',
      findings: [
        { messageId: 'secret', at: ['TOKEN', 1] },
        { messageId: 'secret', at: 'GITHUB_TOKEN' },
      ],
      output: null,
    },
    {
      code: 'ARG SECRET=1234567\nFROM debian:12\n',
      findings: [{ messageId: 'secret', at: 'SECRET' }],
      output: null,
    },
  ],
});
