import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

describe('slim-base', () => {
  it('leaves out what nothing calls, and installs what the slim image lacks', () => {
    const { after } = planFor(
      'FROM python:3.11\nRUN apt-get update && apt-get install -y vim git && rm -rf /var/lib/apt/lists/*\nCOPY app.py .\nUSER 1000\nHEALTHCHECK CMD curl -f http://localhost || exit 1\nCMD ["python", "app.py"]\n',
      { 'app.py': 'import subprocess\nsubprocess.run(["git", "log"])\n' },
    );
    expect(after).toContain(
      'FROM python:3.11-slim\nRUN apt-get update && apt-get install --no-install-recommends -y git curl && rm',
    );
  });

  it('keeps everything where the sources are not known', () => {
    const dockerfile = 'FROM python:3.11\nUSER 1000\nCOPY missing.py .\nCMD ["python", "missing.py"]\n';
    expect(guardOf(planFor(dockerfile, {}), 'slim-base')).toBe(
      'COPY names `missing.py`, which is not in the build context',
    );
  });

  it('names an ADD whose files nobody knows before the build, and an unknown base image', () => {
    const remote = 'FROM python:3.11\nADD https://example.com/a.txt .\nRUN pip install flask\nCMD ["flask", "run"]\n';
    expect(guardOf(planFor(remote, {}), 'multi-stage')).toBe(
      'ADD adds `https://example.com/a.txt`, whose files are unknown before the build',
    );
    const unknown = 'FROM registry.example/team/python:3\nRUN pip install flask\nCMD ["flask", "run"]\n';
    expect(guardOf(planFor(unknown, {}), 'multi-stage')).toBe(
      'unknown base image `registry.example/team/python`: its packages are not in our data',
    );
  });

  it('keeps the image where something is fetched or unknown', () => {
    const dockerfile = 'FROM python:3.11\nUSER 1000\nRUN curl -o /x https://example.com/x\nCMD ["python"]\n';
    expect(guardOf(planFor(dockerfile, {}), 'slim-base')).toBe('cannot determine what `curl` needs and leaves behind');
  });
});

describe('packages-first', () => {
  it('installs packages before the sources are copied', () => {
    const { after } = planFor(
      'FROM alpine:3.20\n# The sources\nCOPY . /app\nWORKDIR /app\nRUN apk add --no-cache tini\nUSER 1000\nCMD ["./a"]\n',
      { a: '' },
    );
    expect(after).toContain('WORKDIR /app\nRUN apk add --no-cache tini\n# The sources\nCOPY . /app\n');
  });

  it('installs tools of npm before what changes with the sources', () => {
    const { after } = planFor(
      'FROM node:22 AS build\nWORKDIR /app\nRUN npm run build\nFROM node:22-slim\nWORKDIR /usr/app\nCOPY --from=build /app/dist /usr/app/dist\nRUN npm install -g pm2@5.4.3\nUSER node\nCMD ["pm2-runtime", "dist/a.js"]\n',
      { 'package.json': '{}' },
    );
    expect(after).toMatch(/RUN npm install -g pm2@5\.4\.3.*\nCOPY --from=build \/app\/dist \/usr\/app\/dist\n/);
  });

  it('installs packages of Python and Ruby by name', () => {
    const planned = (install: string, more = '') =>
      planFor(
        `FROM python:3.11-alpine\nWORKDIR /app\n${more}COPY . .\nRUN ${install}\nUSER 1000\nCMD ["python", "a.py"]\n`,
        {
          'a.py': '',
          'versions.txt': '',
        },
      ).after;
    expect(planned('pip install --no-cache-dir flask==3.0.3 "gunicorn>=22"')).toContain(
      'RUN pip install --no-cache-dir flask==3.0.3 "gunicorn>=22"\nCOPY . .\n',
    );
    expect(planned('gem install --no-document bundler')).toContain('bundler\nCOPY . .\n');
    for (const install of ['pip install --no-cache-dir .', 'pip install --no-cache-dir flask -c versions.txt'])
      expect(planned(install)).toContain(`COPY . .\nRUN ${install}`);
    expect(planned('pip install --no-cache-dir flask', 'ENV PIP_CONSTRAINT=versions.txt\n')).toContain(
      'COPY . .\nRUN pip',
    );
  });

  it('moves COPYs that stand together at once', () => {
    const { after } = planFor(
      'FROM node:22 AS base\nWORKDIR /app\n\n# Manifests\nCOPY package.json ./\nCOPY pnpm-lock.yaml* ./\n\n# Tools\nRUN npm install -g pnpm@9 && npm cache clean --force\n\nFROM base AS deps\nRUN pnpm install --frozen-lockfile\nUSER node\nCMD ["node"]\n',
      { 'package.json': '{}', 'pnpm-lock.yaml': '' },
    );
    expect(after).toContain(
      'WORKDIR /app\n\n# Tools\nRUN npm install -g pnpm@9 && npm cache clean --force\n\n# Manifests\nCOPY package.json ./\nCOPY pnpm-lock.yaml* ./\n\nFROM',
    );
  });

  it('moves nothing over what may read the sources', () => {
    const dockerfile = 'FROM alpine:3.20\nCOPY . /app\nRUN apk add --no-cache /app/x.apk\nUSER 1000\n';
    expect(planFor(dockerfile, { 'x.apk': '' }).after).toBe(dockerfile);
  });
});

