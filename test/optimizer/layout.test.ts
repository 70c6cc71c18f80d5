import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

/** A server of TypeScript, which is built in a stage of its own. */
const typescript = {
  'package.json':
    '{"name":"a","scripts":{"build":"tsc"},"dependencies":{"express":"^4"},"devDependencies":{"typescript":"^5"}}',
  'package-lock.json': '{"lockfileVersion":3}',
  'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
  'src/server.ts': 'import express from "express"; express().listen(3000)',
};

describe('a stage that is split', () => {
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

# The image that runs`);
    expect(after).toContain(`-slim

# Where everything lies
WORKDIR /app

COPY --from=`);
    expect(after).toMatch(/\n\n\nEXPOSE 3000\n/);
    expect(after).not.toMatch(/\n\n# [^\n]*\n\n# The image that runs/);
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
