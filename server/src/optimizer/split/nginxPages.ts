/** Runs as a non-root user, so it cannot listen on ports below 1024. */
export const NGINX_IMAGE = 'nginxinc/nginx-unprivileged:stable';
export const NGINX_PAGES = '/usr/share/nginx/html';

/**
 * The tools write UTF-8, and servers of Node.js say so; nginx does not by itself. Unknown paths are answered with
 * index.html if the program in the page handles them. Generators of sites write `about.html` or `about/index.html`, and
 * `404.html`.
 */
export function nginxLines(port: number, isSinglePage: boolean): string[] {
  return [
    `COPY <<'EOF' /etc/nginx/conf.d/default.conf`,
    'server {',
    `    listen ${port};`,
    // Its redirect to a directory would name this port, not the published one.
    ...(isSinglePage ? [] : ['    absolute_redirect off;']),
    `    root ${NGINX_PAGES};`,
    '    charset utf-8;',
    '    location / {',
    `        try_files ${isSinglePage ? '$uri $uri/ /index.html' : '$uri $uri.html $uri/ =404'};`,
    '    }',
    ...(isSinglePage ? [] : ['    error_page 404 /404.html;']),
    '}',
    'EOF',
  ];
}
