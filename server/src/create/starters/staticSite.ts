import { phrase } from '../../l10n/phrase';
import { NGINX_IMAGE, NGINX_PAGES } from '../../optimizer/split/nginxPages';
import { exposed } from '../listening';
import { line, type Starter } from '../starter';

/** Pages that need no build. */
export const staticSite: Starter = ({ context }) => {
  if (!context.files.has('index.html') || context.files.has('package.json')) return [];
  return [
    {
      name: 'static',
      title: 'nginx',
      lines: [
        line(`FROM ${NGINX_IMAGE}`, phrase('nginx that does not run as root')),
        line(`COPY . ${NGINX_PAGES}`, phrase('The pages, without what .dockerignore excludes')),
        exposed('8080'),
      ],
    },
  ];
};