describe('secret-mount', () => {
  const NAIVE = 'FROM debian:12\nARG NPM_TOKEN\nRUN ./fetch --token $NPM_TOKEN\nUSER 1000\n';

  it('mounts a build argument for the steps that use it, and tells the new command', () => {
    const plan = planFor(NAIVE, {}, { level: 'all' });
    expect(plan.after).toBe(
      'FROM debian:12\nRUN --mount=type=secret,id=npm_token export NPM_TOKEN="$(cat /run/secrets/npm_token)" && ./fetch --token $NPM_TOKEN\nUSER 1000\n',
    );
    expect(plan.steps.find(({ id }) => id === 'secret-mount')?.title).toContain('--secret id=npm_token,env=NPM_TOKEN');
  });

  it('changes no build command below level all, and nothing that goes into the image', () => {
    expect(planFor(NAIVE, {}).after).toBe(NAIVE);
    const kept = planFor(NAIVE.replace('USER', 'ENV T=$NPM_TOKEN\nUSER'), {}, { level: 'all' });
    expect(guardOf(kept, 'secret-mount')).toBe('ENV writes NPM_TOKEN into the image');
  });

  it('takes ENV out where no source reads it, for the install whose settings name it', () => {
    const naive =
      'FROM node:20-slim\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n';
    const files = {
      '.npmrc': '//registry.example.com/:_authToken=${NPM_TOKEN}',
      'package.json': '{}',
      'package-lock.json': '{}',
    };
    const plan = planFor(naive, { ...files, 'a.js': '' }, { level: 'all' });
    expect(plan.after).not.toMatch(/^(?:ARG|ENV) NPM_TOKEN/m);
    expect(plan.after).toMatch(/RUN --mount=type=secret,id=npm_token .*export NPM_TOKEN=.* && npm ci/);
    const read = planFor(naive, { ...files, 'a.js': 'process.env.NPM_TOKEN' }, { level: 'all' });
    expect(guardOf(read, 'secret-mount')).toBe('the program may read NPM_TOKEN at run time');
  });

  it('is for the user that runs the RUN', () => {
    const dockerfile =
      'FROM python:3.11-slim\nWORKDIR /app\nARG API_TOKEN\nCOPY . .\nRUN python fetch.py "$API_TOKEN"\nCMD ["python", "show.py"]\n';
    const files = { 'fetch.py': 'open("/app/data", "w")\n', 'show.py': '' };
    const plan = planFor(dockerfile, files, { level: 'all' });
    expect(plan.after).toContain('useradd --system --uid 10001 --gid app');
    expect(plan.after).toContain('USER app\nRUN --mount=type=secret,id=api_token,uid=10001 export API_TOKEN=');
    const other = planFor(dockerfile.replace('COPY', 'USER 1000\nCOPY'), files, { level: 'all' });
    expect(guardOf(other, 'secret-mount')).toBe('the secret must be mounted for the user that runs the RUN');
  });
});

