import { describe, expect, it } from 'vitest';
import { findPrograms } from '../../server/src/create/createDockerfile';
import { createEngine } from '../../server/src/engine/createEngine';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { fillPlaceholders } from '../../server/src/l10n/placeholders';
import { allRules } from '../../server/src/rules';
import { buildContextOf } from '../helpers/buildContext';

const engine = createEngine({ rules: allRules, knowledge: createKnowledgeBase() });

type Files = Readonly<Record<string, string>>;

/** The instructions of the only program, without those that every file has. */
function startOf(files: Files): string[] {
  const { programs, lacks } = findPrograms(engine, buildContextOf(files));
  expect(lacks).toEqual([]);
  expect(programs).toHaveLength(1);
  return (
    programs[0]?.lines
      .map(({ text }) => text.trim())
      .filter((text) => !/^(?:WORKDIR|COPY \.|ENV PYTHONUNB)/.test(text)) ?? []
  );
}

function lacksOf(files: Files): string[] {
  const { programs, lacks } = findPrograms(engine, buildContextOf(files));
  expect(programs).toEqual([]);
  return lacks.map(({ why }) => fillPlaceholders(why.english, why.data as Record<string, string>));
}

function namesOf(files: Files): string[] {
  return findPrograms(engine, buildContextOf(files)).programs.map(({ name }) => name);
}

describe('Python', () => {
  const FASTAPI = 'from fastapi import FastAPI\n\napp = FastAPI(title="x")\n';
  it('serves a FastAPI app with Uvicorn, on the Python that pyproject.toml allows', () => {
    const files = {
      'pyproject.toml':
        '[project]\nname = "shop"\nrequires-python = ">=3.10,<3.13"\ndependencies = ["fastapi", "uvicorn"]\n',
      'uv.lock': '',
      'app/main.py': FASTAPI,
    };
    expect(startOf(files)).toEqual([
      'FROM python:3.12',
      'RUN pip install uv',
      'RUN uv sync --locked --no-dev',
      'EXPOSE 8000',
      'CMD ["uv", "run", "--no-sync", "uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"]',
    ]);
  });
  it('finds the app of a src layout', () => {
    expect(startOf({ 'requirements.txt': 'fastapi\nuvicorn\n', 'src/main.py': FASTAPI }).at(-1)).toBe(
      'CMD ["uvicorn", "--app-dir", "src", "main:app", "--host", "0.0.0.0", "--port", "8000"]',
    );
  });
  it('starts Flask with Gunicorn if the project has it', () => {
    const flask = 'from flask import Flask\nserver = Flask(__name__)\n';
    expect(startOf({ 'requirements.txt': 'flask\ngunicorn\n', 'web.py': flask }).slice(-2)).toEqual([
      'EXPOSE 8000',
      'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "web:server"]',
    ]);
    expect(startOf({ 'requirements.txt': 'flask\n', 'web.py': flask }).at(-1)).toBe(
      'CMD ["flask", "--app", "web:server", "run", "--host", "0.0.0.0"]',
    );
  });
  it('calls the factory of a Flask app', () => {
    const factory = 'from flask import Flask\n\ndef create_app():\n    app = Flask(__name__)\n    return app\n';
    expect(startOf({ 'requirements.txt': 'Flask==3.0\ngunicorn\n', 'shop/__init__.py': factory }).at(-1)).toBe(
      'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop:create_app()"]',
    );
  });
  const DJANGO = { 'manage.py': '', 'shop/wsgi.py': '', 'requirements.txt': 'django\ngunicorn\n' };
  it('collects the static files of Django where the settings need nothing from outside', () => {
    const settings = 'SECRET_KEY = "x"\nSTATIC_ROOT = "static"\n';
    expect(startOf({ ...DJANGO, 'shop/settings.py': settings }).slice(-3)).toEqual([
      'RUN python manage.py collectstatic --noinput',
      'EXPOSE 8000',
      'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]',
    ]);
    const needy = 'SECRET_KEY = os.environ["SECRET_KEY"]\nSTATIC_ROOT = "static"\n';
    expect(startOf({ ...DJANGO, 'shop/settings.py': needy }).join('\n')).not.toContain('collectstatic');
  });
  it('takes the web line of a Procfile that needs no shell', () => {
    const files = { 'requirements.txt': 'bottle\n', 'serve.py': '', 'other.py': '' };
    expect(startOf({ ...files, Procfile: 'web: python serve.py --all\nworker: x\n' }).at(-1)).toBe(
      'CMD ["python", "serve.py", "--all"]',
    );
    expect(lacksOf({ ...files, Procfile: 'web: python serve.py $PORT\n' })).toHaveLength(1);
  });
  it('starts Streamlit, or the only program at the top', () => {
    expect(startOf({ 'requirements.txt': 'streamlit\n', 'dash.py': 'import streamlit as st\n' }).at(-1)).toBe(
      'CMD ["streamlit", "run", "dash.py", "--server.address=0.0.0.0", "--server.headless=true"]',
    );
    expect(startOf({ 'tool.py': 'if __name__ == "__main__":\n    pass\n', 'parts.py': '' }).at(-1)).toBe(
      'CMD ["python", "tool.py"]',
    );
  });
  it('starts the script of the project, or its package', () => {
    const pyproject = '[project]\nname = "bot"\n\n[project.scripts]\nbot = "bot.main:run"\n';
    expect(startOf({ 'pyproject.toml': pyproject, 'uv.lock': '', 'src/bot/main.py': '' }).at(-1)).toBe(
      'CMD ["uv", "run", "--no-sync", "bot"]',
    );
    expect(startOf({ 'requirements.txt': '', 'bot/__main__.py': '' }).at(-1)).toBe('CMD ["python", "-m", "bot"]');
  });
  it('takes an older Python where the packages are pinned and nothing names a version', () => {
    const main = { 'main.py': '' };
    expect(startOf({ ...main, 'requirements.txt': 'flask[async]==2.0.1\n' })[0]).toBe('FROM python:3.11');
    expect(startOf({ ...main, 'requirements.txt': 'flask==2.0.1\n', '.python-version': '3.12.1\n' })[0]).toBe(
      'FROM python:3.12',
    );
    expect(startOf({ ...main, 'requirements.txt': 'flask>=2\n' })[0]).not.toBe('FROM python:3.11');
  });
  it('does not write an image that lacks what the program imports', () => {
    expect(lacksOf({ 'main.py': 'import os\nimport parts\nimport requests\n', 'parts.py': '' })).toEqual([
      'main.py imports requests, which no requirements.txt or pyproject.toml lists',
    ]);
    expect(startOf({ 'main.py': 'import os\nimport parts\n', 'parts.py': '' }).at(-1)).toBe(
      'CMD ["python", "main.py"]',
    );
  });
  it('reads the install from the lock file that is there', () => {
    const main = { 'main.py': '' };
    expect(
      startOf({
        ...main,
        'pyproject.toml': '[tool.poetry]\n[tool.poetry.dependencies]\npython = "^3.11"\n',
        'poetry.lock': '',
      })[2],
    ).toContain('poetry install --only main');
    expect(
      startOf({ ...main, Pipfile: '[requires]\npython_version = "3.11"\n', 'Pipfile.lock': '{}' }).slice(0, 3),
    ).toEqual(['FROM python:3.11', 'RUN pip install pipenv', 'RUN pipenv install --system --deploy']);
    expect(startOf({ ...main, 'pyproject.toml': '[project]\nname = "x"\n' })[1]).toBe('RUN pip install .');
  });
  it('takes no newer Python than locked packages were resolved for, nor a bare `3`', () => {
    const from = (files: Files) => startOf({ 'main.py': '', ...files })[0];
    const poetry = (python: string) => `[tool.poetry.dependencies]\npython = "${python}"\n`;
    expect(from({ 'poetry.lock': '', 'pyproject.toml': poetry('^3.8') })).toBe('FROM python:3.11');
    expect(from({ 'poetry.lock': '', 'pyproject.toml': poetry('^3.12') })).toBe('FROM python:3.12');
    expect(from({ 'poetry.lock': '', 'pyproject.toml': poetry('>=3.12,<3.14') })).toBe('FROM python:3.13');
    expect(from({ 'requirements.txt': 'Django>=3.2,<4\n' })).toBe('FROM python:3.11');
    expect(from({ Pipfile: 'python_version = "3.6"\n' })).toBe('FROM python:3.6');
  });
  it('installs by Poetry without a lock file too', () => {
    const pyproject = '[tool.poetry]\nname = "x"\n\n[tool.poetry.dependencies]\npython = ">=3.9.8,<3.11"\n';
    const [from, ...others] = startOf({ 'main.py': '', 'pyproject.toml': pyproject });
    expect(from).toBe('FROM python:3.10');
    expect(others[0]).toBe('RUN pip install poetry');
  });
  it('starts no manage.py, no hidden file, and the wsgi.py of a deeper folder', () => {
    const files = { 'requirements.txt': 'django\ngunicorn\n', 'manage.py': "if __name__ == '__main__':\n  main()\n" };
    expect(lacksOf(files)).toHaveLength(1);
    expect(startOf({ ...files, 'core/shop/wsgi.py': '' }).at(-1)).toContain('"core.shop.wsgi"');
    const flask = 'from flask import Flask\napp = Flask(__name__)\n';
    expect(startOf({ 'requirements.txt': 'flask\n', '.old.py': flask, 'api/web.py': flask }).at(-1)).toContain(
      'api.web:app',
    );
  });
  it('makes the server of a Procfile reachable', () => {
    const cmd = (web: string) =>
      startOf({ 'requirements.txt': 'gunicorn\n', 'shop.py': '', Procfile: `web: ${web}\n` }).slice(-2);
    expect(cmd('gunicorn shop:app')).toEqual(['EXPOSE 8000', 'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop:app"]']);
    expect(cmd('uvicorn shop:app').at(-1)).toBe('CMD ["uvicorn", "--host", "0.0.0.0", "shop:app"]');
    expect(cmd('gunicorn -b :9000 shop:app').at(-1)).toBe('CMD ["gunicorn", "-b", ":9000", "shop:app"]');
  });
  it('says what is missing', () => {
    expect(lacksOf({ 'requirements.txt': 'requests\n', 'a.py': '', 'b.py': '' })).toEqual([
      'no FastAPI, Flask, Django or Streamlit app and no main.py says what starts',
    ]);
    expect(lacksOf({ 'pyproject.toml': '[project]\nrequires-python = ">=4.0"\n', 'main.py': '' })).toEqual([
      'no known Python image satisfies pyproject.toml',
    ]);
  });
});

