import { spawnSync } from 'node:child_process';

/** An image that plans name and the lab does not make: nginx of Debian, set up to run as another user than root. */
const UNPRIVILEGED_NGINX = `FROM nginx:1.22
RUN sed -i 's#^pid .*#pid /tmp/nginx.pid;#; /^user /d' /etc/nginx/nginx.conf \\
 && chown -R www-data:www-data /var/lib/nginx /var/log/nginx /etc/nginx/conf.d
LABEL lab.standin=true
USER www-data
`;

/** Makes it where nginx is there; without it the build that needs it fails and says so. */
export function makeStandIns({ env, isLab }) {
  if (!isLab) return;
  spawnSync('docker', ['build', '--network', 'host', '-t', 'nginxinc/nginx-unprivileged:stable', '-'], {
    env,
    input: UNPRIVILEGED_NGINX,
  });
}