describe('mounted-file', () => {
  it('mounts what is copied, read and removed again', () => {
    const { after } = planFor(
      '# syntax=docker/dockerfile:1\nFROM debian:12\nCOPY app.tgz /tmp/\nRUN mkdir /app && tar -xzf /tmp/app.tgz -C /app\nRUN rm /tmp/app.tgz\nUSER 1000\nCMD ["/app/a"]\n',
      { 'app.tgz': '' },
    );
    expect(after).not.toContain('COPY');
    expect(after).toMatch(/RUN --mount=type=bind,source=app\.tgz,target=\/tmp\/app\.tgz mkdir \/app/);
    expect(after).not.toContain('rm /tmp/app.tgz');
  });

  it('leaves a file alone that is changed, or wanted later', () => {
    for (const script of ['chmod +x /tmp/i.sh && /tmp/i.sh && rm /tmp/i.sh', 'sh /tmp/i.sh']) {
      const dockerfile = `# syntax=docker/dockerfile:1\nFROM debian:12\nCOPY i.sh /tmp/i.sh\nRUN ${script}\nUSER 1000\nCMD ["/a"]\n`;
      expect(planFor(dockerfile, { 'i.sh': '' }).after).toMatch(/^COPY .*i\.sh \/tmp\/i\.sh$/m);
    }
  });

  it('needs a builder that knows mounts', () => {
    const dockerfile =
      'FROM debian:12\nCOPY app.tgz /tmp/\nRUN tar -xzf /tmp/app.tgz -C /opt && rm /tmp/app.tgz\nUSER 1000\nCMD ["/opt/a"]\n';
    expect(guardOf(planFor(dockerfile, { 'app.tgz': '' }), 'mounted-file')).toMatch(/^`RUN --mount` needs BuildKit/);
    expect(planFor(dockerfile, { 'app.tgz': '' }, { hasBuildKit: true }).after).toContain('--mount=type=bind');
  });
});

describe('tools-in-one-layer', () => {
  it('installs, uses and removes in one RUN', () => {
    const { after } = planFor(
      'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build gcc musl-dev\nCOPY a.c /src/\nRUN gcc -o /a /src/a.c\nRUN apk del .build\nUSER 1000\nCMD ["/a"]\n',
      {},
    );
    expect(after).toContain(
      'COPY a.c /src/\nRUN apk add --no-cache --virtual .build gcc musl-dev \\\n    && gcc -o /a /src/a.c \\\n    && apk del .build\n',
    );
  });

  it('comes before cache mounts, which would part the RUNs', () => {
    const { after } = planFor(
      '# syntax=docker/dockerfile:1\nFROM python:3.11-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt /app/\nRUN pip install git+https://a.example/b.git -r /app/requirements.txt && apt-get purge -y git\nCOPY a.py /\nUSER 1000\nCMD ["python", "/a.py"]\n',
      { 'requirements.txt': 'flask\n', 'a.py': '' },
    );
    expect(after.match(/^RUN/gm)).toHaveLength(1);
  });

  it('leaves layers alone that cannot be one', () => {
    const dockerfile =
      'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build gcc musl-dev\nRUN gcc -o /a /src/a.c\nCOPY b /b\nRUN apk del .build\nUSER 1000\nCMD ["/a"]\n';
    expect(planFor(dockerfile, {}).steps.map(({ id }) => id)).not.toContain('tools-in-one-layer');
  });
});

