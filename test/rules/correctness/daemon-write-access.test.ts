import rule from '../../../server/src/rules/correctness/daemon-write-access';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM nginx\nCOPY dist /usr/share/nginx/html\n',
    'FROM nginx\nUSER root\n',
    'FROM nginxinc/nginx-unprivileged\nUSER nginx\n',
    'FROM nginx\nRUN chown -R nginx /var/cache/nginx\nUSER nginx\n',
    'FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\nUSER nginx\n',
    'FROM nginx\nCOPY conf/ /etc/nginx/\nUSER nginx\n',
    'FROM nginx\nCOPY start.sh /\nUSER nginx\nCMD ["/start.sh"]\n',
    'FROM nginx AS a\nUSER nginx\nFROM debian\n',
    'FROM httpd\nRUN chmod -R a+w /usr/local/apache2/logs\nUSER www-data\n',
  ],
  invalid: [
    {
      code: 'FROM nginx:1.29-alpine\nCOPY default.conf /etc/nginx/conf.d/\nUSER nginx\nCMD ["nginx", "-g", "daemon off;"]\n',
      findings: [{ messageId: 'denied', at: 'USER nginx' }],
    },
    { code: 'FROM nginx\nUSER 101\n', findings: [{ messageId: 'denied', at: 'USER 101' }] },
    { code: 'FROM httpd:2.4\nUSER www-data\n', findings: [{ messageId: 'denied', at: 'USER www-data' }] },
  ],
});