describe('Node.js', () => {
  const manifest = (json: object) => ({ 'package.json': JSON.stringify(json) });
  const SERVER = { scripts: { build: 'tsc', start: 'node dist/x.js' }, dependencies: { express: '5' } };
  it('builds and starts by the scripts of package.json', () => {
    const files = {
      ...manifest({ ...SERVER, engines: { node: '>=18 <23' } }),
      'package-lock.json': '{}',
      'src/x.ts': 'app.listen(process.env.PORT || 4000)',
    };
    expect(startOf(files)).toEqual([
      'FROM node:22',
      'RUN npm ci',
      'RUN npm run build',
      'ENV NODE_ENV=production',
      'EXPOSE 4000',
      'CMD ["npm", "start"]',
    ]);
  });
  it('exposes no port that it is not sure of', () => {
    const files = { ...manifest(SERVER), 'a.js': 'a.listen(4000)', 'b.js': 'b.listen(5000)' };
    expect(startOf(files).join('\n')).not.toContain('EXPOSE');
  });
  it.each([
    ['pnpm-lock.yaml', { packageManager: 'pnpm@9.1.0' }, ['RUN corepack enable', 'RUN pnpm install --frozen-lockfile']],
    ['pnpm-lock.yaml', {}, ['RUN npm install -g pnpm', 'RUN pnpm install --frozen-lockfile']],
    ['yarn.lock', {}, ['RUN yarn install --frozen-lockfile']],
    ['yarn.lock', { packageManager: 'yarn@4.5.0' }, ['RUN corepack enable', 'RUN yarn install --immutable']],
    ['bun.lock', {}, ['RUN bun install --frozen-lockfile']],
    ['README.md', {}, ['RUN npm install']],
  ])('installs from %s with %j', (file, more, expected) => {
    const files = { ...manifest({ main: 'server.js', ...more }), [file]: '', 'server.js': '' };
    const lines = startOf(files);
    expect(lines.filter((text) => text.startsWith('RUN'))).toEqual(expected);
    expect(lines[0]).toMatch(file === 'bun.lock' ? /^FROM oven\/bun:1$/ : /^FROM node:\d+$/);
  });
  it.each([
    ["'9.0'", '@9'],
    ["'6.0'", '@8'],
    ['5.4', '@7'],
    ['7.1', ''],
  ])('installs the pnpm that wrote lockfileVersion %s', (version, release) => {
    const files = { ...manifest({ main: 'x.js' }), 'x.js': '', 'pnpm-lock.yaml': `lockfileVersion: ${version}\n` };
    expect(startOf(files)).toContain(`RUN npm install -g pnpm${release}`);
  });
  it('prefers the script for production', () => {
    const scripts = { start: 'nest start', 'start:prod': 'node dist/main' };
    expect(startOf(manifest({ scripts })).at(-1)).toBe('CMD ["npm", "run", "start:prod"]');
  });
  it('does not start a server for development', () => {
    expect(startOf({ ...manifest({ scripts: { start: 'nodemon app.js' } }), 'app.js': '' }).at(-1)).toBe(
      'CMD ["node", "app.js"]',
    );
    expect(lacksOf(manifest({ scripts: { start: 'next dev' }, dependencies: { next: '15' } }))).toEqual([
      'the `start` script is for development: add a `start:prod` script that runs the built program',
    ]);
    expect(lacksOf(manifest({ scripts: { dev: 'next dev' }, dependencies: { next: '15' } }))).toEqual([
      'package.json has neither a `start` script nor a `main` that can be started',
    ]);
  });
  it('serves the pages that a front end builds with nginx', () => {
    const files = {
      ...manifest({ scripts: { dev: 'vite', build: 'vite build' }, devDependencies: { vite: '6' } }),
      'vite.config.js': 'export default {}',
      'index.html': '',
    };
    const lines = startOf(files);
    expect(lines[0]).toMatch(/^FROM node:\d+ AS build$/);
    expect(lines).toContain('FROM nginxinc/nginx-unprivileged:stable');
    expect(lines).toContain('COPY --from=build /app/dist /usr/share/nginx/html');
    expect(lines.some((text) => text.startsWith('CMD'))).toBe(false);
  });
  it('runs TypeScript with Bun', () => {
    const files = { ...manifest({ scripts: { start: 'bun --watch index.ts' } }), 'bun.lockb': '', 'index.ts': '' };
    expect(startOf(files).at(-1)).toBe('CMD ["bun", "index.ts"]');
  });
  it('does not run the sources of a front end, and builds them on a Node.js that its tools know', () => {
    const json = (dependencies: object, more: object = {}) =>
      JSON.stringify({ scripts: { start: 'craco start', build: 'react-scripts build' }, dependencies, ...more });
    const files = (text: string) => ({ 'package.json': text, 'package-lock.json': '', 'src/index.js': '' });
    const lines = startOf(files(json({ 'react-scripts': '^4.0.3' })));
    expect(lines[0]).toBe('FROM node:16 AS build');
    expect(lines.at(-1)).toBe('EXPOSE 8080');
    const sass = { 'react-scripts': '^4.0.3', 'node-sass': '^4.14.1' };
    expect(startOf(files(json(sass)))[0]).toBe('FROM node:14 AS build');
    expect(startOf(files(json(sass, { engines: { node: '18.x' } })))[0]).toBe('FROM node:18 AS build');
  });
  it('says that a start script is for development', () => {
    expect(lacksOf({ 'package.json': '{"scripts":{"start":"vercel dev"}}' })[0]).toContain('is for development');
    expect(lacksOf({ 'package.json': '{"scripts":{"start":"pnpm --recursive dev"}}' })[0]).toContain(
      'is for development',
    );
  });
  it('exposes the port that the start script names', () => {
    const of = (start: string) =>
      startOf({ 'package.json': JSON.stringify({ scripts: { start }, dependencies: { next: '15' } }) });
    expect(of('next start -p 3108')).toContain('EXPOSE 3108');
    expect(of('next start')).toContain('EXPOSE 3000');
  });
  it('needs the root of a workspace', () => {
    const json = { scripts: { start: 'node a.js' }, dependencies: { '@shop/ui': 'workspace:*' } };
    expect(lacksOf({ 'package.json': JSON.stringify(json) })[0]).toContain('@shop/ui comes from a workspace');
    expect(startOf({ 'package.json': JSON.stringify({ ...json, workspaces: ['ui'] }) })).toContain(
      'CMD ["npm", "start"]',
    );
  });
  it('knows the names of releases', () => {
    expect(startOf({ 'package.json': '{"scripts":{"start":"node a.js"}}', '.nvmrc': 'lts/iron\n' })[0]).toBe(
      'FROM node:20',
    );
  });
  it('does not choose between two lock files', () => {
    const files = { 'package-lock.json': '', 'yarn.lock': '', 'server.js': '' };
    expect(lacksOf({ ...files, 'package.json': '{}' })).toEqual([
      'yarn.lock and package-lock.json contradict each other: delete the one that is not in use',
    ]);
    expect(startOf({ ...files, 'package.json': '{"packageManager":"yarn@4.5.0"}' })).toContain(
      'RUN yarn install --immutable',
    );
  });
  it('has Bun where the start script calls it', () => {
    const json = '{"scripts":{"start":"bun run src/index.ts"}}';
    expect(startOf({ 'package.json': json }).filter((text) => !text.startsWith('ENV'))).toEqual([
      'FROM oven/bun:1',
      'RUN bun install',
      'CMD ["bun", "run", "start"]',
    ]);
  });
  it('writes the client of Prisma 7', () => {
    const lines = (version: string, build: string) =>
      startOf({
        'package.json': JSON.stringify({
          scripts: { build, start: 'node a.js' },
          devDependencies: { prisma: version },
        }),
        'prisma/schema.prisma': '',
      });
    expect(lines('^7.8.0', 'tsc')).toContain('RUN npx prisma generate');
    expect(lines('^7.8.0', 'prisma generate && tsc')).not.toContain('RUN npx prisma generate');
    expect(lines('^6.1.0', 'tsc')).not.toContain('RUN npx prisma generate');
  });
  it('says that a manifest cannot be read', () => {
    expect(lacksOf({ 'package.json': '{' })).toEqual(['package.json cannot be read']);
  });
});