describe('one-install', () => {
  function scriptOf(script: string): string {
    const plan = planFor(`FROM debian:12\nRUN ${script}\nUSER 1000\nCMD ["/a"]\n`, {});
    return /^RUN (.*?)\nUSER/ms.exec(plan.after)?.[1] ?? '';
  }

  it('makes one call of several, and fetches the lists once', () => {
    expect(
      scriptOf(
        'apt-get update && apt-get install -y --no-install-recommends xz-utils && apt-get install -y --no-install-recommends zip && apt-get update && apt-get -y upgrade && apt-get install --no-install-recommends -y unzip xz-utils && rm -rf /var/lib/apt/lists/*',
      ),
    ).toBe(
      'apt-get update && apt-get install -y --no-install-recommends xz-utils zip unzip && apt-get -y upgrade && rm -rf /var/lib/apt/lists/*',
    );
  });

  it('writes one package a line where the line would be too long', () => {
    const calls = ['file zip jq', 'libreoffice-calc libreoffice-writer poppler-utils', 'imagemagick ghostscript'];
    const install = 'apt-get install -y --no-install-recommends';
    expect(
      scriptOf(
        `apt-get update && ${calls.map((names) => `${install} ${names}`).join(' && ')} && rm -rf /var/lib/apt/lists/*`,
      ),
    ).toBe(
      `apt-get update && ${install} \\\n    ${calls.join(' ').replaceAll(' ', ' \\\n    ')} \\\n    && rm -rf /var/lib/apt/lists/*`,
    );
  });

  it('keeps the operator at the end of the line where the author has it there', () => {
    const install = 'apt-get install -y --no-install-recommends';
    const script = `apt-get update && \\\n  ${install} libreoffice-calc libreoffice-writer && \\\n  ${install} poppler-utils imagemagick && \\\n  rm -rf /var/lib/apt/lists/*`;
    expect(scriptOf(script)).toContain('imagemagick && \\\n  rm -rf /var/lib/apt/lists/*');
  });

  it('leaves comments to the packages that they describe', () => {
    expect(
      scriptOf(
        'apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n    xz-utils \\\n    # archives\n    zip \\\n  && apt-get install -y --no-install-recommends unzip \\\n  && rm -rf /var/lib/apt/lists/*',
      ),
    ).toContain('    # archives\n    zip \\\n    unzip \\\n  && rm');
  });

  it('removes a second update together with its line', () => {
    const script =
      'apt-get update && \\\n  apt-get install -y --no-install-recommends zip && \\\n  apt-get update && apt-get upgrade -y && \\\n  rm -rf /var/lib/apt/lists/*';
    expect(scriptOf(script)).toBe(script.replace('apt-get update && apt-get upgrade', 'apt-get upgrade'));
    const plan = planFor(`FROM debian:12\nRUN ${script}\nUSER 1000\nCMD ["/a"]\n`, {});
    expect(plan.steps.find(({ id }) => id === 'one-install')?.title).toBe('Fetch the package lists once in a RUN');
  });

  it('joins the calls of apk, but not those with a virtual package', () => {
    const plan = planFor(
      'FROM alpine:3.22\nRUN apk add --no-cache a && apk add --no-cache b\nRUN apk add --no-cache -t c d && apk add --no-cache -t c e\nUSER 1000\nCMD ["/a"]\n',
      {},
    );
    expect(plan.after).toContain('RUN apk add --no-cache a b \\\n');
    expect(plan.after).toContain('&& apk add --no-cache -t c d \\\n    && apk add --no-cache -t c e\n');
  });

  it('writes one package a line where the author does', () => {
    expect(
      scriptOf(
        'apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n    xz-utils \\\n    zip \\\n  && apt-get install -y --no-install-recommends unzip \\\n  && rm -rf /var/lib/apt/lists/*',
      ),
    ).toBe(
      'apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n    xz-utils \\\n    zip \\\n    unzip \\\n  && rm -rf /var/lib/apt/lists/*',
    );
  });

  it.each([
    // Another archive, other options, or what has to come first.
    'apt-get update && apt-get install -y gnupg && add-apt-repository ppa:a/b && apt-get update && apt-get install -y zip && rm -rf /var/lib/apt/lists/*',
    'apt-get update && apt-get install -y --no-install-recommends xz-utils && apt-get install -y -t bookworm-backports zip && rm -rf /var/lib/apt/lists/*',
    'apt-get update && apt-get install -y --no-install-recommends xz-utils && xz -d a.xz && apt-get install -y --no-install-recommends zip && rm -rf /var/lib/apt/lists/*',
    'apt-get update && apt-get install -y --no-install-recommends ./a-release.deb && apt-get update && apt-get install -y --no-install-recommends zip && rm -rf /var/lib/apt/lists/*',
  ])('leaves calls apart that are not the same: %s', (script) => {
    expect(scriptOf(script).match(/apt-get install/g)).toHaveLength(2);
  });
});

