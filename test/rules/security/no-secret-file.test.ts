import rule from '../../../server/src/rules/security/no-secret-file';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const PRIVATE = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

testRule(rule, {
  valid: [
    {
      name: 'a login that another step takes away, with a secret mount, or of an unknown variable',
      code: 'FROM a\nRUN az login -u b -p c && az d && az logout\nRUN aws configure set region e\nRUN --mount=type=secret,id=f az login -p "$(cat /run/secrets/f)"\nRUN gcloud auth activate-service-account --key-file=$G\n',
    },
    'FROM a AS b\nRUN aws configure set aws_secret_access_key c\nFROM d\n',
    'FROM a\nCOPY ca.pem cert.pem server.crt repo.key nodesource.gpg.key public-key.pem /b/\n',
    'FROM a\nCOPY .env.example .env\n',
    'FROM a\nCOPY id_rsa.pub /b\n',
    'FROM a AS x\nCOPY .npmrc ./\nFROM b\n',
    'FROM a\nCOPY --from=x /.env /b\n',
    'FROM a\nCOPY env /b\n',
    'FROM a\nCOPY docker.gpg.key jenkins.io.key pubkey.pem public_key.pem /etc/apt/keyrings/\nCOPY truststore.jks /b\n',
    'FROM a\nCOPY id_rsa.pub known_hosts /root/.ssh/\n',
    'FROM a\nENV GOOGLE_APPLICATION_CREDENTIALS=/secrets/b.json\nCOPY . /app\n',
    {
      name: 'the key comes with a mount',
      code: 'FROM a\nWORKDIR /app\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/b.json\nCOPY . .\n',
      buildContext: buildContextOf({ 'c.json': '{}' }),
    },
    {
      name: 'without a token',
      code: 'FROM a\nCOPY .npmrc pip.conf server.pem tls.key ./\n',
      buildContext: buildContextOf({
        '.npmrc': 'engine-strict=true\n//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n',
        'pip.conf': '[global]\nindex-url = https://pypi.example.com/simple\n',
        'server.pem': CERTIFICATE,
        'tls.key': '-----BEGIN PUBLIC KEY-----\n',
      }),
    },
    {
      name: 'not sent to the build, or of a test',
      code: 'FROM a\nCOPY . .\n',
      buildContext: buildContextOf({
        '.dockerignore': '.npmrc\n',
        '.npmrc': '//registry.npmjs.org/:_authToken=abc\n',
        'test/server.key': PRIVATE,
        '.env': 'A=b\n',
      }),
    },
  ],
  invalid: [
    {
      code: 'FROM a\nARG B\nRUN aws configure set aws_secret_access_key $B && c\nRUN gcloud auth activate-service-account --key-file=/d.json\n',
      findings: [
        { messageId: 'copied', at: 'aws configure set aws_secret_access_key $B' },
        { messageId: 'copied', at: 'gcloud auth activate-service-account --key-file=/d.json' },
      ],
    },
    {
      code: 'FROM debian:13\nCOPY certs/*.pem /etc/ssl/\n',
      buildContext: buildContextOf({
        'certs/a.pem': '-----BEGIN CERTIFICATE-----\n',
        'certs/b.pem': '-----BEGIN PRIVATE KEY-----\n',
      }),
      findings: [{ messageId: 'copied', at: 'certs/*.pem', data: { path: 'certs/b.pem' } }],
    },
    {
      name: 'by what a file contains',
      code: 'FROM a\nCOPY .npmrc pip.conf server.pem settings.xml ci-creds.json /b/\nCOPY certs /etc/certs\nCOPY . .\n',
      buildContext: buildContextOf({
        '.npmrc': '//registry.npmjs.org/:_authToken=abc\n',
        'pip.conf': '[global]\nindex-url = https://user:word@pypi.example.com/simple\n',
        'server.pem': CERTIFICATE + PRIVATE,
        'settings.xml': '<server><password>word</password></server>',
        'certs/a.key': PRIVATE,
        'ci-creds.json': '{"private_key": "-----BEGIN"}',
      }),
      findings: [
        { messageId: 'copied', at: '.npmrc' },
        { messageId: 'copied', at: 'pip.conf' },
        { messageId: 'copied', at: 'server.pem' },
        { messageId: 'copied', at: 'settings.xml' },
        { messageId: 'copied', at: 'ci-creds.json' },
        { messageId: 'copied', at: 'certs', data: { path: 'certs/a.key' } },
        { messageId: 'copied', at: ['.', 6], data: { path: '.npmrc' } },
      ],
    },
    {
      name: 'by the variable that names a key',
      code: 'FROM a\nWORKDIR /app\nENV GOOGLE_APPLICATION_CREDENTIALS=./b.json\nCOPY b.json /app/\nCOPY . .\n',
      onbuild: false,
      findings: [
        { messageId: 'copied', at: ['b.json', 2] },
        { messageId: 'likely', at: ['.', 4], data: { path: '/app/b.json' }, severity: 'info' },
      ],
    },
    {
      name: 'by the variable that names a key, in a folder',
      code: 'FROM a\nWORKDIR /app\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/keys/b.json\nCOPY . .\n',
      buildContext: buildContextOf({ 'keys/b.json': '{"private_key": "-----BEGIN"}' }),
      findings: [{ messageId: 'copied', at: ['.', 2], data: { path: 'keys/b.json' } }],
    },
    {
      name: 'by where a file is copied to',
      code: 'FROM a\nCOPY keys/ci /root/.ssh/id_rsa\nCOPY example.key key.pem /etc/nginx/\nCOPY api.key /b/\nCOPY server.pem /etc/ssl/\n',
      findings: [
        { messageId: 'copied', at: 'keys/ci' },
        { messageId: 'copied', at: 'example.key' },
        { messageId: 'copied', at: 'key.pem' },
        { messageId: 'likely', at: 'api.key', severity: 'info' },
        { messageId: 'likely', at: 'server.pem', severity: 'info' },
      ],
    },
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
