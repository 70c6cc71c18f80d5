import { testGuards } from '../../helpers/guards';

const STEP = 'multi-stage';

const NODE = {
  dockerfile:
    'FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nUSER node\nCMD ["node", "dist/main.js"]\n',
  files: {
    'package.json': '{"scripts":{"build":"tsc"},"dependencies":{"a":"1"},"devDependencies":{"typescript":"5"}}',
    'package-lock.json': '{"lockfileVersion":3}',
    'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
    'src/main.ts': '',
  },
};
testGuards('Node.js', STEP, NODE, [
  {
    guard: 'ONBUILD means that other images are built from this one',
    change: { 'USER node': 'ONBUILD COPY . /app\nUSER node' },
  },
  { guard: 'SHELL sets an unknown shell', change: { 'USER node': 'SHELL ["/usr/bin/fish", "-c"]\nUSER node' } },
  { guard: 'a RUN cannot be parsed', change: { 'USER node': 'RUN if mkdir data\nUSER node' } },
  {
    guard: 'a variable names a command, so its results are unknown',
    change: { 'USER node': 'RUN $TOOL data\nUSER node' },
  },
  {
    guard: 'cannot determine which files `frobnicate` leaves behind',
    change: { 'USER node': 'RUN frobnicate data\nUSER node' },
  },
  {
    guard: '`python3` installs packages of a second language: install them in a separate stage',
    change: { 'USER node': 'RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install flask\nUSER node' },
  },
  {
    guard: 'cannot determine what the files from `curl` are used for',
    change: { 'USER node': 'RUN curl -fsSLO https://example.com/data.tgz\nUSER node' },
  },
  {
    guard: '`service` starts a daemon with unknown requirements',
    change: { '["node", "dist/main.js"]': 'service postgresql start && node dist/main.js' },
  },
  {
    guard: 'Compose calls `npm` when the container starts: install the packages in a RUN',
    options: { services: [{ starts: ['sh -c "npm install && node dist/main.js"'] }] },
  },
  {
    guard: 'the build context has too many files to scan: list unneeded files in .dockerignore',
    options: { unlisted: ['assets'] },
  },
  {
    guard: 'node_modules in the build context would be copied into the image: list it in .dockerignore',
    files: { '.dockerignore': '!node_modules\n' },
    options: { unlisted: ['node_modules'] },
  },
  {
    guard: 'no package.json is copied into /app, where packages are installed',
    change: { 'COPY package.json package-lock.json ./\n': '' },
    files: { 'package.json': undefined },
  },
  {
    guard: "Yarn's Plug'n'Play keeps packages outside node_modules: set `nodeLinker: node-modules` in .yarnrc.yml",
    change: {
      'RUN npm ci': 'RUN yarn install --immutable',
      'COPY package.json package-lock.json ./': 'COPY package.json yarn.lock .yarnrc.yml ./',
    },
    files: { 'yarn.lock': '__metadata:\n  version: 8\n', '.yarnrc.yml': 'nodeLinker: pnp\n' },
  },
  { guard: 'no smaller image of the same distribution is known', change: { 'node:20': 'fedora:40' } },
  {
    guard: 'oracledb loads unknown libraries from the full image',
    files: { 'package.json': NODE.files['package.json'].replace('"a":"1"', '"oracledb":"6"') },
  },
]);

testGuards(
  'Node.js of a release whose packages are still served',
  STEP,
  {
    ...NODE,
    dockerfile: NODE.dockerfile.replace('USER node', 'HEALTHCHECK CMD curl -f http://localhost:3000\nUSER node'),
  },
  [
    {
      guard:
        'ca-certificates, curl must be installed, but stretch is no longer on the package servers: use a newer image',
      change: { 'node:20': 'node:12-stretch' },
    },
  ],
);