describe('scan-stage', () => {
  it('scans in a stage that is only built when asked for', () => {
    const { after } = planFor(
      'FROM alpine:3.20\nCOPY a /a\nRUN apk add --no-cache curl && curl -sfL https://raw.githubusercontent.com/aquasecurity/trivy/main/contrib/install.sh | sh -s -- -b /usr/local/bin\nRUN trivy filesystem --exit-code 1 /\nUSER 1000\nCMD ["/a"]\n',
      { a: '' },
    );
    expect(after).toMatch(
      /^FROM alpine:3.20 AS app\nCOPY a \/a\nUSER 1000\nCMD \["\/a"\]\n\n# Only built with --target scan\nFROM app AS scan\nUSER root\nRUN apk/,
    );
    expect(after).toMatch(/trivy filesystem --exit-code 1 \/\n\nFROM app\n$/);
  });

  it('leaves an image alone that is there to scan', () => {
    const dockerfile = 'FROM alpine:3.20\nRUN apk add --no-cache trivy\nUSER 1000\nENTRYPOINT ["trivy"]\n';
    expect(guardOf(planFor(dockerfile, {}), 'scan-stage')).toBe('the container itself runs the scanner');
  });
});

describe('merge-settings', () => {
  it('joins settings where no value sees another', () => {
    const dockerfile = 'FROM alpine:3.20\nENV A=1\nENV B=2\nENV C=$A\nLABEL x=1\nLABEL y=2\nUSER 1000\n';
    expect(planFor(dockerfile, {}, { level: 'safe' }).after).toBe(
      'FROM alpine:3.20\nENV A=1 \\\n    B=2\nENV C=$A\nLABEL x=1 \\\n    y=2\nUSER 1000\n',
    );
  });
});

