import { expect, test } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const GIVEN =
  'FROM python:3.12 AS builder\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --upgrade pip && pip install --user -r requirements.txt\n\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=builder /root/.local /root/.local\nENV PATH=/root/.local/bin:$PATH\nCOPY . .\nCMD ["python", "main.py"]\n';
const FILES = { 'requirements.txt': 'flask==3.0.0\n', 'main.py': 'import flask\n' };
const STEP = 'user-install';

function idsOf(dockerfile: string, files: Readonly<Record<string, string>> = FILES): string[] {
  return planFor(dockerfile, files).steps.map(({ id }) => id);
}

test('what pip installs for root goes where the new user can read it, at the same size', () => {
  const { after } = planFor(GIVEN, FILES);
  expect(after).toContain(
    'WORKDIR /app\nENV PYTHONUSERBASE=/opt/python\nCOPY requirements.txt .\nRUN pip install --upgrade pip && pip install --user -r requirements.txt\n',
  );
  expect(after).toContain('COPY --from=builder /opt/python /opt/python\nENV PYTHONUSERBASE=/opt/python');
  expect(after).toContain('PATH="/opt/python/bin:$PATH"\n');
  expect(after).toContain('USER app\n');
  expect(after).not.toContain('.local');
  expect(idsOf(after)).not.toContain(STEP);
});

test.each([
  ['without a PATH', (text: string) => text.replace(/ENV PATH.*\n/, ''), '/opt/python/bin:$PATH'],
  [
    'behind the PATH of the image',
    (text: string) => text.replace('/root/.local/bin:$PATH', '$PATH:/root/.local/bin'),
    '$PATH:/opt/python/bin',
  ],
  [
    'with a PATH in the build stage',
    (text: string) => text.replace('WORKDIR', 'ENV PATH=/root/.local/bin:$PATH\nWORKDIR'),
    '/opt/python/bin:$PATH',
  ],
  ['by index', (text: string) => text.replace(' AS builder', '').replace('=builder', '=0'), '/opt/python/bin:$PATH'],
  [
    'with other packages of the final stage',
    (text: string) => text.replace('COPY . .', 'RUN pip install gunicorn\nCOPY . .'),
    '/opt/python/bin:$PATH',
  ],
])('programs stay on the PATH: %s', (_, change, path) => {
  const { after } = planFor(change(GIVEN), FILES);
  expect(after).toContain(path);
  expect(after).toMatch(/COPY --from=\w+ \/opt\/python \/opt\/python\n/);
  expect(after).not.toContain('.local');
});

test.each([
  ['another use of the build stage', (text: string) => `${text}FROM builder\nCMD b\n`],
  ['a home of another user', (text: string) => text.replace('/root/.local\n', '/home/app/.local\n')],
  ['nothing installed for a user', (text: string) => text.replace(' --user', '')],
])('left as it is: %s', (_, change) => {
  expect(idsOf(change(GIVEN))).not.toContain(STEP);
});

test('the reason where a path is named', () => {
  const started = GIVEN.replace('["python",', '["/root/.local/bin/flask",');
  expect(guardOf(planFor(started, FILES), STEP)).toBe(
    'the Dockerfile names the directory of `pip install --user`: install into a virtual environment',
  );
});