const PYTHON = {
  dockerfile:
    'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
  files: { 'requirements.txt': 'flask==3.0.0\n', 'app.py': 'import flask\n' },
};
testGuards('Python', STEP, PYTHON, [
  {
    guard: 'USER is set before the dependencies are installed',
    change: { 'RUN pip': 'USER 1000\nENV PYTHONUSERBASE=/srv\nRUN pip' },
  },
  {
    guard: 'the Dockerfile names the directory of `pip install --user`: install into a virtual environment',
    change: { 'RUN pip install': 'RUN pip install --user', CMD: 'RUN ls ~/.local\nCMD' },
  },
  {
    guard: 'programs are compiled in `/`, next to system files: set a WORKDIR',
    change: { 'WORKDIR /app\n': '', CMD: 'RUN cython a.pyx\nCMD' },
    files: { 'a.pyx': '' },
  },
  {
    guard: 'a virtual environment is created but is not on the PATH: add its bin directory with ENV PATH',
    change: { 'RUN pip': 'RUN python -m venv /opt/env && /opt/env/bin/pip' },
  },
  { guard: 'Python 2 has no venv: switch to Python 3 first', change: { 'python:3.12': 'python:2.7' } },
  {
    guard: '`hatch` keeps its packages outside site-packages',
    change: { CMD: 'RUN hatch env create\nCMD' },
  },
  {
    guard: '`ensurepip` installs a second pip',
    change: { 'RUN pip': 'RUN python -m ensurepip\nRUN pip' },
  },
  {
    guard: "the Dockerfile uses the path of Python's package directory",
    change: { CMD: 'ENV DATA=/usr/local/lib/python3.12/site-packages/data\nCMD' },
  },
  {
    guard: '/usr/local/bin/python is an absolute path: use only the name, which works wherever it is installed',
    change: { '["python", "app.py"]': '["/usr/local/bin/python", "app.py"]' },
  },
  {
    guard: 'a variable sets the install location of packages',
    change: { 'RUN pip': 'ENV PIP_TARGET=/packages\nRUN pip' },
  },
  { guard: 'cron starts programs without the PATH of the image', change: { '["python", "app.py"]': '["cron", "-f"]' } },
  {
    guard: 'PATH is replaced instead of extended: keep $PATH in it',
    change: { 'RUN pip': 'ENV PATH=/usr/bin:/usr/local/bin\nRUN pip' },
  },
  { guard: '`timeout` calls pip: call pip directly', change: { 'RUN pip': 'RUN timeout 600 pip' } },
  {
    guard: 'conda keeps Python and its libraries together; they run only on the image they were installed in',
    change: { 'python:3.12': 'continuumio/miniconda3:24.1.2-0', 'RUN pip': 'RUN conda install flask && pip' },
  },
  { guard: 'no smaller image of the same distribution is known', change: { 'python:3.12': 'fedora:40' } },
]);

testGuards(
  'Python on Alpine',
  STEP,
  {
    ...PYTHON,
    dockerfile: PYTHON.dockerfile
      .replace('python:3.12', 'python:3.12-alpine')
      .replace('COPY req', 'RUN apk add --no-cache gcc musl-dev\nCOPY req'),
  },
  [
    {
      guard: "the package directory of Alpine's own Python is unknown: use a python:*-alpine image",
      change: { 'python:3.12-alpine': 'alpine:3.20', 'gcc musl-dev': 'gcc musl-dev python3 py3-pip' },
    },
  ],
);

testGuards(
  'Python of Debian',
  STEP,
  {
    ...PYTHON,
    dockerfile: PYTHON.dockerfile.replace(
      'FROM python:3.12\n',
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y python3-pip gcc\n',
    ),
  },
  [{ guard: 'Python 2 has no venv: switch to Python 3 first', change: { 'python3-pip': 'python-pip' } }],
);

testGuards(
  'Python with an extension of its own',
  STEP,
  {
    dockerfile: 'FROM python:3.12-bookworm\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["python", "app.py"]\n',
    files: {
      'setup.py': 'setup(name="a", ext_modules=[Extension("a", ["a.c"], libraries=["xml2"])])\n',
      'a.c': '',
      'app.py': '',
    },
  },
  [
    {
      guard: 'cannot determine which Alpine libraries the extensions need',
      change: { 'python:3.12-bookworm': 'python:3.12-alpine' },
    },
  ],
);

