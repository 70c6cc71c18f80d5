import rule from '../../../server/src/rules/security/no-world-writable';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN chmod 755 /app\n',
    'FROM debian:12\nRUN chmod 0644 /app/a\n',
    'FROM debian:12\nRUN chmod 1777 /tmp\n',
    'FROM debian:12\nRUN chmod +x /app/run.sh\n',
    'FROM debian:12\nRUN chmod u+w,g=rw /app\n',
    'FROM debian:12\nRUN chmod $MODE /app\n',
    'FROM debian:12\nRUN echo chmod 777\n',
    'FROM debian:12\nCOPY --chmod=755 a /a\n',
  ],
  invalid: [
    {
      name: 'from an ARG',
      code: 'FROM debian:12\nARG MODE=777\nRUN chmod $MODE /app\n',
      findings: [{ messageId: 'writable', at: '$MODE' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nRUN chmod -R 777 /app\n',
      findings: [{ messageId: 'writable', at: '777' }],
      output: null,
    },
    { code: 'FROM debian:12\nRUN chmod 0666 /a\n', findings: [{ messageId: 'writable', at: '0666' }], output: null },
    { code: 'FROM debian:12\nRUN chmod a+w /a\n', findings: [{ messageId: 'writable', at: 'a+w' }], output: null },
    {
      code: 'FROM debian:12\nRUN chmod -R o+rwx /a\n',
      findings: [{ messageId: 'writable', at: 'o+rwx' }],
      output: null,
    },
    { code: 'FROM debian:12\nRUN mkdir -m 777 /a\n', findings: [{ messageId: 'writable', at: '777' }], output: null },
    {
      code: 'FROM debian:12\nCOPY --chmod=777 a /a\n',
      findings: [{ messageId: 'writable', at: '--chmod=777' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nRUN mkdir -p /app/logs && chmod -R 777 /app/logs && chown app:app /app/logs\nUSER app\n',
      findings: [{ messageId: 'writable', at: '777' }],
      output: 'FROM debian:12\nRUN mkdir -p /app/logs && chown app:app /app/logs\nUSER app\n',
      onbuild: false,
    },
    {
      code: 'FROM debian:12\nCOPY . /app\nRUN chown -R app /app && chmod -R 777 /app/run /app\nUSER app\n',
      findings: [{ messageId: 'writable', at: '777' }],
      output: 'FROM debian:12\nCOPY . /app\nRUN chown -R app /app && chmod -R 755 /app/run /app\nUSER app\n',
      onbuild: false,
    },
    {
      // What lies in the folder still belongs to root.
      code: 'FROM debian:12\nCOPY . /app\nRUN chown app /app && chmod -R 777 /app\nUSER app\n',
      findings: [{ messageId: 'writable', at: '777' }],
      output: null,
    },
    // The folder may have been there, with files of others in it.
    ...[
      'FROM debian:12\nCOPY . /app\nRUN mkdir -p /app/logs && chmod -R 777 /app/logs && chown app:app /app/logs\nUSER app\n',
      'FROM debian:12\nRUN mkdir -p /var/www && chmod -R 777 /var/www && chown app:app /var/www\nUSER app\n',
      'FROM company/base\nRUN mkdir -p /app && chmod -R 777 /app && chown app:app /app\nUSER app\n',
      'FROM debian:12\nRUN mkdir -p /a && cp -r /usr/share /a/b && chmod -R 777 /a && chown app:app /a\nUSER app\n',
    ].map((code) => ({ code, findings: [{ messageId: 'writable' as const, at: '777' }], output: null })),
    {
      code: 'FROM debian:12\nRUN mkdir /data && chown app /data && chmod 777 /data\nUSER other\n',
      findings: [{ messageId: 'writable', at: '777' }],
      output: null,
    },
  ],
});
