import { expect, test } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const APP = { 'requirements.txt': 'flask\n', 'app.py': 'from flask import Flask\n' };

test('what pip installs for root becomes a virtual environment, and the program runs as a user', () => {
  const source =
    'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --user --no-cache-dir -r requirements.txt\nCOPY . .\nENV PATH=/root/.local/bin:$PATH\nCMD ["gunicorn", "app:app"]\n';
  const { after } = planFor(source, APP);
  expect(after).toContain('RUN python -m venv /opt/venv\n');
  expect(after).toContain('RUN pip install --no-cache-dir -r requirements.txt\n');
  expect(after).toContain('FROM python:3.12-slim\n');
  expect(after).toContain('ENV PATH="/opt/venv/bin:$PATH"\nCOPY --from=build /opt/venv /opt/venv\n');
  expect(after).toContain('USER app\n');
  expect(after).not.toContain('.local');
});

test('other parts of the PATH stay', () => {
  const source =
    'FROM python:3.12\nWORKDIR /app\nENV PATH="/root/.local/bin:/app/bin:${PATH}"\nCOPY . .\nRUN pip install --user -r requirements.txt\nCMD ["python", "app.py"]\n';
  expect(planFor(source, APP).after).toContain('ENV PATH="/app/bin:${PATH}"\n');
});

test('root installs what a user has installed', () => {
  const source =
    'FROM python:3.12\nRUN useradd --create-home web\nUSER web\nWORKDIR /home/web/app\nCOPY --chown=web requirements.txt .\nRUN pip install -r requirements.txt\nCOPY --chown=web . .\nCMD ["python", "app.py"]\n';
  const [build = '', final = ''] = planFor(source, APP).after.split('# Final stage');
  expect(build).toContain('COPY requirements.txt .\nRUN pip install');
  expect(build).not.toMatch(/USER|web /);
  expect(final).toContain('RUN useradd --create-home web\nUSER web\n');
});

test('a directory that is named stays', () => {
  const source =
    'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install --user -r requirements.txt\nCMD ["/root/.local/bin/gunicorn", "app:app"]\n';
  const plan = planFor(source, APP);
  expect(plan.after).toContain('--user');
  expect(guardOf(plan, 'multi-stage')).toMatch(/names the directory of `pip install --user`/);
});

test('a question to dpkg leaves nothing behind', () => {
  const source =
    'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN dpkg --print-architecture && pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
  expect(planFor(source, APP).after).toContain('FROM python:3.12-slim\n');
  const installs = planFor(source.replace('--print-architecture', '-i a.deb'), { ...APP, 'a.deb': '' });
  expect(guardOf(installs, 'multi-stage')).toBeDefined();
});

test.each([
  ['python:3.11', true],
  ['python:3.11-trixie', true],
  ['python:3.11-bookworm', false],
])('the slim image of %s gets `adduser` before it is called: %s', (image, isLacking) => {
  const source = `FROM ${image}\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nRUN adduser --disabled-password --gecos "" web\nCOPY . .\nUSER web\nCMD ["python", "app.py"]\n`;
  const [, end = ''] = planFor(source, APP).after.split('# Final stage');
  expect(/install [^&]* adduser \\\n[\s\S]*RUN adduser/.test(end)).toBe(isLacking);
});

test('a cleanup of the tool stays in the build stage, and removes nothing else', () => {
  const source = (path: string) =>
    `FROM python:3.12\nENV POETRY_CACHE_DIR=/tmp/poetry POETRY_HOME=/opt/poetry\nRUN pip install poetry==2.0.0\nWORKDIR /app\nCOPY . .\nRUN poetry install\nRUN rm -rf ${path}\nCMD ["python", "app.py"]\n`;
  const files = { ...APP, 'pyproject.toml': '[tool.poetry]\nname = "a"\n', 'poetry.lock': '' };
  const [, end = ''] = planFor(source('$POETRY_CACHE_DIR'), files).after.split('# Final stage');
  expect(end).not.toMatch(/POETRY|rm -rf/);
  const [, other = ''] = planFor(source('$POETRY_HOME/x'), files).after.split('# Final stage');
  expect(other).toMatch(/^ENV POETRY_CACHE_DIR[\s\S]*rm -rf \$POETRY_HOME/m);
});