describe('static-server', () => {
  const BUILT =
    'FROM node:20 AS dependencies\nRUN npm ci --omit=dev\nFROM node:20 AS build\nRUN npm run build\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=dependencies /app/node_modules /app/node_modules\nCOPY --from=build /app/dist /app/dist\nEXPOSE 5000\nUSER node\nCMD ["npx", "serve", "-s", "dist", "-l", "5000"]\n';

  it('serves what was built with nginx on the same port', () => {
    const { after } = planFor(BUILT, {}, { level: 'all' });
    expect(after).not.toContain('AS dependencies');
    expect(after.split('FROM nginxinc/nginx-unprivileged:stable')[1]).toBe(`
COPY <<'EOF' /etc/nginx/conf.d/default.conf
server {
    listen 5000;
    root /usr/share/nginx/html;
    charset utf-8;
    location / {
        try_files $uri $uri/ /index.html;
    }
}
EOF
COPY --from=build /app/dist /usr/share/nginx/html
EXPOSE 5000
`);
  });

  it('serves what a server of a global install served', () => {
    const dockerfile =
      'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install\nCOPY . .\nRUN npm run build\nRUN npm install -g serve\nEXPOSE 3000\nCMD ["serve", "-s", "dist"]\n';
    const files = {
      'package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "5.4.11"}}',
      'index.html': '',
    };
    const { after } = planFor(dockerfile, files, { level: 'all' });
    expect(after).toContain('FROM nginxinc/nginx-unprivileged:stable');
    expect(after).toContain('COPY --from=build /app/dist /usr/share/nginx/html');
    expect(after).not.toContain('npm install -g');
    const more = BUILT.replace('EXPOSE', 'COPY robots.txt dist/\nEXPOSE');
    expect(planFor(more, { 'robots.txt': '' }, { level: 'all' }).after).not.toContain('nginx');
    const beside = dockerfile.replace('-g serve', '-g serve && npx robots > dist/robots.txt');
    expect(planFor(beside, files, { level: 'all' }).after).not.toContain('nginx');
  });

  const PAGES =
    'FROM node:22-alpine AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nEXPOSE 4173\nCMD ["npm", "run", "preview", "--", "--host"]\n';
  const vite = (config = 'export default {};\n') => ({
    'package.json': '{"scripts": {"build": "vite build", "preview": "vite preview"}, "devDependencies": {"vite": "5"}}',
    'package-lock.json': '{}',
    'vite.config.ts': config,
    'index.html': '',
  });

  it('serves what `vite preview` shows', () => {
    const { after } = planFor(PAGES, vite(), { level: 'all' });
    expect(after).toContain('RUN npm run build\n\n# Final stage');
    expect(after.split('FROM nginxinc/nginx-unprivileged:stable')[1]).toContain('listen 4173;');
    expect(after).toContain('COPY --from=compile /app/dist /usr/share/nginx/html\nEXPOSE 4173\n');
    expect(after).not.toContain('preview');
  });

  it.each([
    ['["npm", "run", "preview", "--", "--port", "8090"]', 8090],
    ['["yarn", "preview", "--port", "8090"]', 8090],
    ['["pnpm", "run", "preview", "--", "--port=8090"]', 8090],
    ['["bun", "run", "preview", "--port", "8090"]', 8090],
  ])('a package manager gives its arguments to the script: %s', (start, port) => {
    const { after } = planFor(PAGES.replace(/^CMD .*/m, `CMD ${start}`), vite(), { level: 'all' });
    expect(after).toContain(`listen ${port};`);
  });

  it.each([
    ['{preview: {port: 8080}}', 'listen 8080;', undefined],
    ['{server: {proxy: {}}}', undefined, '`vite preview` forwards requests to another server'],
    ["{base: '/'}", 'listen 4173;', undefined],
    ["{base: '/app/'}", undefined, 'the pages are not served at `/`'],
    ['{build: {ssr: true}}', undefined, undefined],
  ])('takes the settings of Vite into account: %s', (config, line, guard) => {
    const plan = planFor(PAGES, vite(`export default ${config};\n`), { level: 'all' });
    if (line === undefined) expect(plan.after).not.toContain('nginx');
    else expect(plan.after).toContain(line);
    expect(guardOf(plan, 'static-server')).toBe(guard);
  });

  it.each([
    [{}, 'listen 5173;'],
    [{ 'vite.config.ts': 'export default { server: { port: 8080 } };\n' }, 'listen 8080;'],
    [{ 'vite.config.ts': 'export default { plugins: [sveltekit()] };\n' }, undefined],
    [{ 'src/main.js': 'const url = import.meta.env.DEV ? "a" : "b";\n' }, undefined],
    [{ 'package.json': '{"scripts": {"build": "tsc && vite build", "preview": "vite"}}' }, undefined],
    [{ 'compose.yaml': 'services: {a: {environment: {VITE_URL: x}}}\n' }, undefined],
  ])('builds what the development server of Vite compiles, beside %j: %s', (more, line) => {
    const files = { ...vite(), 'package.json': vite()['package.json'].replace('vite preview', 'vite --host'), ...more };
    const { after } = planFor(PAGES.replace('RUN npm run build\n', '').replace(', "--", "--host"', ''), files, {
      level: 'all',
    });
    if (line === undefined) expect(after).not.toContain('nginx');
    else expect(after).toContain(line);
  });

  it('serves the pages of Astro as they are, and no server of Astro', () => {
    const files = (config: string) => ({
      'package.json':
        '{"scripts": {"build": "astro build", "preview": "astro preview"}, "dependencies": {"astro": "5"}}',
      'package-lock.json': '{}',
      'astro.config.mjs': config,
    });
    const served = (config: string) => planFor(PAGES, files(config), { level: 'all' }).after;
    expect(served('export default {};\n')).toContain('listen 4321;');
    expect(served('export default {};\n')).toContain('try_files $uri $uri.html $uri/ =404;');
    expect(served('export default { adapter: node() };\n')).not.toContain('nginx');
  });

  it('serves the pages of Docusaurus at `/`', () => {
    const files = (config: string) => ({
      'package.json': JSON.stringify({
        scripts: { build: 'docusaurus build', preview: 'docusaurus serve' },
        dependencies: { '@docusaurus/core': '3' },
      }),
      'package-lock.json': '{}',
      'docusaurus.config.js': config,
    });
    const served = planFor(PAGES, files("module.exports = { baseUrl: '/' };\n"), { level: 'all' });
    expect(served.after).toContain('listen 3000;');
    expect(served.after).toContain('error_page 404 /404.html;');
    expect(served.after).toContain('COPY --from=compile /app/build /usr/share/nginx/html\n');
    const below = planFor(PAGES, files("module.exports = { baseUrl: '/docs/' };\n"), { level: 'all' });
    expect(guardOf(below, 'static-server')).toBe('the pages are not served at `/`');
  });

  it.each([
    [{}, true],
    [{ 'tsconfig.json': '{}' }, false],
    [{ 'src/index.js': "const url = process.env.NODE_ENV === 'production' ? 'a' : 'b';\n" }, false],
    [{ 'docker-compose.yml': 'services: {a: {environment: {REACT_APP_URL: x}}}\n' }, false],
  ])('builds what the development server of Create React App compiles, beside %j: %s', (files, isBuilt) => {
    const { after } = planFor(
      PAGES.replace('RUN npm run build\n', '').replace('"run", "preview", "--", "--host"', '"start"'),
      {
        'package.json':
          '{"scripts": {"build": "react-scripts build", "start": "react-scripts start"}, "dependencies": {"react-scripts": "5"}}',
        'package-lock.json': '{}',
        'src/index.js': 'render();\n',
        ...files,
      },
      { level: 'all' },
    );
    if (isBuilt) {
      expect(after).toContain('COPY . .\nRUN npm run build\n');
      expect(after).toContain('listen 3000;');
      expect(after).toContain('/app/build /usr/share/nginx/html');
    } else expect(after).not.toContain('nginx');
  });

  it('keeps another server than that of static files, and low ports', () => {
    expect(
      planFor(BUILT.replace('"npx", "serve", "-s", "dist", "-l", "5000"', '"node", "a.js"'), {}, { level: 'all' })
        .after,
    ).not.toContain('nginx');
    const low = planFor(BUILT.replaceAll('5000', '80'), {}, { level: 'all' });
    expect(guardOf(low, 'static-server')).toBe('only root may listen on port 80: use port 1024 or higher');
  });
});

