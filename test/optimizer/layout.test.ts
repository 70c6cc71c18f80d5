import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../helpers/plan';

/** A server of TypeScript, which is built in a stage of its own. */
const typescript = {
  'package.json':
    '{"name":"a","scripts":{"build":"tsc"},"dependencies":{"express":"^4"},"devDependencies":{"typescript":"^5"}}',
  'package-lock.json': '{"lockfileVersion":3}',
  'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
  'src/server.ts': 'import express from "express"; express().listen(3000)',
};

describe('a stage that is split', () => {
  it('does not indent packages less than the commands around them', () => {
    const { after } = planFor(
      'FROM python:3.11\nRUN apt-get update && apt-get install -y \\\n  curl \\\n  ffmpeg \\\n  gcc\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
      { 'requirements.txt': 'flask==3.0.0\n', 'app.py': 'subprocess.run(["ffmpeg"])\nsubprocess.run(["curl"])\n' },
    );
    expect(after).toContain(
      '    && apt-get install -y --no-install-recommends \\\n        curl \\\n        ffmpeg \\\n    && rm',
    );
  });

  it('is not that which another target runs', () => {
    const dockerfile =
      'FROM node:22 AS development\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "run", "dev"]\n\n' +
      'FROM node:22 AS production\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\nCMD ["node", "index.js"]\n';
    const files = { 'package.json': '{"dependencies":{"a":"1"}}', 'package-lock.json': '{}', 'index.js': '' };
    const mounts = [{ target: '/app', kind: 'bind' as const }];
    const service = { mounts, starts: ['npx nodemon index.js'], target: 'development' };
    const { after } = planFor(dockerfile, files, { services: [service] });
    expect(after).toContain('FROM node:22-slim AS production\n');
    expect(after.split('FROM node:22 AS build')[0]).not.toContain('USER');
    expect(after).toContain('USER node\nCMD ["node", "index.js"]\n');
    const own = planFor(dockerfile, files, { services: [{ ...service, target: 'production' }] });
    expect(own.after).not.toContain('USER node');
  });

  it('is the last one, also where a build names it or a stage that does not exist; another target is told', () => {
    const dockerfile =
      'FROM node:22 AS app\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["node", "dist/server.js"]\n';
    expect(planFor(dockerfile, typescript, { targetStage: 'app' }).after).toContain('FROM node:22-slim AS app\n');
    expect(planFor(dockerfile, typescript, { targetStage: 'final' }).after).toContain('FROM node:22-slim AS app\n');
    expect(planFor(dockerfile, typescript, { targetStage: '${STAGE}' }).after).toContain('FROM node:22 AS app\n');
    const other = planFor(`${dockerfile}\nFROM app AS test\nRUN npm test\n`, typescript, { targetStage: 'app' });
    expect(guardOf(other, 'multi-stage')).toBe(
      'the project builds the stage `app`, so the steps for the last stage are left out',
    );
  });

  it('passes the name of a builder on to the build stage, unless something builds it by that name', () => {
    const dockerfile =
      'FROM node:22 AS builder\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["node", "dist/server.js"]\n';
    const passed = planFor(dockerfile, typescript).after;
    expect(passed).toContain('FROM node:22 AS builder\n');
    expect(passed).toContain('FROM node:22-slim\n');
    expect(passed).toContain('--from=builder /app/dist');
    const kept = 'FROM node:22-slim AS builder\n';
    expect(planFor(dockerfile, typescript, { targetStage: 'builder' }).after).toContain(kept);
    for (const [file, text] of [
      ['compose.yaml', 'services:\n  a:\n    build:\n      target: builder\n'],
      ['Makefile', 'image:\n\tdocker build --target builder .\n'],
      ['docker-bake.hcl', 'target "a" {\n  target = "builder"\n}\n'],
    ] as const)
      expect(planFor(dockerfile, { ...typescript, [file]: text }).after).toContain(kept);
    expect(planFor(dockerfile.replace('builder', 'app'), typescript).after).toContain('FROM node:22-slim AS app\n');
  });

  it('takes the title of the final stage along', () => {
    const { after } = planFor(
      `FROM alpine:3.20 AS assets
RUN mkdir /pages

# ---- Runtime stage ----
FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
COPY --from=assets /pages ./pages
CMD ["node", "dist/server.js"]
`,
      typescript,
    );
    expect(after.indexOf('# ---- Runtime stage ----')).toBeGreaterThan(after.indexOf('FROM node:22 AS'));
    expect(after).toContain('# ---- Runtime stage ----\nFROM node:22-slim\n');
    expect(after).not.toContain('# Final stage');
  });

  it('keeps blank lines and sections of both stages', () => {
    const { after } = planFor(
      `# Shop
FROM node:22

# Where everything lies
WORKDIR /app

# Install the dependencies
COPY package*.json ./
RUN npm ci

# ---- Build ----

# Once it was:
# RUN npm run old

COPY . .
RUN npm run build


EXPOSE 3000

# Start it
CMD ["node", "dist/server.js"]
`,
      typescript,
    );
    expect(after).toContain('# Shop\n\n# ');
    expect(after).toContain(`AS build

# Where everything lies
WORKDIR /app

# Install the dependencies
COPY package*.json ./
RUN npm ci`);
    expect(after).toContain(`
# ---- Build ----

# Once it was:
# RUN npm run old

COPY . .
RUN npm run build

# Final stage`);
    expect(after).toContain(`-slim

# Where everything lies
WORKDIR /app
RUN chown node:node /app

COPY --from=`);
    expect(after).toMatch(/\n\n\nEXPOSE 3000\n/);
    expect(after).not.toMatch(/\n\n# [^\n]*\n\n# Final stage/);
  });

  it('stays close where the author writes close', () => {
    const { after } = planFor(
      `FROM node:22
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
`,
      typescript,
    );
    for (const stage of after.split(/\n\n(?=#[^\n]*\nFROM)/)) expect(stage).not.toContain('\n\n');
  });

  it('leaves a comment with the stage that it is true for', () => {
    const { after } = planFor(
      `# The official image
FROM node:22
# Settings
ENV PORT=3000
ENV HOST=0.0.0.0

# Install the dependencies
WORKDIR /app
COPY package*.json ./
RUN npm ci

COPY . .
RUN npm run build
CMD ["node", "dist/server.js"]
`,
      typescript,
    );
    const final = after.slice(after.lastIndexOf('FROM'));
    expect(after).toContain('# The official image\n# ');
    expect(final).toContain('# Settings\nENV PORT=3000 \\\n    HOST=0.0.0.0\n\nWORKDIR /app\n');
    expect(final).not.toContain('Install the dependencies');
  });

  it('leaves a comment right below a RUN with that RUN', () => {
    const { after } = planFor(
      `FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci
# For production:
# RUN npm install --only=production

# The sources
COPY . .
RUN npm run build
CMD ["node", "dist/server.js"]
`,
      typescript,
    );
    const at = after.lastIndexOf('\n\n#', after.lastIndexOf('FROM'));
    expect(after.slice(0, at)).toContain(
      'RUN npm ci\n# For production:\n# RUN npm install --only=production\n\n# The sources\nCOPY . .',
    );
    expect(after.slice(at)).not.toContain('For production');
  });

  it('writes its RUNs as the others are written', () => {
    const { after } = planFor(
      `FROM python:3.12
WORKDIR /app
RUN apt-get update && \\
  apt-get install -y --no-install-recommends gcc libpq-dev && \\
  rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["python", "app.py"]
`,
      { 'requirements.txt': 'psycopg2==2.9.9\n', 'app.py': 'import psycopg2\n' },
    );
    const final = after.slice(after.lastIndexOf('FROM'));
    expect(final).toContain(
      'RUN apt-get update && \\\n  apt-get install -y --no-install-recommends libpq5 && \\\n  rm -rf /var/lib/apt/lists/*\n',
    );
  });
});

describe('a line that goes', () => {
  it.each(['\n', '\r\n'])('takes one of its two blank lines with it (%j)', (eol) => {
    const { after } = planFor(
      'FROM debian:12\n\nRUN apt-get update\n\nCOPY a /a\n\n\nCMD ["/a"]\n'.replaceAll('\n', eol),
      {
        a: '',
      },
    );
    expect(after).toMatch(/^FROM debian:12-slim\r?\n\r?\nRUN groupadd[^\n]*\nCOPY a \/a\r?\n\r?\n\r?\n/);
    expect(after).not.toMatch(/^RUN apt-get update/m);
  });

  it('leaves blank lines of a heredoc alone', () => {
    const heredoc = 'RUN <<EOF\nset -e\napt-get update\n\n\necho a\nEOF\n';
    const { after } = planFor(`FROM debian:12\n\nRUN apt-get update\n\n${heredoc}CMD ["/a"]\n`, {});
    expect(after).toContain('\n\n\necho a\n');
  });
});

describe('what is left out', () => {
  it('is not told twice, by a rule and by a step that was considered', () => {
    const { skipped } = planFor(
      'FROM node:22\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn\nCOPY . .\nUSER node\nCMD ["yarn", "start"]\n',
      { 'package.json': '{"scripts":{"start":"unknown-tool"},"dependencies":{"canvas":"^2"}}', 'yarn.lock': '' },
    );
    const ids = skipped.map(({ id }) => id);
    if (ids.includes('slim-base') || ids.includes('multi-stage')) expect(ids).not.toContain('prefer-slim-base');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('counts the .dockerignore that the plan writes', () => {
    const plan = planFor('FROM debian:12\nCOPY . /srv\nUSER 1000\nCMD ["/srv/a"]\n', {
      a: '',
      '.git/HEAD': 'ref: refs/heads/main\n',
      'README.md': '# a\n',
    });
    expect(plan.steps.map(({ id }) => id)).toContain('dockerignore');
    expect(plan.skipped.map(({ id }) => id)).not.toContain('require-dockerignore');
  });

  it('names at safe what a higher level would do to the whole file', () => {
    const plan = planFor(
      'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
      { 'requirements.txt': 'flask==3.0.3\n', 'app.py': 'import flask\n' },
      { level: 'safe' },
    );
    expect(plan.skipped).toContainEqual(expect.objectContaining({ id: 'multi-stage', reason: 'unsafe' }));
    expect(plan.after).not.toContain('AS build');
  });
});

describe('a build stage', () => {
  const files = { 'requirements.txt': 'flask==3.0.3\n', 'app.py': 'import flask\n' };
  const rest =
    'WORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n';

  it('installs nothing that its image has, and no tool that nothing calls', () => {
    const { after } = planFor(
      `FROM python:3.12\n# Tools\nRUN apt-get update && apt-get install -y vim build-essential curl\n${rest}`,
      files,
    );
    expect(after).toContain('AS build\nWORKDIR /app\n');
    expect(after).not.toMatch(/apt-get|# Tools/);
  });

  it('installs the rest of what the author names', () => {
    const { after } = planFor(
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y \\\n    gcc \\\n    vim \\\n    libpq-dev\n${rest}`,
      { ...files, 'requirements.txt': 'psycopg2==2.9.9\n' },
    );
    expect(after).toMatch(/AS build\nRUN apt-get update && apt-get install .* \\\n {4}gcc \\\n {4}libpq-dev\b/);
    expect(after).not.toContain('vim');
  });
});

describe('files that are removed again', () => {
  const files = {
    'requirements.txt': 'flask==3.0.3\n',
    'app.py': 'import flask\n',
    'tests/test_app.py': 'import app\n',
  };
  const install = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n';

  it('are not copied into the final stage', () => {
    const { after } = planFor(
      `${install}RUN python -m pytest tests\nRUN rm -rf tests\nCMD ["python", "app.py"]\n`,
      files,
    );
    const final = after.slice(after.lastIndexOf('FROM'));
    expect(final).toMatch(/COPY (?:--chown=app:app )?app\.py \.\n/);
    expect(final).not.toContain('tests');
  });

  it('are copied where a step reads them before', () => {
    const { after } = planFor(`${install}RUN cp -r tests /srv\nRUN rm -rf tests\nCMD ["python", "app.py"]\n`, files);
    expect(after).toContain('rm -rf tests');
    expect(after).toMatch(/COPY (?:--chown=app:app )?\. \./);
  });
});

describe('a secret in ENV', () => {
  it('is given when the container starts, where no step of the build reads it', () => {
    const { after, steps } = planFor(
      'FROM alpine:3.20\nCOPY app /app\nENV API_TOKEN=abcdef123456 \\\n    PORT=80 \\\n    DB_PASSWORD=hunter22\nUSER 1000\nCMD ["/app"]\n',
      { app: '' },
      { level: 'all' },
    );
    expect(after).toContain(
      '# Set at run time, never in the image: docker run -e API_TOKEN -e DB_PASSWORD\nENV PORT=80\n',
    );
    expect(steps.find(({ id }) => id === 'secret-at-start')?.title).toContain('docker run -e API_TOKEN -e DB_PASSWORD');
  });

  it('stays where a program of the build may read it', () => {
    const { after } = planFor(
      'FROM ruby:3.3\nENV API_TOKEN=abcdef123456\nRUN rake db:setup\nUSER 1000\nCMD ["ruby", "a.rb"]\n',
      { 'a.rb': '' },
      { level: 'all' },
    );
    expect(after).toContain('ENV API_TOKEN=abcdef123456\n');
  });
});

describe('what the plan says', () => {
  it('names an image with its registry', () => {
    const { skipped } = planFor('FROM ghcr.io/team/app:latest\nCOPY a /a\n', { a: '' });
    expect(skipped.find(({ id }) => id === 'no-latest-tag')?.title).toContain('ghcr.io/team/app:<version>');
  });

  it('says of .dockerignore what it does for this file', () => {
    const reasonOf = (copy: string) =>
      planFor(`FROM debian:12\n${copy}\nUSER 1000\nCMD ["/a"]\n`, { a: '', '.git/HEAD': '' }).steps.find(
        ({ id }) => id === 'dockerignore',
      )?.reason;
    expect(reasonOf('COPY a /a')).toContain('a later `COPY .`');
    expect(reasonOf('COPY . /')).toContain('A COPY of the directory includes');
  });
});
