import { describe, expect, it } from 'vitest';
import { planFor } from '../../helpers/plan';

const NAIVE = 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n';

function written(files: Record<string, string>, dockerfile = NAIVE, unlisted: string[] = []): string | undefined {
  return planFor(dockerfile, files, { unlisted }).files[0]?.after;
}

/** The lines that are no comments. */
function listed(files: Record<string, string>, dockerfile = NAIVE): string[] {
  return (written(files, dockerfile) ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

const NODE = { 'package.json': '{}', 'package-lock.json': '{}', 'a.js': '' };
const PYTHON =
  'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nUSER 1000\nCMD ["python", "a.py"]\n';

describe('dockerignore', () => {
  it('is not written beside a Dockerfile that is built with another context', () => {
    const above = NAIVE.replace('COPY . .', 'COPY package.json ./\nCOPY . .');
    expect(written({ 'nginx.conf': '' }, above)).toBeUndefined();
    expect(written(NODE, above)).toContain('**/node_modules');
    const built = 'FROM nginx\nCOPY dist /usr/share/nginx/html\n';
    expect(written({ 'index.html': '' }, built)).toContain('.git');
  });

  it('leaves the packages that a build uses before it installs any', () => {
    const own = (run: string) => `FROM node:20-slim\nWORKDIR /app\nCOPY . .\n${run}\nUSER node\nCMD ["node", "a.js"]\n`;
    for (const run of ['RUN yarn sequelize db:migrate', 'RUN npm install -g pm2', 'RUN npm run build && npm ci'])
      expect(listed(NODE, own(run))).not.toContain('**/node_modules');
    for (const run of ['RUN npm install -g pm2 && npm i', 'RUN npm config set a b\nRUN yarn', 'RUN pnpm -C a install'])
      expect(listed(NODE, own(run))).toContain('**/node_modules');
    expect(listed({ ...NODE, 'docker/Dockerfile-Test': own('RUN yarn test') })).not.toContain('**/node_modules');
    expect(listed({ ...NODE, 'docker/Dockerfile-Test': own('RUN npm i') })).toContain('**/node_modules');
    expect(listed({ ...NODE, 'b/Dockerfile': own('RUN yarn test'), 'b/package.json': '{}' })).toContain(
      '**/node_modules',
    );
  });

  it('leaves pages that nothing here builds', () => {
    const next = { ...NODE, 'next.config.js': '' };
    const file = (start: string) => NAIVE.replace('["node", "a.js"]', start);
    expect(listed(next, file('["npx", "next", "start"]'))).not.toContain('.next');
    expect(listed(next, file('["npm", "run", "dev"]'))).toContain('.next');
  });

  it('says that only files are copied, whether they are here or not', () => {
    const files = 'FROM nginx\nCOPY nginx.conf certs/a.crt /etc/nginx/\n';
    const { steps } = planFor(files, { 'nginx.conf': '' });
    expect(`${steps.find(({ id }) => id === 'dockerignore')?.reason}`).toContain('are never sent to the builder');
  });

  it('lists what the ecosystem leaves behind, whether it lies there or not', () => {
    expect(written(NODE)).toBe(`# Version control
.git
.gitignore
.github

# Docker
Dockerfile*
.dockerignore
compose*.y*ml
docker-compose*.y*ml

# Editors and systems
.idea
.vscode
**/.DS_Store

# Local settings and logs
.env*
*.log

# Node.js
**/node_modules
coverage
`);
    expect(listed({ 'a.py': '', 'requirements.txt': '' }, PYTHON)).toEqual(
      expect.arrayContaining(['**/__pycache__', '.venv', 'venv']),
    );
    const uv = listed({ 'a.py': '', 'uv.lock': '' }, PYTHON.replace(/pip install[^\n]*/, 'uv sync'));
    expect(uv).toContain('.venv');
    expect(uv).not.toContain('venv');
    const rust = 'FROM rust:1.80\nCOPY . .\nRUN cargo build --release\nCMD ["target/release/a"]\n';
    expect(listed({ 'Cargo.toml': '', 'src/main.rs': '' }, rust)).toContain('target');
    const dotnet = 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY . .\nRUN dotnet publish\n';
    expect(listed({ 'a.csproj': '', 'a.cs': '' }, dotnet)).toEqual(expect.arrayContaining(['**/bin', '**/obj', '.vs']));
  });

  it('lists a virtual environment by the name that the project gave it, unless the image starts it', () => {
    const files = { 'a.py': '', 'requirements.txt': '', 'env/pyvenv.cfg': '' };
    expect(written(files, PYTHON, ['env'])).toContain('\nenv\n');
    const started = { ...files, 'start.sh': 'source env/bin/activate\npython a.py\n' };
    expect(written(started, PYTHON, ['env'])).not.toContain('\nenv\n');
    const made = PYTHON.replace('RUN', 'RUN python -m venv env\nRUN');
    expect(written(started, made, ['env'])).toContain('\nenv\n');
    expect(written({ ...files, 'start.sh': '. venv/bin/activate\n' }, PYTHON)).not.toContain('\nvenv\n');
  });

  it('extends a file once, in its own manner', () => {
    expect(written({ ...NODE, '.dockerignore': 'dist' })).toBe('dist\n.git\n**/node_modules\n');
    expect(written({ ...NODE, '.dockerignore': '# Output\ndist\n\n# Git\n/.git/\n' })).toBe(
      '# Output\ndist\n\n# Git\n/.git/\n\n# Node.js\n**/node_modules\n',
    );
    for (const complete of ['.git\nnode_modules\n', '**/.git\n**/node_modules/\n!**/keep\n', '*\n!src\n'])
      expect(written({ ...NODE, '.dockerignore': complete })).toBeUndefined();
  });

  it('extends the file that belongs to the Dockerfile', () => {
    const { files } = planFor(NAIVE, { ...NODE, 'Dockerfile.dockerignore': 'dist\n.git\n' });
    expect(files[0]?.path).toBe('Dockerfile.dockerignore');
    expect(written({ ...NODE, 'web.Dockerfile.dockerignore': 'dist\n' })).toBeUndefined();
  });

  it('leaves out nothing that a COPY or a mount names, of this Dockerfile or another', () => {
    const jar =
      'FROM eclipse-temurin:21-jre\nCOPY target/*.jar /app.jar\nUSER 1000\nCMD ["java", "-jar", "/app.jar"]\n';
    expect(listed({ 'pom.xml': '', 'target/a.jar': '' }, jar)).not.toContain('target');
    const mounted = NAIVE.replace('RUN npm', 'RUN --mount=type=bind,source=.git,target=.git npm');
    expect(listed(NODE, mounted)).not.toContain('.git');
    expect(listed({ ...NODE, 'b.Dockerfile': 'FROM a\nCOPY coverage /coverage\n' })).not.toContain('coverage');
    expect(listed(NODE, NAIVE.replace('RUN npm', 'COPY .env.production .env\nRUN npm'))).not.toContain('.env*');
  });

  it.each([
    ['nothing that is copied by name', 'COPY api/a.csproj api/\nCOPY . .\n', { 'dev.yaml': '' }, false],
    ['a part of it', 'COPY api/a.csproj api/\nCOPY b.sh /\n', { 'b.sh': '' }, true],
    ['not yet what another build writes', 'COPY target/a.jar /a.jar\nCOPY . .\n', { 'b.sh': '' }, true],
    ['a folder up to a variable', 'COPY release/$ARCH/a /a\n', { 'release/amd64/a': '' }, true],
    ['no folder up to a variable', 'COPY release/$ARCH/a /a\n', { 'b.sh': '' }, false],
  ])('belongs where the build context is, and here lies %s', (_, copies, files, isWritten) => {
    expect(written(files, `FROM debian:12\n${copies}USER 1000\nCMD ["a"]\n`) !== undefined).toBe(isWritten);
  });

  it('does not extend a file for a second name of the virtual environment', () => {
    const files = { 'a.py': '', 'requirements.txt': '', '.dockerignore': '.git\n.env*\n*.log\n.venv\n__pycache__\n' };
    expect(written(files, PYTHON)).toBeUndefined();
    expect(written({ ...files, 'venv/pyvenv.cfg': '' }, PYTHON)).toContain('venv\n');
  });

  it('lists no modules that no step installs', () => {
    const bare = NAIVE.replace('RUN npm ci\n', '');
    expect(listed(NODE, bare)).not.toContain('**/node_modules');
    expect(
      listed({ 'a.py': '', 'requirements.txt': '' }, PYTHON.replace('RUN pip install -r requirements.txt\n', '')),
    ).not.toContain('.venv');
  });

  it.each([
    ['a step', {}, 'RUN git describe --tags > version'],
    ['a script of package.json', { 'package.json': '{"scripts":{"build":"A=$(git rev-parse HEAD) tsc"}}' }, ''],
    ['a Makefile', { Makefile: 'VERSION := $(shell git describe --always)\n' }, ''],
    ['setuptools_scm', { 'pyproject.toml': '[build-system]\nrequires = ["setuptools-scm"]\n' }, ''],
    ['a build script of Rust', { 'build.rs': 'fn main() { vergen::main(); }' }, ''],
    ['GitVersion', { 'a.csproj': '<PackageReference Include="Nerdbank.GitVersioning" />' }, ''],
    ['a gemspec', { 'a.gemspec': 's.files = `git ls-files`.split' }, ''],
    ['the configuration of a bundler', { 'vite.config.js': 'execSync("git rev-parse HEAD")' }, ''],
    ['the program', { 'b.js': 'spawn("git", ["log"])' }, ''],
  ])('keeps the history where %s reads it', (_, files, line) => {
    expect(listed({ ...NODE, ...files }, NAIVE.replace('USER', `${line}\nUSER`))).not.toContain('.git');
  });

  it('leaves the history out where git only fetches, and where Go would stamp it', () => {
    const go =
      'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN git clone https://example.com/a /a && go build -o /b\nCMD ["/b"]\n';
    expect(listed({ 'go.mod': 'module a', 'main.go': '' }, go)).toContain('.git');
    expect(
      listed({ ...NODE, 'package.json': '{"repository":{"type":"git","url":"git+https://github.com/a/b.git"}}' }),
    ).toContain('.git');
  });

  it.each([
    ['require("dotenv").config()', {}],
    ['', { 'package.json': '{"scripts":{"start":"node --env-file=.env a.js"}}' }],
    ['', { 'package.json': '{"dependencies":{"next":"14"}}' }],
    ['', { 'start.sh': '. ./.env\nexec node a.js' }],
    ['', { 'start.sh': 'exec pipenv run python a.py' }],
    ['', { Procfile: '', 'start.sh': 'exec foreman start' }],
    ['', { 'package.json': '{"scripts":{"start":"bun src/a.ts"}}' }],
    ['', { 'package.json': '{"scripts":{"start":"bun run src/a.ts"}}' }],
    ['', { 'package.json': '{"dependencies":{"fastify-cli":"7"}}' }],
    ['', { 'package.json': '{"dependencies":{"@prisma/client":"6"}}' }],
    ['', { 'start.sh': 'deno run --env --allow-net main.ts' }],
    ['', { 'requirements.txt': 'django-environ==0.11\n' }],
    ['', { 'pom.xml': '<groupId>io.quarkus.platform</groupId>' }],
  ])('keeps settings that the program or its build reads, and says so: %s', (source, files) => {
    const plan = planFor(NAIVE, { ...NODE, ...files, 'a.js': source });
    expect(plan.files[0]?.after).not.toContain('.env');
    expect(plan.steps.find(({ id }) => id === 'dockerignore')?.reason).toContain('`.env` is not listed');
  });

  it('takes no variable of the process for a file', () => {
    expect(listed({ ...NODE, 'a.js': 'const port = process.env.PORT || import.meta.env.PORT' })).toContain('.env*');
  });

  it('keeps a folder of sources that is named like an output', () => {
    const gradle = 'FROM gradle:8-jdk21\nCOPY . .\nRUN gradle build\n';
    expect(listed({ 'build.gradle': '', 'build/rules.gradle': '' }, gradle)).not.toContain('build');
    expect(listed({ 'build.gradle': '', 'build/libs/a.jar': '' }, gradle)).toContain('build');
  });
});