describe('runtime-base', () => {
  const HALF =
    'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\nFROM golang:1.22\nCOPY --from=build /api /api\nCMD ["/api"]\n';
  const FILES = { 'go.mod': 'module example.com/api\n', 'main.go': 'package main\n' };

  it('takes the toolchain out from under a static binary', () => {
    expect(planFor(HALF, FILES).after).toContain(
      'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /api /api\n',
    );
  });

  it('switches C off once for a stage that two COPYs take from', () => {
    const twice = HALF.replace('CGO_ENABLED=0 ', '').replace('CMD', 'COPY --from=build /src/a.txt /a.txt\nCMD');
    expect(planFor(twice, { ...FILES, 'a.txt': '' }).after).toContain('RUN CGO_ENABLED=0 go build');
  });

  it('keeps a shell, the programs and certificates that the program has use for', () => {
    const shell = planFor(HALF.replace('CMD ["/api"]', 'CMD /api --port $PORT'), FILES).after;
    expect(shell).toContain('FROM debian:bookworm-slim\n');
    const calling = { ...FILES, 'main.go': 'package main\nvar c = exec.Command("git", "log")\n' };
    const { after } = planFor(`${HALF.replace('COPY --from', 'COPY . .\nCOPY --from')}`, calling);
    expect(after).toMatch(/FROM debian:bookworm-slim\nRUN apt-get update \\\n {4}&& apt-get install .* git/);
    const set = planFor(HALF.replace('CMD', 'RUN mkdir /data\nCMD'), FILES).after;
    expect(set).toContain('FROM debian:bookworm-slim\n');
    expect(
      planFor(HALF.replace('\nFROM golang:1.22\n', '\nFROM golang:1.22-alpine\nRUN mkdir /data\n'), FILES).after,
    ).toMatch(/FROM alpine:3\n/);
    const zoned = { ...FILES, 'main.go': 'package main\nvar zone, _ = time.LoadLocation("Asia/Tokyo")\n' };
    const onAlpine = HALF.replaceAll('golang:1.22', 'golang:1.22-alpine').replace('CMD', 'RUN mkdir /data\nCMD');
    expect(planFor(onAlpine, zoned).after).toContain('FROM alpine:3\nRUN apk add --no-cache tzdata\n');
    expect(guardOf(planFor(HALF.replace('CMD ["/api"]\n', ''), FILES), 'runtime-base')).toBe(
      'neither CMD nor ENTRYPOINT starts a program',
    );
  });

  it('keeps it under a start script of its own', () => {
    const script =
      'FROM golang:1.22 AS api\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\nFROM golang:1.22\nCOPY publish.sh /bin/\nENTRYPOINT ["/bin/publish.sh"]\n';
    expect(guardOf(planFor(script, { ...FILES, 'publish.sh': 'go build ./...\n' }), 'runtime-base')).toBe(
      'the container does not start the program that is built',
    );
  });

  it('links the binary statically, unless it calls C', () => {
    const dynamic = HALF.replace('CGO_ENABLED=0 ', '');
    expect(planFor(dynamic, FILES).after).toMatch(
      /RUN CGO_ENABLED=0 go build -o \/api \.\nFROM gcr\.io\/distroless\/static-debian12:nonroot\n/,
    );
    const guard = 'the program may be dynamically linked: build it with CGO_ENABLED=0 if it needs no C code';
    const inC = { ...FILES, 'main.go': 'package main\nimport "C"\n' };
    expect(guardOf(planFor(dynamic, inC), 'runtime-base')).toBe(guard);
    // All of Alpine has the C library that it is linked against on Alpine.
    const musl = dynamic.replaceAll('golang:1.22', 'golang:1.22-alpine').replace('RUN', 'RUN apk add gcc musl-dev &&');
    expect(planFor(musl, inC).after).toMatch(/RUN apk add .* go build -o \/api \.\nFROM alpine:3\n/);
    expect(guardOf(planFor(musl.replace('musl-dev', 'musl-dev libpq-dev'), inC), 'runtime-base')).toBe(guard);
    expect(guardOf(planFor(musl.replace('golang:1.22-alpine', 'golang:1.22'), inC), 'runtime-base')).toBe(guard);
    const on = dynamic.replace('RUN go', 'ENV CGO_ENABLED=1\nRUN go');
    expect(guardOf(planFor(on, FILES), 'runtime-base')).toBe(guard);
  });

  it('looks for what the program calls in the stage that compiles it', () => {
    const calling = {
      ...FILES,
      'go.mod': 'module example.com/api\nrequire example.com/b v1.0.0\n',
      'main.go': 'package main\nvar c = exec.Command("git", "log")\n',
    };
    expect(planFor(HALF, calling).after).toMatch(
      /FROM debian:bookworm-slim\nRUN apt-get update \\\n {4}&& apt-get install .* ca-certificates git/,
    );
    const dotnet =
      'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /out\n\nFROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY --from=build /out .\nENTRYPOINT ["dotnet", "Shop.dll"]\n';
    const shop = {
      'Shop.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
      'Program.cs': 'Process.Start("git", "log");\n',
    };
    expect(guardOf(planFor(dotnet, shop), 'multi-stage')).toBeUndefined();
    expect(guardOf(planFor(dotnet, shop), 'runtime-base')).toBe(
      '`git` is called, but the runtime image does not contain it',
    );
  });
});