describe('Go', () => {
  const MAIN = 'package main\n\nfunc main() {\n\thttp.ListenAndServe(":8081", nil)\n}\n';
  it('builds the program of the module', () => {
    const lines = startOf({ 'go.mod': 'module example.com/shop/v2\n\ngo 1.24.1\n', 'main.go': MAIN });
    expect(lines[0]).toMatch(/^FROM golang:1\.\d+$/);
    expect(lines.slice(1)).toEqual([
      'RUN go build -trimpath -ldflags="-s -w" -o /usr/local/bin/app .',
      'EXPOSE 8081',
      'CMD ["app"]',
    ]);
  });
  it('writes the go.sum that a module with dependencies lacks', () => {
    const module = 'module x\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n';
    const tidy = (files: Record<string, string>) => startOf({ 'main.go': MAIN, ...files }).includes('RUN go mod tidy');
    expect(tidy({ 'go.mod': module })).toBe(true);
    expect(tidy({ 'go.mod': module, 'go.sum': '' })).toBe(true);
    expect(tidy({ 'go.mod': module, 'go.sum': 'github.com/google/uuid v1.6.0 h1:x=\n' })).toBe(false);
    expect(tidy({ 'go.mod': module, 'vendor/modules.txt': '' })).toBe(false);
    expect(tidy({ 'go.mod': 'module x\n\ngo 1.24\n' })).toBe(false);
  });
  it('names each program where there are several', () => {
    const files = { 'go.mod': 'module x\n\ngo 1.24\n', 'cmd/api/main.go': MAIN, 'cmd/job/main.go': MAIN };
    expect(namesOf(files)).toEqual(['go:cmd/api', 'go:cmd/job']);
  });
  it('needs a module, and folders that a command takes as one word', () => {
    const main = 'package main\n\nfunc main() {\n}\n';
    expect(lacksOf({ 'go.mod': 'garbage', 'main.go': main })).toEqual(['go.mod cannot be read']);
    expect(startOf({ 'go.mod': 'module x\n', 'main.go': main })[0]).toMatch(/^FROM golang:1\./);
    expect(lacksOf({ 'go.mod': 'module x\n\ngo 1.22\n', 'cmd/my app/main.go': main })).toEqual([
      'rename `cmd/my app`: a command takes its name as several words',
    ]);
  });
  it('needs a package main and a known Go', () => {
    expect(lacksOf({ 'go.mod': 'module x\n\ngo 1.24\n', 'x.go': 'package x\n' })).toEqual([
      'no folder has a `package main`',
    ]);
    expect(lacksOf({ 'go.mod': 'module x\n\ngo 2.0\n', 'main.go': MAIN })).toEqual([
      'no known Go image satisfies go.mod',
    ]);
  });
});

