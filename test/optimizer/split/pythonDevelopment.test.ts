import { expect, test } from 'vitest';
import { planFor } from '../../helpers/plan';

const UV =
  'FROM python:3.12\nRUN pip install uv\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY . .\nCMD ["uv", "run", "main.py"]\n';
const POETRY =
  'FROM python:3.12\nRUN pip install poetry\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry config virtualenvs.create false && poetry install --no-root\nCOPY . .\nCMD ["python", "main.py"]\n';
const PROJECT = '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["flask"]\n';

function installOf(dockerfile: string, project: string, more: Readonly<Record<string, string>> = {}): string {
  const { after } = planFor(dockerfile, {
    'pyproject.toml': project,
    'uv.lock': '',
    'poetry.lock': '',
    'main.py': 'import flask\n',
    ...more,
  });
  expect(after).toContain('# Final stage');
  return /^RUN .*\b(?:uv sync|poetry install).*$/m.exec(after)?.[0] ?? '';
}

test('uv installs no tools of development', () => {
  const groups = `${PROJECT}\n[dependency-groups]\ndev = [\n  "pytest>=8",\n  "ruff",\n]\n`;
  expect(installOf(UV, groups)).toContain('uv sync --no-dev --frozen');
  expect(installOf(UV, `${PROJECT}\n[tool.uv]\ndev-dependencies = ["mypy"]\n`)).toContain('--no-dev');
  expect(installOf(UV, groups, { 'tests/test_a.py': 'import pytest\n' })).toContain('--no-dev');
});

test('Poetry installs no tools of development', () => {
  const group = '[tool.poetry]\nname = "a"\n\n[tool.poetry.group.dev.dependencies]\npytest = "^8"\nblack = "*"\n';
  expect(installOf(POETRY, group)).toContain('poetry install --only main --no-root');
  expect(installOf(POETRY.replace('install poetry', 'install poetry==1.1.13'), group)).toContain('install --no-dev');
});

test.each([
  ['a package that is no tool', 'dev = ["pytest", "httpx"]', {}],
  ['another group in it', 'dev = ["pytest", {include-group = "lint"}]', {}],
  ['an import', 'dev = ["pytest"]', { 'main.py': 'import pytest\n' }],
  ['a script', 'dev = ["pytest"]', { 'run.sh': '#!/bin/sh\npytest\n' }],
  ['nothing', 'lint = ["ruff"]', {}],
])('uv installs the group with %s', (_, group, more) => {
  expect(installOf(UV, `${PROJECT}\n[dependency-groups]\n${group}\n`, more)).not.toContain('--no-dev');
});

test('the choice of the file stays', () => {
  const groups = `${PROJECT}\n[dependency-groups]\ndev = ["pytest"]\n`;
  expect(installOf(UV.replace('--frozen', '--group dev'), groups)).not.toContain('--no-dev');
  expect(installOf(UV.replace('COPY . .', 'RUN uv run pytest\nCOPY . .'), groups)).not.toContain('--no-dev');
});
