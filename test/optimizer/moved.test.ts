import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

describe('the lists of apt', () => {
  const dockerfile = `FROM debian:12
RUN apt-get update

# Tools
RUN apt-get install -y curl

COPY a /a
RUN apt-get install -y jq
`;

  it('do not stay in the image at safe, where a lone update stands above several installs', () => {
    const { after } = planFor(dockerfile, { a: '' }, { level: 'safe' });
    expect(after).not.toMatch(/^RUN apt-get update$/m);
    for (const run of after.split('\n').filter((line) => line.startsWith('RUN')))
      expect(run).toMatch(/^RUN apt-get update && apt-get install .* && rm -rf \/var\/lib\/apt\/lists\/\*$/);
  });

  it('stay where a script may install from them', () => {
    const text = dockerfile.replace('COPY a /a', 'COPY a /a\nRUN sh /a/setup.sh');
    expect(planFor(text, { 'a/setup.sh': 'apt-get install -y x' }, { level: 'safe' }).after).toMatch(
      /^RUN apt-get update$/m,
    );
  });
});

describe('packages before the sources', () => {
  it('leaves the blank lines between the parts where they are', () => {
    const { after } = planFor(
      'FROM debian:12\nWORKDIR /app\n\nCOPY . .\n\n# Tools\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*\n\nEXPOSE 9000\n',
      { a: '' },
    );
    expect(after).toMatch(/WORKDIR \/app\n\n# Tools\nRUN apt-get[^\n]+\n\nCOPY \. \.\n\nEXPOSE/);
  });

  it('extensions of PHP need no sources', () => {
    const { after } = planFor(
      'FROM php:8.3-fpm\nWORKDIR /app\nCOPY . .\nRUN docker-php-ext-install pdo_mysql\nEXPOSE 9000\n',
      { 'index.php': '' },
    );
    expect(after.indexOf('docker-php-ext-install')).toBeLessThan(after.indexOf('COPY . .'));
  });
});

describe('manifests before the sources', () => {
  it('are not copied again where the stage below has them', () => {
    const { after } = planFor(
      'FROM node:22-alpine AS base\nWORKDIR /app\nCOPY package*.json ./\n\nFROM base AS build\nCOPY . .\nRUN npm ci\nRUN npm run build\n\nFROM nginx:1.27\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
      { 'package.json': '{"scripts":{"build":"vite build"}}', 'package-lock.json': '{"lockfileVersion":3}' },
    );
    expect(after).toContain('AS build\nRUN npm ci\nCOPY . .\n');
  });
});

describe('what is joined', () => {
  it('does not take over that another RUN is not indented', () => {
    const { after } = planFor('FROM debian:12\nRUN ls && \\\npwd\nRUN mkdir -p /etc/a\nRUN echo x > /etc/a/b\n', {});
    expect(after).toContain('RUN mkdir -p /etc/a \\\n    && echo x > /etc/a/b\n');
  });

  it('is written as the file is written', () => {
    const { after } = planFor(
      'FROM debian:12\nRUN set -x && \\\n\tls && \\\n\tpwd\nRUN mkdir -p /etc/a\nRUN echo x > /etc/a/b\n\nLABEL a=1 \\\n\t  b=2\nLABEL c=3\n',
      {},
    );
    expect(after).toContain('RUN mkdir -p /etc/a && \\\n\techo x > /etc/a/b\n');
    expect(after).toContain('LABEL a=1 \\\n\t  b=2 \\\n\t  c=3\n');
  });
});
