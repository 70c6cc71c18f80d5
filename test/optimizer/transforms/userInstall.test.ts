import { expect, test } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const GIVEN =
  'FROM python:3.12 AS builder\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --upgrade pip && pip install --user -r requirements.txt\n\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=builder /root/.local /root/.local\nENV PATH=/root/.local/bin:$PATH\nCOPY . .\nCMD ["python", "main.py"]\n';
const FILES = { 'requirements.txt': 'flask==3.0.0\n', 'main.py': 'import flask\n' };
const STEP = 'user-install';

function idsOf(dockerfile: string, files: Readonly<Record<string, string>> = FILES): string[] {
  return planFor(dockerfile, files).steps.map(({ id }) => id);
}

test('what pip installs for root becomes an environment that the new user can read', () => {
  const { after } = planFor(GIVEN, FILES);
  expect(after).toContain(
    'WORKDIR /app\nRUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nCOPY requirements.txt .\nRUN pip install --upgrade pip && pip install -r requirements.txt\n',
  );
  expect(after).toContain('COPY --from=builder /opt/venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n');
  expect(after).toContain('USER app\n');
  expect(after).not.toContain('.local');
  expect(idsOf(after)).not.toContain(STEP);
});

test.each([
  ['without a PATH', (text: string) => text.replace(/ENV PATH.*\n/, '')],
  ['behind the PATH of the image', (text: string) => text.replace('/root/.local/bin:$PATH', '$PATH:/root/.local/bin')],
  [
    'with a PATH in the build stage',
    (text: string) => text.replace('WORKDIR', 'ENV PATH=/root/.local/bin:$PATH\nWORKDIR'),
  ],
  ['by index', (text: string) => text.replace(' AS builder', '').replace('=builder', '=0')],
])('the environment comes first in the PATH: %s', (_, change) => {
  const { after } = planFor(change(GIVEN), FILES);
  expect(after.split('ENV PATH="/opt/venv/bin:$PATH"\n')).toHaveLength(3);
  expect(after).not.toContain('.local');
});

test.each([
  ['another Python', (text: string) => text.replace('3.12-slim', '3.11-slim')],
  ['another C library', (text: string) => text.replace('3.12-slim', '3.12-alpine')],
  ['an image that is not of Python', (text: string) => text.replace('python:3.12-slim', 'debian:12-slim')],
  ['packages of the final stage', (text: string) => text.replace('COPY . .', 'RUN pip install gunicorn\nCOPY . .')],
  ['packages outside of the home', (text: string) => text.replace('COPY req', 'RUN pip install wheels\nCOPY req')],
  ['another use of the build stage', (text: string) => text.replace('COPY . .', 'COPY --from=builder /x /x\nCOPY . .')],
  ['a home of another user', (text: string) => text.replace('/root/.local\n', '/home/app/.local\n')],
])('left as it is: %s', (_, change) => {
  expect(idsOf(change(GIVEN))).not.toContain(STEP);
});

test('the reason where a path is named', () => {
  const started = GIVEN.replace('["python",', '["/root/.local/bin/flask",');
  expect(guardOf(planFor(started, FILES), STEP)).toBe(
    'the Dockerfile names the directory of `pip install --user`: install into a virtual environment',
  );
  const byPath = GIVEN.replace('["python",', '["/usr/local/bin/python",');
  expect(guardOf(planFor(byPath, FILES), STEP)).toContain('is an absolute path');
});
