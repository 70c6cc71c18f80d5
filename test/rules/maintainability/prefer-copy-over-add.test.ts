import rule from '../../../server/src/rules/maintainability/prefer-copy-over-add';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY a /a\n',
    'FROM a\nADD rootfs.tar.gz /\n',
    'FROM a\nADD rootfs.TAR /\n',
    'FROM a\nADD https://example.com/a /a\n',
    'FROM a\nADD git@github.com:a/b.git /src\n',
    'FROM a\nADD https://github.com/a/b.git#v1 /src\n',
    'FROM a\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d x /\n',
    'FROM a\nADD $ROOTFS /\n',
    'FROM a\nARG APP_FILE\nADD ${APP_FILE} app.jar\n',
    'FROM a\nARG JAR_URL\nADD ${JAR_URL} app.jar\n',
    'FROM a\nARG JAR_FILE\nADD ${JAR_FILE} /app/\n',
    'FROM a\nADD dist/* /\n',
    'FROM a\nADD a.py b.tgz /app/\n',
  ],
  invalid: [
    {
      code: 'FROM a\nADD b* /c/\n',
      name: 'as hadolint reads it: wildcards',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'add', at: 'ADD' }],
      output: 'FROM a\nCOPY b* /c/\n',
    },
    {
      code: 'FROM a\nARG JAR_FILE\nADD ${JAR_FILE} app.jar\n',
      findings: [{ messageId: 'add', at: 'ADD' }],
      output: 'FROM a\nARG JAR_FILE\nCOPY ${JAR_FILE} app.jar\n',
    },
    {
      code: 'FROM a\nADD app.py requirements.txt /app/\n',
      findings: [{ messageId: 'add', at: 'ADD' }],
      output: 'FROM a\nCOPY app.py requirements.txt /app/\n',
    },
    {
      code: 'FROM a\nADD --chown=app:app . /app\n',
      findings: [{ messageId: 'add', at: 'ADD' }],
      output: 'FROM a\nCOPY --chown=app:app . /app\n',
    },
    {
      code: 'FROM a\nadd ["my file.txt", "/a b/"]\n',
      findings: [{ messageId: 'add', at: 'add' }],
      output: 'FROM a\ncopy ["my file.txt", "/a b/"]\n',
    },
    {
      code: 'FROM a\nADD *.py /app/\n',
      findings: [{ messageId: 'add', at: 'ADD' }],
      output: 'FROM a\nCOPY *.py /app/\n',
    },
  ],
});