describe('Rust', () => {
  const CARGO = '[package]\nname = "tool"\nversion = "0.1.0"\n';
  it('builds the binary target, locked where there is a lock file', () => {
    expect(startOf({ 'Cargo.toml': CARGO, 'Cargo.lock': '', 'src/main.rs': '' })).toEqual([
      'FROM rust:1',
      'RUN cargo build --release --locked --bin tool',
      'CMD ["/app/target/release/tool"]',
    ]);
    const named = `${CARGO}\n[[bin]]\nname = "one"\npath = "src/one.rs"\n\n[[bin]]\nname = "two"\npath = "src/two.rs"\n`;
    expect(namesOf({ 'Cargo.toml': named, 'src/one.rs': '', 'src/two.rs': '' })).toEqual(['rust:one', 'rust:two']);
  });
  it('brings protoc where a build script calls it, and leaves pages of Leptos alone', () => {
    const manifest = '[package]\nname = "shop"\n';
    const files = { 'src/main.rs': 'fn main() {}\n' };
    expect(startOf({ ...files, 'Cargo.toml': `${manifest}[build-dependencies]\ntonic-build = "0.10"\n` })).toContain(
      'RUN apt-get update && apt-get install -y libprotobuf-dev protobuf-compiler',
    );
    expect(lacksOf({ ...files, 'Cargo.toml': `${manifest}[package.metadata.leptos]\n` })[0]).toContain('Leptos');
  });
  it('finds programs below src/bin, and each member of a workspace once', () => {
    const shop = '[package]\nname = "shop"\n';
    expect(
      namesOf({ 'Cargo.toml': shop, 'src/bin/web.rs': '', 'src/bin/worker/main.rs': '', 'src/bin/a/b.rs': '' }),
    ).toEqual(['rust:web', 'rust:worker']);
    expect(startOf({ 'Cargo.toml': shop, 'src/lib.rs': '', 'src/bin/web.rs': '' })).toContain(
      'RUN cargo build --release --bin web',
    );
    expect(lacksOf({ 'Cargo.toml': `${shop}autobins = false\n`, 'src/bin/web.rs': '' })).toHaveLength(1);
    const workspace = `${shop}[workspace]\nmembers = [".", "api"]\n`;
    const files = { 'Cargo.toml': workspace, 'src/main.rs': '', 'api/Cargo.toml': '[package]\nname = "api"\n' };
    expect(namesOf({ ...files, 'api/src/main.rs': '' })).toEqual(['rust:shop', 'rust:api']);
  });
  it('has nothing to start in a library', () => {
    expect(lacksOf({ 'Cargo.toml': CARGO, 'src/lib.rs': '' })).toEqual(['Cargo.toml has no binary target']);
  });
});

