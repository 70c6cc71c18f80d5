import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { createPlan } from '../../server/src/optimizer/createPlan';
import type { Level } from '../../server/src/optimizer/levels';
import { buildContextOf } from '../helpers/buildContext';
import { CORPORA, judgedFolder } from '../helpers/corpora';
import { analyzer } from '../helpers/plan';
import { differenceOf } from '../trace/buildTrace';

/** A bit of every language, so that every transform finds something to work on. */
const EVERYTHING = buildContextOf({
  'package.json':
    '{"scripts": {"build": "tsc", "start": "node dist/index.js"}, "dependencies": {"express": "1"}, "devDependencies": {"typescript": "5"}}',
  'package-lock.json': '{}',
  'yarn.lock': '',
  'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
  'src/index.ts': "import express from 'express';\n",
  'requirements.txt': 'flask==1\npsycopg2==2.9\n',
  'app.py': 'open("/data/x", "w")\n',
  'main.go': 'package main\n',
  'go.mod': 'module example.com/app\n',
  'pom.xml': '<project/>',
  'Gemfile.lock': '    pg (1.0)\n',
  'composer.json': '{}',
  Makefile: 'app:\n\tgcc -o app main.c -lz\n',
  'main.c': 'int main() {}\n',
  'server.js': 'require("child_process").execSync("git log");\n',
  '.env': 'A=1\n',
  'entrypoint.sh': '#!/bin/sh\nexec "$@"\n',
});

function warningsOf(text: string): string[] {
  return analyzer
    .lint(text)
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ ruleId }) => ruleId);
}

/** Says what a plan for the text does wrong; '' when nothing. */
function faultOf(text: string, level: Level, buildContext?: typeof EVERYTHING): string {
  const options = { level, buildContext };
  const { after, steps } = createPlan(analyzer, text, options);
  const { errors } = analyzer.lint(after).dockerfile;
  if (errors.length > analyzer.lint(text).dockerfile.errors.length) return 'the result does not parse';
  if (createPlan(analyzer, after, options).after !== after) return 'the result is optimized further';
  const before = warningsOf(text);
  const added = warningsOf(after).filter((rule) => !before.includes(rule));
  if (added.length > 0) return `new: ${added.join(', ')}`;
  const difference = level === 'safe' && !buildContext ? differenceOf(text, after) : undefined;
  return difference === undefined ? '' : `another build by ${steps.map(({ id }) => id).join(', ')}: ${difference}`;
}

describe.each(CORPORA)('plans for Dockerfiles, $title', ({ files }) => {
  if (files.length === 0) {
    it.skip('parse, settle and bring no new warning');
    return;
  }
  it.each<[Level, string, typeof EVERYTHING | undefined]>([
    ['safe', 'nothing', undefined],
    ['recommended', 'nothing', undefined],
    ['recommended', 'files of every language', EVERYTHING],
    ['all', 'files of every language', EVERYTHING],
  ])(
    'at level %s with %s beside them parse, settle and bring no new warning',
    (level, _, buildContext) => {
      const faults = files.map(({ name, text }) => [name, faultOf(text, level, buildContext)]);
      expect(faults.filter(([, fault]) => fault !== '')).toEqual([]);
    },
    240_000,
  );
});

/** What a reviewer wants of the result, and what must not be touched. */
const JUDGED: readonly (readonly [
  name: string,
  has: readonly (string | RegExp)[],
  hasNot: readonly (string | RegExp)[],
])[] = [
  [
    '04-py-flask-alpine',
    [
      /^(?:ENV|\s+)(?:.*\\\n)?\s*FLASK_APP=app\.py$/m,
      /COPY --chown=nonroot:nonroot requirements\.txt \.\n(?:.*\n)*RUN pip install .*-r requirements\.txt\n\n# .*\nCOPY --chown=nonroot:nonroot \. \.\n/,
      'apk add --no-cache curl',
      'USER nonroot\n',
    ],
    [/USER nonroot[\s\S]*adduser/],
  ],
  [
    '08-py-two-cmd',
    ['COPY requirements.txt ./\n', /CMD \[ "python", "app\.py" \]\n$/],
    // The program lies in `/`, and what it writes is not known.
    ['pip", "freeze', 'apt-get update', 'AS build', 'USER app'],
  ],
  [
    '12-node-sendgrid-comments',
    // Root installs Puppeteer, whose browser then lies in root's home: that user could not start it.
    ['EXPOSE 6006\n', 'apt-get purge --auto-remove -y curl'],
    ['6006:6006', '\nUSER '],
  ],
  ['20-go-dockerbeat', ['ENTRYPOINT ["dockerbeat"]'], []],
  ['28-java-atsea-multi', ['USER gordon\nENTRYPOINT'], []],
  [
    '32-rust-gltf',
    [
      'FROM rust:1.34 AS build',
      /apt-get update \\\n {4}&& apt-get install --no-install-recommends -y \\\n[\s\S]*rm -rf \/var\/lib\/apt\/lists\/\*/,
      '# RUN apt-get install -y libosmesa6-dev',
    ],
    [],
  ],
  ['40-win-nanoserver-CONTROL', [], []],
  ['44-php-fantasycalendar', ['USER www-data\n', 'USER root\n'], [/USER app/]],
  ['48-ruby-nickjj-CONTROL', [], []],
  ['60-tricky-jupyter-shell-CONTROL', [], []],
];
const UNCHANGED = ['40-win-nanoserver-CONTROL', '48-ruby-nickjj-CONTROL', '60-tricky-jupyter-shell-CONTROL'];

const gold = judgedFolder('shared');

describe(`plans for judged Dockerfiles${gold === undefined ? ' (not there: ../shared/gold)' : ''}`, () => {
  it.skipIf(gold === undefined).each(JUDGED)('%s', (name, has, hasNot) => {
    const text = readFileSync(join(gold ?? '', name, 'Dockerfile'), 'utf8');
    const buildContext = readBuildContext(join(gold ?? '', name));
    const { after } = createPlan(analyzer, text, { level: 'recommended', buildContext });
    for (const part of has) expect(after).toMatch(typeof part === 'string' ? new RegExp(escape(part)) : part);
    for (const part of hasNot) expect(after).not.toMatch(typeof part === 'string' ? new RegExp(escape(part)) : part);
    if (UNCHANGED.includes(name)) expect(after).toBe(text);
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
