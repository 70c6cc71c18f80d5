import rule from '../../../server/src/rules/correctness/no-missing-program';
import { buildContextOf } from '../../helpers/buildContext';
import { type Marked, testRule } from '../../helpers/ruleTester';

const buildContext = buildContextOf({
  'requirements.txt': '# web\nFlask==3.0.0\nflask_cors\npsycopg2-binary>=2.9  # database\nuvicorn-worker\n',
  'leaves.txt': '-r base.txt\nFlask-SQLAlchemy\n',
  'base.txt': 'django[argon2]==5.0\nrequests\n',
  'plain.txt': 'django==5.0\npsycopg[binary]\n',
  'frozen.txt':
    'Flask==3.0.0\nclick==8.1.7\nitsdangerous==2.1.2\nJinja2==3.1.2\nMarkupSafe==2.1.3\nWerkzeug==3.0.1\nteam-thing==1.0\n',
  'mixed.txt': 'Flask==3.0.0\nteam-thing==1.0\n',
  'url.txt': 'Flask\ngit+https://a.b/c\n',
  'poetry.lock': '[[package]]\nname = "Flask"\n\n[[package]]\nname = "team-thing"\n',
  'uv.lock': '[[package]]\nname = "gunicorn"\nversion = "23"\n',
  'Pipfile.lock': '{\n    "default": {\n        "flask": {\n            "hashes": []\n        }\n    }\n}\n',
  'app.py': '',
});
const PYTHON = 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\n';
const GUNICORN = 'CMD ["gunicorn", "app:app"]\n';
const NODE = 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\n';
const valid = (code: string) => ({ code, buildContext });
const scripts = (install: string, named: Record<string, string>, above = '', more = {}) => ({
  code: `FROM node:24\nWORKDIR /app\n${above}COPY . .\nRUN ${install}\nCMD ["npm", "start"]\n`,
  name: `${above}${install} → ${JSON.stringify(named)} ${JSON.stringify(more)}`,
  buildContext: buildContextOf({
    'package.json': JSON.stringify({
      scripts: named,
      devDependencies: { nodemon: '3', rimraf: '6', 'ts-node': '10' },
      ...more,
    }),
    'package-lock.json': JSON.stringify({
      packages: { 'node_modules/rimraf': {}, 'node_modules/ts-node': { dev: true } },
    }),
    'server.js': '',
  }),
});
const missing = (code: string, at = '"gunicorn"') => ({
  code,
  buildContext,
  findings: [{ messageId: 'missing' as const, at }],
});
const path = (code: string, at: Marked) => ({ code, buildContext, findings: [{ messageId: 'path' as const, at }] });

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM node:22\nRUN npm install -g @nestjs/cli\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["nest", "start"]\n',
    // Python: what is installed is unknown, or may bring the program.
    { code: `${PYTHON}RUN pip install -r plain.txt\n${GUNICORN}`, name: 'without its files' },
    valid(`${PYTHON}RUN pip install -r mixed.txt\n${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r url.txt\n${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r absent.txt\n${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r leaves.txt\n${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r plain.txt .\n${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r plain.txt fastapi\nCMD ["uvicorn", "a:a"]\n`),
    valid(`${PYTHON}RUN pip install -r requirements.txt\nCMD ["uvicorn", "a:a"]\n`),
    valid(`${PYTHON}RUN pip install -r plain.txt && ./setup.sh\n${GUNICORN}`),
    valid(`${PYTHON}RUN sed -i s/a/b/ plain.txt\nRUN pip install -r plain.txt\n${GUNICORN}`),
    valid(`${PYTHON}RUN apt-get update && apt-get install -y gunicorn && pip install -r plain.txt\n${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r plain.txt gunicorn==23\n${GUNICORN}`),
    valid(`${PYTHON}RUN uv sync --locked\nCMD ["uv", "run", "gunicorn", "app:app"]\n`),
    valid(`FROM team/python:3\nCOPY . .\nRUN pip install -r plain.txt\n${GUNICORN}`),
    valid(`${PYTHON}${GUNICORN}`),
    valid(`${PYTHON}RUN pip install -r plain.txt\nCMD ["python", "app.py"]\n`),
    {
      name: 'Compose starts another command',
      code: `${PYTHON}RUN pip install -r plain.txt\n${GUNICORN}`,
      buildContext,
      settings: { services: [{ mounts: [], starts: ['python app.py'], isPrivileged: false }] },
    },
    {
      name: 'a lock file that is older than its manifest',
      code: `${PYTHON}RUN poetry install\n${GUNICORN}`,
      buildContext: buildContextOf({ 'poetry.lock': 'name = "flask"\n', 'pyproject.toml': 'gunicorn = "*"\n' }),
    },
    // Node.js: development packages
    scripts('npm ci', { start: 'node server.js' }),
    scripts('npm ci --omit=dev', { start: 'node server.js' }),
    scripts('npm ci --omit=dev && npm install nodemon', { start: 'nodemon server.js' }),
    scripts('npm ci --omit=dev && npm ci --include=dev', { start: 'nodemon server.js' }),
    scripts('yarn install --frozen-lockfile', { start: 'nodemon server.js' }, 'ENV NODE_ENV=production\n'),
    scripts('npm ci --omit=dev', { start: 'nodemon server.js' }, 'COPY --from=b /app/node_modules ./node_modules\n'),
    scripts('npm ci --omit=dev', { start: 'nodemon server.js' }, '', { dependencies: { nodemon: '3' } }),
    // Another package may need it, too.
    scripts('npm ci --omit=dev', { start: 'rimraf a && node server.js' }),
    // Node.js: PATH
    valid(`${NODE}RUN npm install -g nodemon\nCMD ["nodemon", "a.js"]\n`),
    valid(`${NODE}RUN yarn global add pm2\nCMD ["pm2-runtime", "a.js"]\n`),
    valid(`${NODE}RUN ln -s /app/node_modules/.bin/next /usr/bin/next\nCMD next start\n`),
    valid(`${NODE}ENV PATH=/app/node_modules/.bin:$PATH\nCMD ["next", "start"]\n`),
    valid(`${NODE}RUN ./install-tools.sh\nCMD ["next", "start"]\n`),
    valid(`${NODE}RUN npm install -g .\nCMD ["serve"]\n`),
    valid(`${NODE}RUN npm link\nCMD ["serve"]\n`),
    valid(`${NODE}COPY --from=tools /usr/local /usr/local\nCMD ["serve"]\n`),
    valid(`${NODE}CMD ["npx", "nodemon", "a.js"]\n`),
    valid(`${NODE}ENTRYPOINT ["/entrypoint.sh"]\nCMD ["serve"]\n`),
    valid('FROM minio/minio\nCMD ["serve"]\n'),
  ],
  invalid: [
    ...[
      scripts('npm ci --omit=dev', { start: 'nodemon server.js' }),
      scripts('yarn install --production', { start: 'npm run serve', serve: 'ts-node server.ts' }),
      scripts('npm install', { start: 'nodemon --exec ts-node server.ts' }, 'ENV NODE_ENV=production\n'),
    ].map((one) => ({ ...one, findings: [{ messageId: 'development' as const, at: '"start"' }] })),
    missing(`${PYTHON}RUN pip install --no-cache-dir -r plain.txt\n${GUNICORN}`),
    missing(
      `${PYTHON}RUN pip install --upgrade pip && pip install -r requirements.txt\nEXPOSE 80\nCMD gunicorn a:a\n`.replace(
        'requirements',
        'plain',
      ),
      'gunicorn',
    ),
    missing(`${PYTHON}RUN pip3 install -rfrozen.txt\nRUN python manage.py collectstatic\n${GUNICORN}`),
    missing(`${PYTHON}RUN pip install poetry && poetry install\nCMD ["poetry", "run", "gunicorn", "a:a"]\n`),
    missing(`${PYTHON}RUN pip install pipenv && pipenv install --system --deploy\nCMD ["python", "-m", "gunicorn"]\n`),
    missing(
      `FROM python:3.14 AS b\nCOPY frozen.txt /\nRUN pip install -r /frozen.txt\nFROM python:3.14\nCOPY --from=b /usr/local /usr/local\n${GUNICORN}`,
    ),
    missing(`${PYTHON}RUN pip install -r plain.txt\nCMD ["waitress-serve", "a:a"]\n`, '"waitress-serve"'),
    path(`${NODE}CMD ["nodemon", "a.js"]\n`, '"nodemon"'),
    path(`${NODE}RUN apt-get update && apt-get install -y git && npm run build\nCMD serve -s build\n`, ['serve', 1]),
    path('FROM node:24 AS a\nFROM a\nCOPY --from=b /out /app\nENTRYPOINT ["pm2-runtime"]\n', '"pm2-runtime"'),
  ],
});