describe('multi-stage', () => {
  it('says nothing of a file that has all of it', () => {
    const built =
      'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\n\nFROM alpine:3.20\nRUN apk add --no-cache ruby && gem install wpscan\nCOPY --from=build /api /app/\nUSER 1000\nCMD ["/app/api"]\n';
    expect(guardOf(planFor(built, { 'go.mod': '', 'main.go': '' }), 'multi-stage')).toBeUndefined();
    const jar =
      'ARG R=""\nFROM ${R}eclipse-temurin:17-jre\nCOPY app.jar .\nUSER 1000\nCMD ["java", "-jar", "app.jar"]\n';
    expect(guardOf(planFor(jar, { 'app.jar': '' }), 'multi-stage')).toBeUndefined();
  });
});

describe('packages of another language in the build context', () => {
  it('are no matter of a compiled program', () => {
    const java =
      'FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/app.jar"]\n';
    const files = { 'pom.xml': '<project/>', 'src/main/java/A.java': '' };
    expect(planFor(java, files, { unlisted: ['node_modules'] }).after).toContain('FROM eclipse-temurin:17-jre\n');
    expect(guardOf(planFor(java, files, { unlisted: ['node_modules', 'data'] }), 'multi-stage')).toMatch(
      /too many files/,
    );
  });
});

describe('what is left alone', () => {
  it.each([
    ['no FROM', 'RUN a\n'],
    ['a base out of a variable', 'ARG B\nFROM $B\nRUN pip install --no-cache-dir a==1\nUSER 1000\nCMD ["a"]\n'],
    ['a Windows image', 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN dir\n'],
    [
      'triggers',
      'FROM node:20\nONBUILD COPY . .\nONBUILD RUN npm ci && npm cache clean --force\nUSER node\nCMD ["node", "a.js"]\n',
    ],
    ['a template', 'FROM {{ base }}\nRUN {{ run }}\n'],
  ])('%s', (_, dockerfile) => {
    const plan = planFor(dockerfile, { 'a.js': '', 'package.json': '{}' });
    expect(plan.after.replace(/ AS build/, '')).toBe(dockerfile);
  });
});