describe('Java', () => {
  const POM = `<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
<artifactId>shop</artifactId><version>1.0</version><properties><java.version>21</java.version></properties>
<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`;
  it('builds a Spring Boot jar with Maven, by its wrapper where there is one', () => {
    expect(startOf({ 'pom.xml': POM })).toEqual([
      'FROM maven:3.9-eclipse-temurin-21',
      'RUN mvn -B package -DskipTests',
      'EXPOSE 8080',
      'CMD ["java", "-jar", "target/shop-1.0.jar"]',
    ]);
    const wrapper = { mvnw: '', '.mvn/wrapper/maven-wrapper.properties': '' };
    expect(startOf({ 'pom.xml': POM, ...wrapper }).slice(0, 2)).toEqual([
      'FROM eclipse-temurin:21-jdk',
      'RUN chmod +x mvnw && ./mvnw -B package -DskipTests',
    ]);
  });
  it('builds it with Gradle', () => {
    const files = {
      'build.gradle':
        "plugins { id 'org.springframework.boot' version '3.3.0' }\nversion = '2.0'\njava { toolchain { languageVersion = JavaLanguageVersion.of(17) } }\n",
      'settings.gradle': "rootProject.name = 'shop'\n",
    };
    expect(startOf(files)).toEqual([
      'FROM gradle:8-jdk17',
      'RUN gradle bootJar --no-daemon',
      'EXPOSE 8080',
      'CMD ["java", "-jar", "build/libs/shop-2.0.jar"]',
    ]);
  });
  it('builds the programs among the modules of Maven, each with the modules that it needs', () => {
    const root = POM.replace(
      /<build>.*<\/build>/,
      '<modules><module>core</module><module>web</module><module>site</module></modules>',
    );
    const module = (name: string, more: string) =>
      `<project><parent><artifactId>shop</artifactId><version>1.0</version></parent><artifactId>${name}</artifactId>${more}</project>`;
    const plugin =
      '<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>';
    const files = { 'pom.xml': root, 'core/pom.xml': module('core', ''), 'web/pom.xml': module('web', plugin) };
    expect(startOf(files)).toEqual([
      'FROM maven:3.9-eclipse-temurin-21',
      'RUN mvn -B package -DskipTests -pl web -am',
      'EXPOSE 8080',
      'CMD ["java", "-jar", "web/target/web-1.0.jar"]',
    ]);
    expect(namesOf({ ...files, 'site/pom.xml': module('site', '<packaging>war</packaging>') })).toEqual([
      'java:web',
      'java:site',
    ]);
    expect(lacksOf({ 'pom.xml': root, 'core/pom.xml': module('core', '') })).toEqual([
      'pom.xml creates no jar that starts on its own',
    ]);
  });
  it.each([
    ["plugins { id 'io.quarkus' }\n", 'quarkusBuild', 'CMD ["java", "-jar", "build/quarkus-app/quarkus-run.jar"]'],
    ['plugins {\n  id("io.ktor.plugin") version "3.0.0"\n}\n', 'installDist', 'CMD ["build/install/shop/bin/shop"]'],
    ['plugins {\n    application\n}\napplicationName = "till"\n', 'installDist', 'CMD ["build/install/till/bin/till"]'],
  ])('starts what the plugin of Gradle makes: %s', (build, task, cmd) => {
    const lines = startOf({ 'build.gradle.kts': build, 'settings.gradle': "rootProject.name = 'shop'\n" });
    expect(lines).toContain(`RUN gradle ${task} --no-daemon`);
    expect(lines.at(-1)).toBe(cmd);
  });
  it('says what a Gradle build lacks', () => {
    expect(lacksOf({ 'build.gradle': "plugins { id 'java' }\n" })).toEqual([
      'the Gradle build has no plugin that makes a program: `application`, Spring Boot or Quarkus',
    ]);
    expect(lacksOf({ 'build.gradle': "plugins { id 'application' }\n" })).toEqual([
      'the Gradle settings lack `rootProject.name`, which names the start script',
    ]);
  });
  it('takes no newer Java than the Gradle of the project runs on', () => {
    const files = (version: string, more = '') => ({
      'build.gradle': `plugins { id 'application' }\n${more}`,
      'settings.gradle': "rootProject.name = 'shop'\n",
      gradlew: '',
      'gradle/wrapper/gradle-wrapper.jar': '',
      'gradle/wrapper/gradle-wrapper.properties': `distributionUrl=https\\://services.gradle.org/distributions/gradle-${version}-bin.zip\n`,
    });
    expect(startOf(files('6.8'))[0]).toBe('FROM eclipse-temurin:11-jdk');
    expect(startOf(files('8.10'))[0]).toBe('FROM eclipse-temurin:17-jdk');
    expect(startOf(files('8.10', 'sourceCompatibility = 21\n'))[0]).toBe('FROM eclipse-temurin:21-jdk');
  });
  it('needs a jar that can be started', () => {
    expect(lacksOf({ 'pom.xml': '<project></project>' })).toEqual(['pom.xml creates no jar that starts on its own']);
  });
  it('starts a jar that has all that it needs', () => {
    const pom = `<project><artifactId>tool</artifactId><version>1.0</version><build><plugins><plugin>
<artifactId>maven-shade-plugin</artifactId><configuration><mainClass>a.Main</mainClass></configuration></plugin></plugins></build></project>`;
    expect(startOf({ 'pom.xml': pom }).at(-1)).toBe('CMD ["java", "-jar", "target/tool-1.0.jar"]');
    expect(
      lacksOf({
        'pom.xml': pom.replace('<mainClass>', '<shadedArtifactAttached>true</shadedArtifactAttached><mainClass>'),
      }),
    ).toHaveLength(1);
  });
  it('puts a war into the Tomcat for its Servlet API', () => {
    const pom = (api: string) =>
      `<project><artifactId>shop</artifactId><version>1.0</version><packaging>war</packaging><dependencies><dependency><groupId>${api}</groupId></dependency></dependencies><properties><maven.compiler.release>17</maven.compiler.release></properties></project>`;
    expect(startOf({ 'pom.xml': pom('jakarta.servlet') })).toEqual([
      'FROM maven:3.9-eclipse-temurin-17 AS build',
      'RUN mvn -B package -DskipTests',
      'FROM tomcat:10.1-jre17',
      'COPY --from=build /app/target/shop-1.0.war /usr/local/tomcat/webapps/ROOT.war',
      'EXPOSE 8080',
    ]);
    expect(startOf({ 'pom.xml': pom('javax.servlet') })).toContain('FROM tomcat:9.0-jre17');
  });
});

describe('.NET', () => {
  const project = (sdk: string, more = '') =>
    `<Project Sdk="${sdk}"><PropertyGroup><TargetFramework>net8.0</TargetFramework>${more}</PropertyGroup></Project>`;
  it('publishes the program, not its tests', () => {
    const files = {
      'src/Web/Web.csproj': project('Microsoft.NET.Sdk.Web'),
      'test/Web.Tests/Web.Tests.csproj': project(
        'Microsoft.NET.Sdk',
        '<OutputType>Exe</OutputType><IsTestProject>true</IsTestProject>',
      ),
    };
    expect(startOf(files)).toEqual([
      'FROM mcr.microsoft.com/dotnet/sdk:8.0',
      'RUN dotnet publish src/Web/Web.csproj -c Release -o /app',
      'EXPOSE 8080',
      'CMD ["dotnet", "Web.dll"]',
    ]);
  });
  it('needs a path that a command takes as one word', () => {
    const text = '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net8.0</TargetFramework></Project>';
    expect(lacksOf({ 'My Shop/Shop.csproj': text })[0]).toContain('rename `My Shop/Shop.csproj`');
  });
  it('says which project it cannot read', () => {
    const files = {
      'Web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>$(Framework)</TargetFramework></Project>',
    };
    expect(lacksOf(files)).toEqual(['Web.csproj does not name its target framework or assembly plainly']);
  });
});

