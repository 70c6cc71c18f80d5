import { describe, expect, it } from 'vitest';
import { createDockerfile, findPrograms } from '../../server/src/create/createDockerfile';
import { createEngine } from '../../server/src/engine/createEngine';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { allRules } from '../../server/src/rules';
import { buildContextOf } from '../helpers/buildContext';

const engine = createEngine({ rules: allRules, knowledge: createKnowledgeBase() });
const PROJECTS = {
  FastAPI: {
    'requirements.txt': 'fastapi\nuvicorn\n',
    'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
  },
  Express: {
    'package.json':
      '{"scripts":{"start":"node server.js"},"dependencies":{"express":"5"},"devDependencies":{"eslint":"9"}}',
    'package-lock.json': '{}',
    'server.js': "require('express')().listen(3000)\n",
  },
  Go: { 'go.mod': 'module example.com/shop\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {\n}\n' },
  pages: { 'index.html': '<h1>Hello</h1>\n' },
};

function created(files: Readonly<Record<string, string>>) {
  const buildContext = buildContextOf(files);
  const [program] = findPrograms(engine, buildContext).programs;
  if (!program) throw new Error('no program');
  const options = { level: 'recommended', buildContext } as const;
  return { options, result: createDockerfile(engine, program, options) };
}

describe.each(Object.entries(PROJECTS))('the file for %s', (_, files) => {
  const { options, result } = created(files);
  it('is as good as Optimize Dockerfile can make it', () => {
    const buildContext = buildContextOf({
      ...files,
      Dockerfile: result.text,
      ...Object.fromEntries(result.files.map(({ path, after }) => [path, after])),
    });
    expect(createPlan(engine, result.text, { ...options, buildContext }).steps).toEqual([]);
  });
  it('has a reason for each line, in order', () => {
    const lines = result.text.split('\n');
    const reasoned = result.notes.flatMap(({ start, end }) => lines.slice(start, end));
    expect(reasoned).toEqual(lines.filter((line) => line !== ''));
    for (const { why } of result.notes) expect(why).not.toMatch(/^\s*$|\{\w+\}/);
  });
  it('brings its .dockerignore', () => {
    expect(result.files.map(({ path }) => path)).toEqual(['.dockerignore']);
  });
});

it.each([
  ['from dotenv import load_dotenv\nload_dotenv()\n', '', true],
  ['print(open(".env").read())\n', '', false],
  ['print(1)\n', 'django-environ\n', true],
  ['print(1)\n', '', true],
])('leaves .env out of a new image unless the program stops without it: %s%s', (main, requirements, isLeftOut) => {
  const { files } = created({
    'main.py': main,
    'requirements.txt': `requests\n${requirements}`,
    '.env': 'A=1\n',
  }).result;
  expect(files[0]?.after.includes('.env*')).toBe(isLeftOut);
});

it('says what is left to do by hand', () => {
  expect(created(PROJECTS.Go).result.advice).toEqual([]);
  const poetry = {
    'pyproject.toml': '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.12"\n',
    'poetry.lock': '',
    'main.py': 'print(1)\n',
  };
  expect(created(poetry).result.advice).toEqual([expect.stringMatching(/^Pin the version: `poetry==…`/)]);
});

it('has the reason of a step at each of its lines', () => {
  const notes = created(PROJECTS.Express).result.notes.filter(({ why }) => why === 'Run as node');
  expect(notes.length).toBeGreaterThan(1);
  for (const { reason } of notes) expect(reason).toMatch(/root/);
});
