import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trust } from './dockerEngine.mjs';

/** Images that apps and plans use and the lab does not make. */
const STAND_INS = [
  {
    // Debian's nginx, set up to run as a non-root user.
    tag: 'nginxinc/nginx-unprivileged:stable',
    isFor: /^FROM (?:node|nginx)\b/m,
    dockerfile: `FROM nginx:1.22
RUN sed -i 's#^pid .*#pid /tmp/nginx.pid;#; /^user /d' /etc/nginx/nginx.conf \\
 && chown -R www-data:www-data /var/lib/nginx /var/log/nginx /etc/nginx/conf.d
LABEL lab.standin=true
USER www-data
`,
  },
  // The official images contain Yarn; the lab's do not.
  ...['', '-slim'].map((variant) => ({
    tag: `node:22${variant}`,
    isFor: /^FROM node:22\b/m,
    dockerfile: `FROM node:20${variant}
RUN npm install -g yarn@1.22.22
LABEL lab.standin=true
`,
  })),
  // Bun's program from npm, with the user of the official image.
  ...['', '-slim'].map((variant) => ({
    tag: `oven/bun:1${variant}`,
    isFor: /^FROM oven\/bun:/m,
    dockerfile: `FROM node:20 AS npm
RUN npm install -g bun@1.1.42
FROM debian:bookworm${variant}
COPY --from=npm /usr/local/lib/node_modules/bun/bin/bun.exe /usr/local/bin/bun
RUN useradd --uid 1000 --create-home bun && ln -s bun /usr/local/bin/bunx
LABEL lab.standin=true
WORKDIR /home/bun/app
CMD ["bun"]
`,
  })),
  {
    // Debian's Rust at the paths of the official image.
    tag: 'rust:1-bookworm',
    isFor: /^FROM rust:/m,
    dockerfile: `FROM buildpack-deps:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends cargo rustc && mkdir -p /usr/local/cargo/bin
LABEL lab.standin=true
ENV CARGO_HOME=/usr/local/cargo PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
`,
  },
];

/**
 * Makes the stand-ins that the apps need, and the tags that are aliases of other lab images (`aliases` of app.json: tag
 * to tag). If one is missing, the build that needs it fails and says so.
 */
export function makeStandIns({ env, isLab }, apps) {
  if (!isLab) return;
  const files = apps.map(({ folder }) => readFileSync(join(folder, 'Dockerfile'), 'utf8'));
  for (const { tag, isFor, dockerfile } of STAND_INS)
    if (files.some((text) => isFor.test(text))) {
      spawnSync('docker', ['build', '--network', 'host', '-t', tag, '-'], { env, input: dockerfile });
      trust(env, [tag]);
    }
  for (const { aliases = {} } of apps)
    for (const [alias, tag] of Object.entries(aliases)) spawnSync('docker', ['tag', tag, alias], { env });
}