describe('CMake', () => {
  it('builds each executable with the libraries that it looks for', () => {
    const text = 'project(sum C)\nfind_package(ZLIB REQUIRED)\nfind_package(Threads)\nadd_executable(sum main.c)\n';
    expect(startOf({ 'CMakeLists.txt': text })).toEqual([
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y build-essential cmake zlib1g-dev',
      'RUN cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build',
      'CMD ["./build/sum"]',
    ]);
    expect(namesOf({ 'CMakeLists.txt': 'add_executable(a a.c)\nadd_executable(b b.c)\n' })).toEqual([
      'cmake:a',
      'cmake:b',
    ]);
  });
  it('says which library it does not know', () => {
    expect(lacksOf({ 'CMakeLists.txt': 'find_package(Qt6)\nadd_executable(a a.c)\n' })).toEqual([
      'the Debian package for `find_package(Qt6)` is unknown',
    ]);
    expect(lacksOf({ 'CMakeLists.txt': 'add_library(a a.c)\n' })).toHaveLength(1);
  });
});

describe('Make', () => {
  const MAKEFILE =
    'CC = gcc\nCFLAGS = -O2\n\nall: sum\n\nsum: main.o\n\t$(CC) $(CFLAGS) -o $@ $^ -lm -lz\n\nmain.o: main.c\n\t$(CC) -c -o $@ $<\n';
  it('builds the program that the Makefile links, with the libraries that it names', () => {
    expect(startOf({ Makefile: MAKEFILE, 'main.c': '' })).toEqual([
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y build-essential zlib1g-dev',
      'RUN make',
      'CMD ["./sum"]',
    ]);
  });
  it('says what it does not know', () => {
    expect(lacksOf({ Makefile: MAKEFILE.replace('-lz', '-lqux'), 'main.c': '' })).toEqual([
      'the Debian package of the library qux is unknown',
    ]);
    expect(lacksOf({ Makefile: 'all: a b\na: a.c\n\tgcc -o a a.c\nb: b.c\n\tgcc -o b b.c\n', 'a.c': '' })).toEqual([
      'the Makefile builds several programs',
    ]);
  });
  it.each([
    ['a Makefile of another build tool', { Makefile: MAKEFILE, 'main.c': '', 'go.mod': 'module a\n' }],
    ['a library', { Makefile: 'liba.so: a.c\n\tgcc -shared -o liba.so a.c\n', 'a.c': '' }],
    ['a Makefile that compiles nothing', { Makefile: 'up:\n\tdocker compose up\n', 'main.c': '' }],
  ])('leaves %s alone', (_, files) => {
    expect(namesOf(files).filter((name) => name.startsWith('make'))).toEqual([]);
  });
});

describe('Autotools', () => {
  const FILES = {
    'configure.ac':
      'AC_INIT([a], [1])\ndnl AC_CHECK_LIB([qux], [x])\nLT_INIT\nAC_SEARCH_LIBS([sqrt], [m])\nAC_CHECK_LIB([z], [deflate])\n',
    'Makefile.am': 'SUBDIRS = src\n',
    'src/Makefile.am': 'bin_PROGRAMS = words\n',
  };
  it('installs each program with its data', () => {
    expect(startOf(FILES)).toEqual([
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y build-essential autoconf automake libtool zlib1g-dev',
      'RUN autoreconf --install && ./configure && make && make install',
      'CMD ["words"]',
    ]);
    expect(namesOf({ ...FILES, 'src/Makefile.am': 'bin_PROGRAMS = a b\n' })).toEqual(['autotools:a', 'autotools:b']);
  });
  it('says what it does not know', () => {
    expect(lacksOf({ ...FILES, 'configure.ac': 'PKG_CHECK_MODULES([A], [gtk4])\n' })).toEqual([
      'the Debian package of the library PKG_CHECK_MODULES is unknown',
    ]);
    expect(lacksOf({ ...FILES, 'src/Makefile.am': 'lib_LTLIBRARIES = a.la\n' })).toEqual([
      'no Makefile.am names a program with `bin_PROGRAMS`',
    ]);
  });
});

describe('Meson', () => {
  it('builds each executable with the libraries that it names', () => {
    const files = {
      'meson.build':
        "project('a', 'c')\nz = dependency('zlib')\nsubdir('src')\ntest('t', executable('test_a', 't.c'))\n",
      'src/meson.build': "executable('sum', 'main.c', dependencies: z)\n",
    };
    expect(startOf(files)).toEqual([
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y build-essential meson ninja-build pkg-config zlib1g-dev',
      'RUN meson setup build --buildtype=release && meson compile -C build',
      'CMD ["./build/src/sum"]',
    ]);
  });
  it('says what it does not know', () => {
    expect(lacksOf({ 'meson.build': "dependency('gtk4')\nexecutable('a', 'a.c')\n" })).toEqual([
      'the Debian package of the library gtk4 is unknown',
    ]);
    expect(lacksOf({ 'meson.build': "library('a', 'a.c')\n" })).toEqual(['meson.build names no `executable`']);
  });
});