const POETRY = {
  dockerfile:
    'FROM python:3.12\nENV POETRY_VIRTUALENVS_IN_PROJECT=1\nWORKDIR /app\nRUN pip install poetry\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install\nCOPY . .\nENV PATH="/app/.venv/bin:$PATH"\nCMD ["python", "app.py"]\n',
  files: { 'pyproject.toml': '[tool.poetry]\nname = "a"\n', 'poetry.lock': '', 'app.py': '' },
};
testGuards('Poetry', STEP, POETRY, [
  {
    guard: 'pip installs packages in addition to poetry: declare all of them in one place',
    change: { 'COPY . .': 'RUN pip install flask\nCOPY . .' },
  },
  {
    guard: 'the Dockerfile sets the environment directory of poetry',
    change: { 'WORKDIR /app': 'ENV POETRY_VIRTUALENVS_PATH=/envs\nWORKDIR /app' },
  },
  {
    guard: 'Compose mounts a directory over the packages in /app/.venv',
    change: { '["python", "app.py"]': '["/app/.venv/bin/python", "app.py"]' },
    options: { services: [{ mounts: [{ kind: 'bind', target: '/app' }] }] },
  },
]);

const UV = {
  dockerfile:
    'FROM python:3.12\nWORKDIR /app\nRUN pip install uv\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY . .\nCMD ["uv", "run", "app.py"]\n',
  files: { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.12"\n', 'uv.lock': '', 'app.py': '' },
};
testGuards('uv', STEP, UV, [
  { guard: 'cannot determine what `uv` starts', change: { '"run", "app.py"': '"run", "--with", "rich", "app.py"' } },
]);

const PIPENV = {
  dockerfile:
    'FROM python:3.12\nENV PIPENV_VENV_IN_PROJECT=1\nWORKDIR /app\nRUN pip install pipenv\nCOPY Pipfile Pipfile.lock ./\nRUN pipenv install --deploy\nCOPY . .\nCMD ["pipenv", "run", "python", "app.py"]\n',
  files: { Pipfile: '[packages]\nflask = "*"\n', 'Pipfile.lock': '{}', 'app.py': '' },
};
testGuards('Pipenv', STEP, PIPENV, [
  {
    guard: '`pipenv run` reads `.env`: set these variables when you start the container',
    files: { '.env': 'A=1\n' },
  },
  {
    guard: '`pipenv run start` runs a script of the project: start its command directly',
    change: { '"run", "python", "app.py"': '"run", "start"' },
    files: { Pipfile: '[packages]\nflask = "*"\n\n[scripts]\nstart = "python app.py"\n' },
  },
]);

const PHP = {
  dockerfile:
    'FROM php:8.3-fpm\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN apt-get update && apt-get install -y git unzip\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev\n',
  files: { 'composer.json': '{"require":{"a/b":"1"}}', 'composer.lock': '{}', 'public/index.php': '<?php\n' },
};
testGuards('PHP', STEP, PHP, [
  { guard: 'composer.json is not in the build context', files: { 'composer.json': undefined } },
  {
    guard: 'cannot determine what `composer run-script` does',
    change: { 'composer install --no-dev': 'composer install --no-dev && composer run-script warm' },
  },
  {
    guard: 'the extension directory is known only for the official php images',
    change: { 'php:8.3-fpm': 'debian:bookworm', 'RUN composer': 'RUN docker-php-ext-install intl && composer' },
  },
]);

const RUBY = {
  dockerfile:
    'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\nCMD ["bundle", "exec", "puma"]\n',
  files: {
    Gemfile: "source 'https://rubygems.org'\ngem 'puma'\n",
    'Gemfile.lock': 'GEM\n  specs:\n    puma (6.4.0)\n',
    'config.ru': '',
  },
};
testGuards('Ruby', STEP, RUBY, [
  { guard: 'the gem directory is known only for the official ruby images', change: { 'ruby:3.3': 'debian:bookworm' } },
]);
