import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig, resolveConfig } from '../../server/src/engine/config';
import { createEngine } from '../../server/src/engine/createEngine';
import { LintMemory } from '../../server/src/engine/lintMemory';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { parseConfig } from '../../server/src/project/parseConfig';
import { allRules } from '../../server/src/rules';
import { buildContextOf } from '../helpers/buildContext';
import { createRandom } from '../helpers/random.mjs';

const root = resolve(import.meta.dirname, '../..');
const engine = createEngine({ rules: allRules, knowledge: createKnowledgeBase(() => new Date()) });
/** Every rule, also those that are off by default. */
const { config: all } = parseConfig('extends: all', 'a.yaml', allRules);
const configs = [all, defaultConfig].map((config) => resolveConfig(config, allRules, 'Dockerfile'));

/** Those of our own apps and, where they lie beside the project, real ones. `INCREMENTAL_EDITS=100000` for a long run. */
const APPS = join(root, 'test/builds/apps');
const apps = readdirSync(APPS).map((name) => join(APPS, name, 'Dockerfile'));
const shared = process.env['INCREMENTAL_FILES'] ?? resolve(root, '../shared');
const corpora = ['corpus', 'corpus2'].map((name) => join(shared, name, 'files')).filter(existsSync);
const real = corpora.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)),
);
const files = [...apps.filter(existsSync), ...real]
  .map((path) => readFileSync(path, 'utf8'))
  .filter((text) => text.length < 6000);
const EDITS = Number(process.env['INCREMENTAL_EDITS'] ?? 600);

const LINES = [
  'FROM debian:12',
  'FROM node:20 AS build',
  'FROM build AS child',
  'FROM scratch',
  'ARG BASE=node:20',
  'ARG VERSION',
  'ENV A=1 B="two $A" PATH=/opt/bin:$PATH',
  'ENV NODE_ENV=production PIP_NO_CACHE_DIR=1 DEBIAN_FRONTEND=noninteractive',
  'ENV PIP_TRUSTED_HOST=a NPM_CONFIG_STRICT_SSL=false',
  'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  'SHELL ["powershell"]',
  'USER app',
  'USER root',
  'WORKDIR /app',
  'WORKDIR app',
  'COPY . .',
  'COPY --from=build --chown=app:app /a /b',
  'COPY --from=0 /a /b',
  'RUN rm -r /var/lib/apt/lists/* /root/.cache ~/.npm /opt/conda/pkgs',
  'RUN apt-get update && apt-get install -y curl git',
  'RUN apt-get update',
  'RUN curl -L http://example.com/x | tar xz && chmod 777 /app',
  'RUN pip install -r requirements.txt && npm ci && apk add git',
  'RUN wget --tries=3 http://a/b && echo x > ~/.wgetrc',
  'RUN useradd -m app && chown -R app /app',
  'RUN <<EOF\necho a\ncurl -f x\nEOF',
  'RUN cat <<EOF',
  'ONBUILD RUN apt-get update',
  'CMD python app.py',
  'CMD ["python", "app.py"]',
  'ENTRYPOINT node server.js',
  'COPY start.sh /',
  'CMD /start.sh',
  'EXPOSE 22 80/tcp',
  'HEALTHCHECK CMD curl -f http://localhost/',
  'LABEL a=b a=c',
  'VOLUME /data',
  'MAINTAINER me',
  '# hadolint shell=powershell',
  '# hadolint ignore=DL3008',
  '# dockerfile-optimizer-ignore apt-get-yes: why',
  '# dockerfile-optimizer-ignore-stage no-sudo',
  '# check=skip=all;error=true',
  '# a comment',
  '',
];
const HEADS = [
  '# escape=`\n',
  '# check=error=true\n',
  '# syntax=docker/dockerfile:1\n',
  'ARG BASE=alpine\n',
  '\ufeff',
  '\n',
];
const TYPED = [
  ...'abx1 \t\n\\"\'$#<&|;=/:-.`',
  '$A',
  '${VERSION}',
  '&& ',
  '\\\n    ',
  '<<EOF',
  '--from=',
  'sudo ',
  ' AS x',
  '\r\n',
];

/** Files that are saved, changed and deleted while the Dockerfile is edited. */
const contexts = [
  undefined,
  buildContextOf({ 'start.sh': '#!/bin/sh\nexec node server.js\n', 'package.json': '{}', 'app.py': 'import os\n' }),
  buildContextOf({ 'start.sh': 'node server.js\n', 'package-lock.json': '{}', '.env': 'A=1\n' }),
];

type Random = (below: number) => number;
type Edit = (text: string, random: Random) => string;

const pick = <T>(random: Random, items: readonly [T, ...T[]] | readonly T[]): T => items[random(items.length)] as T;
const insertAt = (text: string, at: number, what: string) => text.slice(0, at) + what + text.slice(at);
const lineStart = (text: string, random: Random): number => text.lastIndexOf('\n', random(text.length + 1)) + 1;

const EDIT_KINDS: readonly Edit[] = [
  (text, random) => insertAt(text, random(text.length + 1), pick(random, TYPED)),
  (text, random) => insertAt(text, random(text.length + 1), pick(random, TYPED)),
  (text, random) => {
    const at = random(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + random(3));
  },
  (text, random) => {
    const at = lineStart(text, random);
    const end = text.indexOf('\n', at);
    return text.slice(0, at) + (end < 0 ? '' : text.slice(end + 1));
  },
  (text, random) => insertAt(text, lineStart(text, random), `${pick(random, LINES)}\n`),
  (text, random) => insertAt(text, lineStart(text, random), `${pick(random, LINES)}\n`),
  (text, random) => {
    const at = lineStart(text, random);
    const end = text.indexOf('\n', at);
    return end < 0 ? text : insertAt(text, lineStart(text, random), text.slice(at, end + 1));
  },
  (text, random) => insertAt(text, 0, pick(random, HEADS)),
  (text, random) => {
    const number = String(random(9));
    return text.replace(pick(random, [/\bAS \w+/i, /:[\w.-]+/, /=\S+/, /^FROM \S+/m]), (found) => found + number);
  },
  (text) => (text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n')),
  (_, random) => pick(random, files),
  (text, random) => `${text}\n${pick(random, files)}`.slice(0, 9000),
];

describe('a lint with the memory of the last version', () => {
  it.each([1, 2, 3, 4, 5, 6])('finds what a lint without finds, after any edit (%i)', { timeout: 0 }, (seed) => {
    const random = createRandom(seed * 7919);
    let memory = new LintMemory();
    let text = pick(random, files);
    const versions = [text];
    for (let count = 0; count < EDITS / 6; count++) {
      const before = text;
      // Most keys are typed; the line ends, the whole file and other files less often.
      const kind = random(4) === 0 ? random(EDIT_KINDS.length) : random(9);
      if (random(12) === 0) text = pick(random, versions);
      else text = EDIT_KINDS[kind]?.(text, random) ?? text;
      if (text.length > 12_000) text = pick(random, files);
      versions.push(text);
      if (versions.length > 5) versions.shift();
      if (random(60) === 0) memory = new LintMemory();
      const config = configs[random(40) === 0 ? 1 : 0];
      const options = { config, buildContext: pick(random, contexts) };
      const found = engine.lint(text, { ...options, memory }).findings;
      expect(found, `after:\n${before}\n--- ${text.length} ---\n${text}`).toEqual(engine.lint(text, options).findings);
    }
  });
});