describe('generators of sites', () => {
  const NGINX = ['FROM nginxinc/nginx-unprivileged:stable', expect.stringContaining('listen 8080;')];
  it('builds the pages of MkDocs', () => {
    const files = { 'mkdocs.yml': 'site_name: A\n', 'docs/index.md': '', 'requirements.txt': 'mkdocs-material==9.6\n' };
    expect(startOf(files)).toEqual([
      expect.stringMatching(/^FROM python:3\.\d+ AS build$/),
      'RUN pip install -r requirements.txt',
      'RUN mkdocs build',
      ...NGINX,
      'COPY --from=build /app/site /usr/share/nginx/html',
      'EXPOSE 8080',
    ]);
  });
  it('builds the pages of Jekyll', () => {
    const files = { '_config.yml': 'title: A\n', Gemfile: 'source "https://rubygems.org"\ngem "jekyll", "~> 4.4"\n' };
    expect(startOf({ ...files, '.ruby-version': '3.4\n' })).toEqual([
      'FROM ruby:3.4 AS build',
      'RUN bundle install',
      'RUN JEKYLL_ENV=production bundle exec jekyll build',
      ...NGINX,
      'COPY --from=build /app/_site /usr/share/nginx/html',
      'EXPOSE 8080',
    ]);
  });
  it.each([
    [
      { 'mkdocs.yml': 'site_dir: out\n', 'requirements.txt': 'mkdocs\n' },
      'its settings move the sources or the pages to another folder',
    ],
    [
      { '_config.yml': 'destination: out\n', Gemfile: 'gem "jekyll"\n' },
      'its settings move the sources or the pages to another folder',
    ],
    [{ 'mkdocs.yml': '' }, 'no requirements.txt lists MkDocs and its plugins'],
    [
      { '_config.yml': '', Gemfile: 'gem "github-pages"\n' },
      'this Jekyll needs an older Ruby than the newest: name it in .ruby-version',
    ],
    [
      { '_config.yml': '', Gemfile: 'gem "jekyll"\n', 'Gemfile.lock': '    jekyll (4.2.0)\n' },
      'this Jekyll needs an older Ruby than the newest: name it in .ruby-version',
    ],
    [{ 'hugo.toml': '' }, 'Hugo has no Docker Official Image: start your own file from `ghcr.io/gohugoio/hugo`'],
    [
      { 'config.toml': 'baseURL = "https://a.example/"\n' },
      'Hugo has no Docker Official Image: start your own file from `ghcr.io/gohugoio/hugo`',
    ],
  ])('says why not: %j', (files, why) => {
    expect(lacksOf(files as unknown as Files)).toEqual([why]);
  });
});

describe('Ruby', () => {
  it.each([
    ['7.0.4', 'SECRET_KEY_BASE=dummy'],
    ['7.1.2', 'SECRET_KEY_BASE_DUMMY=1'],
  ])('gives Rails %s a key that it knows', (version, key) => {
    const lock = `    rails (${version})\n    sprockets (4.2)\n`;
    expect(startOf({ Gemfile: 'ruby "3.2.1"\n', 'Gemfile.lock': lock, 'config/application.rb': '' })).toContain(
      `RUN ${key} bundle exec rails assets:precompile`,
    );
  });
  it.each([
    ['', true],
    ['    mini_racer (0.8)\n', false],
  ])('installs Node.js for execjs only where no gem brings a JavaScript engine: "%s"', (gem, isInstalled) => {
    const lock = `    rails (7.1.2)\n    execjs (2.9)\n${gem}`;
    expect(
      startOf({ Gemfile: 'ruby "3.2.1"\n', 'Gemfile.lock': lock, 'config/application.rb': '' }).includes(
        'RUN apt-get update && apt-get install -y nodejs',
      ),
    ).toBe(isInstalled);
  });
  it('compiles the assets of Rails without the real secret', () => {
    const files = {
      Gemfile: 'ruby "~> 3.3.0"\ngem "rails"\n',
      'Gemfile.lock': '    propshaft (1.0)\n    puma (6.0)\n',
      'config/application.rb': '',
    };
    expect(startOf(files)).toEqual([
      'FROM ruby:3.3',
      'ENV RAILS_ENV=production BUNDLE_WITHOUT=development:test',
      'RUN bundle install',
      'RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile',
      'EXPOSE 3000',
      'CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]',
    ]);
  });
  it('installs Node.js where a gem builds the assets with it', () => {
    const files = {
      Gemfile: 'ruby "~> 3.3.0"\ngem "rails"\n',
      'Gemfile.lock': '    jsbundling-rails (1.3)\n    propshaft (1.0)\n',
      'config/application.rb': '',
      'package.json': '{"scripts": {"build": "esbuild"}}',
      'yarn.lock': '',
    };
    const linesOf = (more: Files) =>
      findPrograms(engine, buildContextOf({ ...files, ...more })).programs[0]?.lines.map(({ text }) => text) ?? [];
    expect(
      linesOf({})
        .filter((text) => text.startsWith('RUN'))
        .slice(0, 4),
    ).toEqual([
      'RUN apt-get update && apt-get install -y nodejs npm',
      'RUN npm install -g yarn',
      'RUN bundle install',
      'RUN yarn install --frozen-lockfile',
    ]);
    expect(linesOf({ 'Gemfile.lock': '    propshaft (1.0)\n' }).join()).not.toContain('node');
    const lacks = (more: Files) => lacksOf({ ...files, ...more }).join();
    expect(lacks({ 'package.json': '{"packageManager": "yarn@4.5.0"}' })).toContain('yarn@4.5.0 builds');
    expect(lacks({ 'Gemfile.lock': '    webpacker (5.4)\n' })).toContain('Webpacker');
  });
  it('reads the version from the lock file too', () => {
    const files = { Gemfile: '', 'Gemfile.lock': 'RUBY VERSION\n   ruby 3.3.4p94\n', 'config.ru': '' };
    expect(startOf(files)[0]).toBe('FROM ruby:3.3');
  });
  it('does not put an old Rails on the newest Ruby', () => {
    const files = { Gemfile: "gem 'rails'\n", 'config/application.rb': '' };
    const lock = 'GEM\n  specs:\n    rails (5.0.7.2)\n';
    expect(lacksOf({ ...files, 'Gemfile.lock': lock })[0]).toContain('Rails 5.0 needs an older Ruby');
    expect(startOf({ ...files, 'Gemfile.lock': lock, '.ruby-version': '2.5.1\n' })[0]).toBe('FROM ruby:2.5');
    expect(startOf({ ...files, 'Gemfile.lock': lock.replace('5.0.7.2', '8.0.1') })[0]).toMatch(/^FROM ruby:\d/);
  });
  it('starts a Rack application with the server of its Gemfile', () => {
    expect(startOf({ Gemfile: 'gem "sinatra"\ngem "puma"\n', 'config.ru': '' }).at(-1)).toBe(
      'CMD ["bundle", "exec", "puma", "-b", "tcp://0.0.0.0:9292"]',
    );
    expect(lacksOf({ Gemfile: 'gem "rake"\n' })).toEqual([
      'neither config/application.rb nor config.ru says what starts',
    ]);
  });
});

