import rule from '../../../server/src/rules/cache/copy-manifests-first';
import { buildContextOf as contextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

/** Without its own lock, Flex changes files of the project. */
const FLEX = '{"require":{"symfony/flex":"^2"}}';

const naive = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n';
const ordered = 'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n';

const project = `[build-system]
requires = ["setuptools"]

[project]
name = "notes"
dependencies = [
  "flask[async]>=3",  # it's "the" server
  # "django",
  "tomli; python_version < '3.11'",
]

[project.optional-dependencies]
web = ["gunicorn"]
db = [
  "psycopg",
]
all = ["notes[web,db]"]
`;

/** Project files that say not for certain what is installed. */
const uncertain = [
  '[project]\nname = "notes"\n',
  '[project]\nname = "notes"\ndependencies = []\n',
  '[project]\nname = "notes"\ndynamic = ["dependencies"]\n',
  '[project]\nname = "notes"\ndependencies = ["flask", "words @ file:./words"]\n',
  '[project]\nname = "notes"\ndependencies = ["flask", "words @ {root:uri}/words"]\n',
  '[tool.poetry.dependencies]\nflask = "^3"\n',
];

testRule(rule, {
  onbuild: false,
  valid: [
    {
      name: 'a folder without the manifests of the install',
      code: 'FROM node:20\nWORKDIR /app\nCOPY src ./src\nRUN npm ci\n',
      buildContext: contextOf({ 'package.json': '{}', 'src/a.js': '' }),
    },
    {
      name: 'a folder whose manifests are copied before',
      code: 'FROM node:20\nWORKDIR /app\nCOPY pages/package.json .\nCOPY pages .\nRUN npm ci\n',
      buildContext: contextOf({ 'pages/package.json': '{}', 'pages/package-lock.json': '{}' }),
    },
    // These read the imports of the sources.
    ...['go mod tidy', 'go mod vendor'].map((command) => ({
      code: `FROM golang:1.22\nWORKDIR /src\nCOPY cmd cmd\nCOPY go.mod go.mod\nRUN ${command}\nRUN go mod download\n`,
      buildContext: contextOf({ 'go.mod': 'module a\n', 'cmd/main.go': '' }),
    })),
    'FROM golang:1.22\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n',
    // An unseen directory: more sources follow, it has another place, or it may hold manifests only.
    'FROM node:20\nWORKDIR /app\nCOPY pages .\nRUN npm ci\nCOPY src ./src\n',
    'FROM node:20\nWORKDIR /app\nCOPY pages ./pages\nRUN npm ci\n',
    'FROM node:20\nWORKDIR /app\nCOPY deps .\nRUN npm ci\n',
    'FROM node:20\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\n',
    'FROM php:8.3\nCOPY composer.* ./\nRUN composer install\nCOPY . .\n',
    'FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n',
    'FROM python:3.11\nCOPY requirements.txt .\nCOPY . .\nRUN pip install -r requirements.txt\n',
    'FROM python:3.11\nCOPY . .\nRUN pip install flask\n',
    'FROM python:3.11\nCOPY . .\nRUN pip install .\n',
    // Other files than sources; and a directory that would become the name of a file.
    ...['app.py data.db requirements.txt ./', 'app.py requirements.txt /srv/app'].map((words) => ({
      code: `FROM python:3.12\nWORKDIR /srv/app\nCOPY ${words}\nRUN pip install -r requirements.txt\n`,
      buildContext: contextOf({ 'requirements.txt': 'flask\n', 'app.py': '', 'data.db': '' }),
    })),
    ...uncertain.map((text) => ({
      code: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .\n',
      buildContext: contextOf({ 'pyproject.toml': text }),
    })),
    ...[
      'pip install --no-deps .',
      "pip install '.[all]'",
      "pip install '.[none]'",
      'pip install ./other',
      'pip install . ./words',
      './prepare && pip install .',
      'pip install . || true',
      'pip install -c pins.txt .',
      'pip install --target /x .',
    ].map((command) => ({
      code: `FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`,
      buildContext: contextOf({ 'pyproject.toml': project, 'notes.py': '' }),
    })),
    ...[
      // what is copied later over them, what runs between, and what the install reads
      'COPY package.json ./\nCOPY src ./src\nCOPY a.txt ./src/a.txt\nRUN npm install\n',
      'COPY package.json ./\nCOPY src ./src\nRUN ./src/prepare\nRUN npm install\n',
      'COPY package.json ./\nCOPY src ./src\nWORKDIR /srv\nRUN npm install\n',
      'COPY package.json ./\nCOPY patches ./patches\nRUN npm install\n',
      'COPY src ./\nRUN npm install\n',
    ].map((lines) => ({
      code: `FROM node:20\nWORKDIR /app\n${lines}`,
      buildContext: contextOf({ 'package.json': '{}', 'src/a.ts': '', 'a.ts': '', 'patches/a.patch': '' }),
    })),
    {
      name: 'Python that cannot read TOML',
      code: 'FROM python:3.10\nWORKDIR /app\nCOPY . .\nRUN pip install .\n',
      buildContext: contextOf({ 'pyproject.toml': project, 'notes.py': '' }),
    },
    {
      name: 'dependencies that are there by another list',
      code: 'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\nRUN pip install .\n',
      buildContext: contextOf({ 'pyproject.toml': project, 'notes.py': '', 'requirements.txt': 'flask\n' }),
    },
    'FROM python:3.11\nCOPY . .\nSHELL ["/bin/bash", "-c"]\nRUN pip install -r <(poetry export)\n',
    'FROM python:3.11\nCOPY . .\nRUN poetry export | pip install -r /dev/stdin\n',
    'FROM node:20\nCOPY package.json yarn.lock ./\nRUN yarn\nCOPY . .\n',
    'FROM node:20\nCOPY . .\nRUN npm install -g serve\n',
    'FROM node:20\nCOPY src src\nRUN npm ci\n',
    'FROM node:20\nCOPY --from=build . .\nRUN npm ci\n',
    'FROM node:20\nCOPY --parents . .\nRUN npm ci\n',
    {
      name: 'manifests in a mount of an earlier RUN',
      code: 'FROM python:3.12\nWORKDIR /app\nRUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --frozen --no-install-project\nCOPY . .\nRUN uv sync --frozen\n',
    },
    'FROM node:20\nRUN --mount=type=bind,target=. npm ci\nCOPY . .\n',
    'FROM uv\nRUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync --no-install-project\nCOPY . .\nRUN uv sync\n',
  ],
  invalid: [
    {
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci \\\n    --no-audit\nCMD ["node", "a.js"]\n',
      findings: [
        { messageId: 'sourcesFirst', at: 'npm ci \\\n    --no-audit', data: { command: 'npm ci --no-audit' } },
      ],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci \\\n    --no-audit\nCOPY . .\nCMD ["node", "a.js"]\n',
    },
    {
      name: 'an unseen directory that fills the working directory',
      code: 'FROM node:20\nCOPY pages /app\nWORKDIR /app\nRUN npm ci\n',
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
    },
    {
      name: 'a COPY of the folder with the project',
      code: 'FROM node:20\nWORKDIR /app\n# Pages\nCOPY ./pages/ .\nRUN npm ci\nRUN npm run build\n',
      buildContext: contextOf({ 'pages/package.json': '{}', 'pages/package-lock.json': '{}', 'api/app.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY pages/package*.json ./\nRUN npm ci\n# Pages\nCOPY ./pages/ .\nRUN npm run build\n',
      onbuild: false,
    },
    {
      name: 'the same into another folder',
      code: 'FROM python:3.12\nCOPY api /srv/api\nRUN pip install -r /srv/api/requirements/base.txt\n',
      buildContext: contextOf({ 'api/requirements/base.txt': 'flask\n', 'api/app.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r /srv/api/requirements/base.txt' }],
      output:
        'FROM python:3.12\nCOPY api/requirements/base.txt /srv/api/requirements/\nRUN pip install -r /srv/api/requirements/base.txt\nCOPY api /srv/api\n',
      onbuild: false,
    },
    {
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build -o /app\n',
      buildContext: contextOf({ 'go.mod': 'module a\n', 'go.sum': '', 'main.go': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'go mod download' }],
      output:
        'FROM golang:1.22\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /app\n',
    },
    {
      name: 'a module that is replaced by a folder',
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go mod download\n',
      buildContext: contextOf({ 'go.mod': 'module a\nreplace b => ../b\n', 'go.sum': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'go mod download' }],
    },
    {
      code: 'FROM ruby:3.3\nWORKDIR /app\nCOPY . .\nRUN bundle install\n',
      buildContext: contextOf({ Gemfile: "gem 'rails'\n", 'Gemfile.lock': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'bundle install' }],
      output: 'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\n',
    },
    {
      code: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nRUN dotnet restore\n',
      escape: false,
      findings: [{ messageId: 'sourcesFirst', at: 'dotnet restore' }],
    },
    {
      code: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nRUN ["dotnet", "restore"]\n',
      escape: false,
      findings: [{ messageId: 'sourcesFirst', at: 'dotnet", "restore', data: { command: 'dotnet restore' } }],
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "a.py"]\n',
    },
    { code: naive, findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }], output: ordered },
    {
      code: naive,
      buildContext: contextOf({ 'package.json': '{"dependencies":{"a":"1"}}', 'package-lock.json': '{}', 'a.js': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: ordered,
    },
    {
      name: 'a RUN that gives what it installs to a user: a layer of its own would store it twice',
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && chown -R node:node .\n',
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
      buildContext: contextOf({ 'package.json': '{}', 'package-lock.json': '{}', 'a.js': '' }),
    },
    {
      // an install script reads the sources
      code: naive,
      buildContext: contextOf({ 'package.json': '{"scripts":{"postinstall":"node a.js"}}', 'package-lock.json': '{}' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      code: naive,
      buildContext: contextOf({
        'package.json': '{"workspaces":["apps/*","words"]}',
        'package-lock.json': '{}',
        'apps/api/package.json': '{}',
        'apps/api/lib/package.json': '{}',
        'words/package.json': '{}',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: ordered.replace(
        'COPY package*.json ./\n',
        'COPY package*.json ./\nCOPY apps/api/package.json apps/api/\nCOPY words/package.json words/\n',
      ),
    },
    {
      // a script of a package reads its sources
      code: naive,
      buildContext: contextOf({
        'package.json': '{"workspaces":["words"]}',
        'package-lock.json': '{}',
        'words/package.json': '{"scripts":{"prepare":"tsc"}}',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      code: naive,
      buildContext: contextOf({ 'package.json': '{"workspaces":["a"]}', 'package-lock.json': '{}' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . /app\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({ 'requirements.txt': '-e .\nflask==3\n', 'setup.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY --chown=1000 . /app\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({ 'requirements.txt': 'flask==3\n', 'app.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\nCOPY --chown=1000 requirements.txt .\nRUN pip install -r requirements.txt\nCOPY --chown=1000 . /app\n',
    },
    {
      // what stands between needs no sources and stays before them
      code: 'FROM python:3.11\nWORKDIR /app\n\n# the app\nCOPY . .\n\nRUN apt-get update && apt-get install -y libpq5\n# dependencies\nRUN pip install -r requirements.txt\nRUN python -m pytest\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\n\nRUN apt-get update && apt-get install -y libpq5\nCOPY requirements.txt .\n# dependencies\nRUN pip install -r requirements.txt\n\n# the app\nCOPY . .\nRUN python -m pytest\n',
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN ./setup.sh\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN apt-get install -y ./tool.deb\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
    {
      // cut behind the install; what the shell is told is told to both
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN export CI=1 && \\\n  npm ci && \\\n  npm run build\n',
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN export CI=1 && \\\n  npm ci\nCOPY . .\nRUN export CI=1 && npm run build\n',
    },
    {
      // the script in front may look at the sources
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN ./prepare && npm ci && npm run build\n',
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      // an absolute destination is the same behind a WORKDIR
      code: 'FROM python:3.11\nCOPY . /srv\nWORKDIR /srv\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /srv\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . /srv\n',
    },
    {
      // a relative one is not
      code: 'FROM python:3.11\nCOPY . .\nWORKDIR /srv\nRUN pip install -r /requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r /requirements.txt' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nADD . /srv\nRUN pip install -r /srv/requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r /srv/requirements.txt' }],
      output: 'FROM python:3.11\nCOPY requirements.txt /srv/\nRUN pip install -r /srv/requirements.txt\nADD . /srv\n',
    },
    {
      // files that the requirements name come along, each to its folder
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({
        'requirements.txt': '-r requirements/base.txt\n-c pins.txt\n',
        'requirements/base.txt': '--requirement more.txt\nflask\n',
        'requirements/more.txt': 'click\n',
        'pins.txt': 'flask==3\n',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt pins.txt ./\nCOPY requirements/base.txt requirements/more.txt requirements/\nRUN pip install -r requirements.txt\nCOPY . .\n',
    },
    ...['-r base.txt\n', './libs/x\n', 'x @ file:libs/x\n', '-e .\n', 'x @ ./libs/x\n', '--find-links wheels\n'].map(
      (text) => ({
        name: `requirements that say ${text.trim()}`,
        code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
        buildContext: contextOf({ 'requirements.txt': text, 'app.py': '' }),
        findings: [{ messageId: 'sourcesFirst' as const, at: 'pip install -r requirements.txt' }],
        output: null,
      }),
    ),
    ...[
      'pip install .',
      "pip install -e '.[dev]'",
      'pip install ./libs/x',
      "pip install 'x @ file:///app/libs/x'",
      'pip install libs/x',
    ].map((command) => ({
      name: `${command} needs the sources, so the RUN is cut before it`,
      code: `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && ${command}\n`,
      findings: [{ messageId: 'sourcesFirst' as const, at: 'pip install -r requirements.txt' }],
      output: `FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN ${command}\n`,
    })),
    ...['pip install .', 'poetry export -o requirements.txt', 'echo flask > requirements.txt'].map((command) => ({
      name: `${command} in front needs the sources, or writes among them`,
      code: `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN ${command} && pip install -r requirements.txt\n`,
      findings: [{ messageId: 'sourcesFirst' as const, at: 'pip install -r requirements.txt' }],
      output: null,
    })),
    {
      // what is copied over the sources goes with them
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\n# the generated one\nCOPY api.yaml ./static/api.yaml\nRUN go mod download && go build -o /app\n',
      buildContext: contextOf({ 'go.mod': 'module a\n', 'go.sum': '', 'main.go': '', 'api.yaml': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'go mod download' }],
      output:
        'FROM golang:1.22\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n# the generated one\nCOPY api.yaml ./static/api.yaml\nRUN go build -o /app\n',
    },
    {
      // settings of the package manager, patches and the schema of Prisma are read as well
      code: naive,
      buildContext: contextOf({
        'package.json':
          '{"scripts":{"postinstall":"patch-package","prepare":"husky || true"},"dependencies":{"@prisma/client":"5"}}',
        'package-lock.json': '{}',
        '.npmrc': '',
        'patches/a.patch': '',
        'prisma/schema.prisma': '',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: ordered.replace(
        'COPY package*.json ./\n',
        'COPY package*.json .npmrc ./\nCOPY patches/ patches/\nCOPY prisma/ prisma/\n',
      ),
    },
    {
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile\n',
      buildContext: contextOf({ 'package.json': '{}', 'pnpm-lock.yaml': '', 'a.js': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pnpm install --frozen-lockfile' }],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install --frozen-lockfile\nCOPY . .\n',
    },
    {
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN pnpm install\n',
      buildContext: contextOf({
        'package.json': '{}',
        'pnpm-lock.yaml': '',
        'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n\nonlyBuiltDependencies:\n  - bcrypt\n",
        'apps/api/package.json': '{}',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'pnpm install' }],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./\nCOPY apps/api/package.json apps/api/\nRUN pnpm install\nCOPY . .\n',
    },
    ...['packages: [a]\n', "overrides:\n  words: 'link:../words'\n"].map((text) => ({
      name: `a workspace that says ${text.trim()}`,
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN pnpm install\n',
      buildContext: contextOf({ 'package.json': '{}', 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': text, 'a.js': '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: 'pnpm install' }],
      output: null,
    })),
    {
      // no manifest but a lock file of another package manager
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile\n',
      buildContext: contextOf({ 'package.json': '{}', 'package-lock.json': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pnpm install --frozen-lockfile' }],
      output: null,
    },
    {
      // a package of the project, which the requirements name, comes along
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({
        'requirements.txt': 'flask\n-e ./libs/words\n./shapes[draw]  # drawn\n',
        'libs/words/pyproject.toml': '[project]\nname = "words"\n',
        'shapes/setup.py': 'setup(name="shapes")\n',
        'app.py': '',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nCOPY libs/words/ libs/words/\nCOPY shapes/ shapes/\nRUN pip install -r requirements.txt\nCOPY . .\n',
    },
    ...['-e ./libs\n', '-e ../libs\n', '-e ./words\n', '-e ./stamp\n', '-e./shapes\n'].map((text) => ({
      name: `requirements that say ${text.trim()}, which is no package of its own`,
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({
        'requirements.txt': text,
        'words/setup.py': "open('../README.md')\n",
        'stamp/pyproject.toml': 'requires = ["setuptools-scm"]\n',
        'shapes/setup.py': '',
      }),
      findings: [{ messageId: 'sourcesFirst' as const, at: 'pip install -r requirements.txt' }],
      output: null,
    })),
    ...[
      'pip install --extra-index-url https://example.com/simple -r requirements.txt',
      'pip install -r requirements.txt gunicorn "uvicorn[standard]"',
      'uv pip install --system -r requirements.txt',
      'uv pip sync requirements.txt',
      'pip-sync',
    ].map((command) => ({
      name: command,
      code: `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`,
      buildContext: contextOf({ 'requirements.txt': 'flask==3\n', 'app.py': '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: command }],
      output: `FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN ${command}\nCOPY . .\n`,
    })),
    ...[
      ['gem install bundler', true],
      ['gem install ./lib.gem', false],
      ['gem install bundler -v "$(tail -n1 Gemfile.lock)"', false],
    ].map(([tool, isByName]) => ({
      name: `${tool} above the install`,
      code: `FROM ruby:3.3\nWORKDIR /app\nCOPY . .\nRUN ${tool}\nRUN bundle install\n`,
      buildContext: contextOf({ Gemfile: '', 'Gemfile.lock': '', 'app.rb': '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: 'bundle install' }],
      output: isByName
        ? `FROM ruby:3.3\nWORKDIR /app\nRUN ${tool}\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\n`
        : null,
    })),
    ...['pip install -r requirements.txt ./lib', 'pip install -r requirements.txt lib.whl'].map((command) => ({
      name: command,
      code: `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`,
      buildContext: contextOf({ 'requirements.txt': 'flask==3\n', 'app.py': '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: command }],
      output: null,
    })),
    ...(
      [
        [
          'uv sync --frozen --extra web',
          { 'pyproject.toml': '[project]\n', 'uv.lock': '', '.python-version': '3.11\n' },
        ],
        ['poetry install --only main --no-root', { 'pyproject.toml': '[tool.poetry]\n', 'poetry.lock': '' }],
        ['poetry install', { 'pyproject.toml': '[tool.poetry]\npackage-mode = false\n', 'poetry.lock': '' }],
        ['pipenv sync --system', { Pipfile: '', 'Pipfile.lock': '' }],
        ['pdm sync --prod --no-self', { 'pyproject.toml': '[project]\n', 'pdm.lock': '' }],
        [
          'deno install',
          { 'deno.json': '{"exports":{".":"./a.ts"},"imports":{"a":"npm:a","@/":"./"}}', 'deno.lock': '' },
        ],
        ['composer install --no-dev --no-scripts --no-autoloader', { 'composer.json': '{}', 'composer.lock': '{}' }],
      ] as const
    ).map(([command, files]) => ({
      name: command,
      code: `FROM tools\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`,
      buildContext: contextOf({ ...files, main: '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: command }],
      output: `FROM tools\nWORKDIR /app\nCOPY ${Object.keys(files).join(' ')} ./\nRUN ${command}\nCOPY . .\n`,
    })),
    ...(
      [
        ['composer install', { 'composer.json': '{"repositories":[{"type": "path","url":"x"}]}', 'composer.lock': '' }],
        ['composer install', { 'composer.json': '{"require":{"cweagans/composer-patches":"1"}}', 'composer.lock': '' }],
        ['composer install', { 'composer.json': FLEX, 'composer.lock': '' }],
        ['uv sync', { 'pyproject.toml': '[tool.uv.sources]\nx = { path = "x" }\n', 'uv.lock': '' }],
        ['deno install', { 'deno.json': '{"imports":{"a":"./a.ts"}}', 'deno.lock': '' }],
        ['deno install', { 'deno.json': '{}', 'deno.lock': '', 'package.json': '{}' }],
        ['deno install', { 'deno.json': '{"workspace":["a"]}', 'deno.lock': '' }],
      ] as const
    ).map(([command, files]) => ({
      name: `${command} reads the sources`,
      code: `FROM tools\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`,
      buildContext: contextOf({ ...files, main: '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: command }],
      output: null,
    })),
    ...(
      [
        ['poetry install --only main', '--no-root', { 'pyproject.toml': '[tool.poetry]\n', 'poetry.lock': '' }],
        [
          'uv sync --frozen',
          '--no-install-project',
          { 'pyproject.toml': '[project]\n[build-system]\n', 'uv.lock': '', '.python-version': '3.11\n' },
        ],
        ['pdm sync --prod', '--no-self', { 'pyproject.toml': '[project]\n', 'pdm.lock': '' }],
        ['composer install --no-dev', '--no-scripts --no-autoloader', { 'composer.json': '{}', 'composer.lock': '{}' }],
        [
          'composer install',
          '--no-scripts --no-autoloader',
          { 'composer.json': FLEX, 'composer.lock': '{}', 'symfony.lock': '{}' },
        ],
      ] as const
    ).map(([command, options, files]) => ({
      name: `${command} installs the project behind its dependencies`,
      code: `FROM tools\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`,
      buildContext: contextOf({ ...files, main: '' }),
      findings: [{ messageId: 'sourcesFirst' as const, at: command }],
      output: `FROM tools\nWORKDIR /app\nCOPY ${Object.keys(files).join(' ')} ./\nRUN ${command} ${options}\nCOPY . .\nRUN ${command}\n`,
    })),
    {
      code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir .\nCMD ["notes"]\n',
      buildContext: contextOf({ 'pyproject.toml': project, 'notes.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install --no-cache-dir .' }],
      output: `FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml .\nRUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\\n')" > /tmp/requirements.txt \\\n    && pip install --no-cache-dir -r /tmp/requirements.txt\nCOPY . .\nRUN pip install --no-cache-dir .\nCMD ["notes"]\n`,
      escape: false,
    },
    {
      // extras, what is done before and behind, and a project in a folder
      code: "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN export PIP_NO_CACHE_DIR=1 && pip3 install -U pip && pip3 install -e './api[web, db]' gunicorn && python -m api.setup\n",
      buildContext: contextOf({ 'api/pyproject.toml': project, 'api/api.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: "pip3 install -e './api[web, db]' gunicorn" }],
      output: `FROM python:3.12-slim\nWORKDIR /app\nCOPY api/pyproject.toml api/\nRUN export PIP_NO_CACHE_DIR=1 && pip3 install -U pip && python3 -c "import tomllib; p = tomllib.load(open('/app/api/pyproject.toml', 'rb'))['project']; print(*p['dependencies'], *p['optional-dependencies']['web'], *p['optional-dependencies']['db'], sep='\\n')" > /tmp/requirements.txt \\\n    && pip3 install -r /tmp/requirements.txt gunicorn\nCOPY . .\nRUN export PIP_NO_CACHE_DIR=1 && pip3 install -e './api[web, db]' gunicorn && python -m api.setup\n`,
      escape: false,
    },
    {
      code: "FROM python:3.9\nWORKDIR /app\nCOPY . .\nRUN uv pip install --system '.[web]'\n",
      buildContext: contextOf({ 'pyproject.toml': project, 'notes.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: "uv pip install --system '.[web]'" }],
      output:
        "FROM python:3.9\nWORKDIR /app\nCOPY pyproject.toml .\nRUN uv pip install --system -r pyproject.toml --extra web\nCOPY . .\nRUN uv pip install --system '.[web]'\n",
    },
    {
      // the list that setuptools reads
      code: 'FROM python:3.9\nWORKDIR /app\nCOPY . .\nRUN pip install .\n',
      buildContext: contextOf({
        'pyproject.toml':
          '[project]\nname = "notes"\ndynamic = ["version", "dependencies"]\n\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.in"] }\n',
        'requirements.in': 'flask\n',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install .' }],
      output:
        'FROM python:3.9\nWORKDIR /app\nCOPY requirements.in .\nRUN pip install -r requirements.in\nCOPY . .\nRUN pip install .\n',
    },
    {
      // folders that the install does not read, and what it reads stays
      code: 'FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY prisma ./prisma\n# the app\nCOPY src ./src\nCOPY public ./public\nCOPY tsconfig.json ./\nRUN npm ci && npm run build\n',
      buildContext: contextOf({
        'package.json': '{"dependencies":{"@prisma/client":"5"}}',
        'package-lock.json': '{}',
        'prisma/schema.prisma': '',
        'src/a.ts': '',
        'public/a.css': '',
        'tsconfig.json': '',
      }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY prisma ./prisma\nRUN npm ci\n# the app\nCOPY src ./src\nCOPY public ./public\nCOPY tsconfig.json ./\nRUN npm run build\n',
    },
    {
      // single source files
      code: 'FROM oven/bun:1\nWORKDIR /app\nCOPY index.ts .\nCOPY package.json bun.lock ./\nRUN bun install\n',
      buildContext: contextOf({ 'package.json': '{"dependencies":{"a":"1"}}', 'bun.lock': '{}', 'index.ts': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'bun install' }],
      output: 'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install\nCOPY index.ts .\n',
    },
    {
      name: 'Bun reads the lock file of npm',
      code: 'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nRUN bun install\n',
      buildContext: contextOf({ 'package.json': '{"dependencies":{"a":"1"}}', 'package-lock.json': '{}', 'a.ts': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'bun install' }],
      output: 'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN bun install\nCOPY . .\n',
    },
    {
      // sources in the same COPY as the manifest
      code: 'FROM python:3.12\nWORKDIR /app\nCOPY --chown=1000 app.py requirements.txt util.py ./\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
      buildContext: contextOf({ 'requirements.txt': 'flask\n', 'app.py': '', 'util.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.12\nWORKDIR /app\nCOPY --chown=1000 requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY --chown=1000 app.py util.py ./\nCMD ["python", "app.py"]\n',
    },
    {
      code: 'FROM python:3.12\nWORKDIR /app\nCOPY pyproject.toml README.md ./\nCOPY notes ./notes\nRUN pip install .\n',
      escape: false,
      buildContext: contextOf({ 'pyproject.toml': project, 'README.md': '', 'notes/a.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install .' }],
      output: `FROM python:3.12\nWORKDIR /app\nCOPY pyproject.toml README.md ./\nRUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\\n')" > /tmp/requirements.txt \\\n    && pip install -r /tmp/requirements.txt\nCOPY notes ./notes\nRUN pip install .\n`,
    },
  ],
});