describe('Elixir', () => {
  const project = (more = '') =>
    `defmodule Shop.MixProject do\n  def project, do: [app: :shop, elixir: "~> 1.17"${more}]\n  def application, do: [mod: {Shop.Application, []}]\n  defp deps, do: [{:phoenix, "~> 1.7"}]\nend\n`;
  it('makes a release', () => {
    expect(startOf({ 'mix.exs': project(', aliases: ["assets.deploy": []]') })).toEqual([
      expect.stringMatching(/^FROM elixir:1\.\d+$/),
      'ENV MIX_ENV=prod',
      'RUN mix local.hex --force && mix local.rebar --force',
      'RUN mix deps.get --only prod',
      'RUN mix assets.deploy',
      'RUN mix release',
      'ENV PHX_SERVER=true',
      'EXPOSE 4000',
      'CMD ["/app/_build/prod/rel/shop/bin/shop", "start"]',
    ]);
  });
  it('says what it cannot tell', () => {
    expect(lacksOf({ 'mix.exs': project(', apps_path: "apps"') })[0]).toContain('several applications');
    expect(lacksOf({ 'mix.exs': project().replace('mod:', 'extra:') })[0]).toContain('a library');
  });
});

describe('PHP', () => {
  it('serves public/ and compiles the extensions of composer.json', () => {
    const files = {
      'composer.json': '{"require": {"php": "^8.2", "ext-gd": "*", "ext-json": "*", "ext-pdo_mysql": "*"}}',
      'public/index.php': '',
    };
    expect(startOf(files)).toEqual([
      'FROM php:8.4-apache',
      'RUN apt-get update && apt-get install -y libfreetype6-dev libjpeg62-turbo-dev libpng-dev',
      'RUN docker-php-ext-configure gd --with-freetype --with-jpeg',
      'RUN docker-php-ext-install gd pdo_mysql',
      "RUN sed -ri 's!/var/www/html!/var/www/html/public!g' /etc/apache2/sites-available/*.conf && a2enmod rewrite",
      'RUN apt-get update && apt-get install -y git unzip',
      'COPY --from=composer:2 /usr/bin/composer /usr/bin/composer',
      'RUN composer install --no-dev --optimize-autoloader',
      'EXPOSE 80',
    ]);
  });
  it('lets the web server write what the framework writes', () => {
    const laravel = {
      'composer.json': '{"require": {"laravel/framework": "^11"}}',
      'public/index.php': '',
      artisan: '',
    };
    expect(startOf(laravel).at(-2)).toBe('RUN chown -R www-data:www-data storage bootstrap/cache');
    const symfony = { 'composer.json': '{"require": {"symfony/framework-bundle": "7"}}', 'public/index.php': '' };
    expect(startOf(symfony)).toContain('ENV APP_ENV=prod');
    expect(startOf(symfony).at(-2)).toBe('RUN mkdir -p var && chown -R www-data:www-data var');
  });
  it('builds the assets of Laravel in a stage of Node.js', () => {
    const files = {
      'composer.json': '{"require": {"laravel/framework": "^11"}}',
      'public/index.php': '',
      'package.json':
        '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6", "laravel-vite-plugin": "1"}}',
      'package-lock.json': '{}',
      'vite.config.js': 'export default {}',
    };
    const { programs } = findPrograms(engine, buildContextOf(files));
    expect(programs.map(({ name }) => name)).toEqual(['php']);
    const lines = programs[0]?.lines.map(({ text }) => text) ?? [];
    expect(lines[0]).toMatch(/^FROM node:\d+ AS assets$/);
    expect(lines).toEqual(expect.arrayContaining(['RUN npm ci', 'RUN npm run build', 'FROM php:8.4-apache']));
    expect(lines.at(-3)).toBe('COPY --from=assets /app/public/build public/build');
    const other = { ...files, 'vite.config.js': 'import x from "./vendor/tightenco/ziggy"' };
    expect(findPrograms(engine, buildContextOf(other)).lacks.map(({ name }) => name)).toContain('php');
  });
  it('installs what the locked packages require and the sources use', () => {
    const lock = { packages: [{ require: { php: '^7.4|~8.2.0', 'ext-gmp': '*', 'ext-intl': '*' } }, {}, 3] };
    const lines = startOf({
      'composer.json': '{"require":{"php":"^8.1"}}',
      'composer.lock': JSON.stringify(lock),
      'index.php': '<?php new PDO("mysql:host=db"); mysqli_connect("db");',
    });
    expect(lines[0]).toBe('FROM php:8.2-apache');
    expect(lines).toContain('RUN docker-php-ext-install intl mysqli pdo_mysql');
    expect(startOf({ 'index.php': '', '.env.example': 'DB_CONNECTION=pgsql\n' })).toContain(
      'RUN docker-php-ext-install pdo_pgsql',
    );
    expect(lacksOf({ 'index.php': '<?php mysql_connect("db");' })[0]).toContain('PHP 7 removed');
  });
  it('does not go on without the packages of a broken composer.json', () => {
    expect(lacksOf({ 'index.php': '', 'composer.json': 'nonsense' })).toEqual(['composer.json cannot be read']);
  });
  it('sends all addresses of Symfony to its front controller', () => {
    const files = { 'composer.json': '{"require":{"symfony/framework-bundle":"7"}}', 'public/index.php': '' };
    const fallback = /FallbackResource/;
    expect(startOf(files).join()).toMatch(fallback);
    expect(startOf({ ...files, 'public/.htaccess': '' }).join()).not.toMatch(fallback);
  });
  it('needs a page and a known PHP', () => {
    expect(lacksOf({ 'composer.json': '{}' })).toHaveLength(1);
    expect(lacksOf({ 'composer.json': '{"require": {"php": "^5.6"}}', 'index.php': '' })).toEqual([
      'no known PHP image satisfies composer.json',
    ]);
  });
});

describe('other folders', () => {
  it('serves plain pages with nginx', () => {
    expect(startOf({ 'index.html': '' })).toEqual(['FROM nginxinc/nginx-unprivileged:stable', 'EXPOSE 8080']);
  });
  it('finds nothing in an empty folder, and all programs in one with several', () => {
    expect(findPrograms(engine, buildContextOf({}))).toEqual({ programs: [], lacks: [] });
    expect(namesOf({ 'package.json': '{"main":"server.js"}', 'server.js': '', 'main.py': '' })).toEqual([
      'node',
      'python',
    ]);
  });
});
