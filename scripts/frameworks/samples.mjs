/**
 * Small projects, one for each framework, with the Dockerfile that a beginner writes for it: docs/optimize.md shows
 * what Optimize Dockerfile makes of them. `by` is what tells the framework. Texts are shortened to what matters.
 */
export const SAMPLES = [
  ...nodeSamples(),
  ...pythonSamples(),
  ...javaSamples(),
  ...dotnetSamples(),
  ...compiledSamples(),
  ...rubySamples(),
  ...phpSamples(),
  ...elixirSamples(),
];

/** FROM, WORKDIR, `COPY . .`, each RUN, and CMD. */
function naive(image, runs, start, workdir = '/app') {
  const cmd = Array.isArray(start) ? JSON.stringify(start).replaceAll('","', '", "') : start;
  return `${[`FROM ${image}`, `WORKDIR ${workdir}`, 'COPY . .', ...runs.map((run) => `RUN ${run}`), `CMD ${cmd}`].join('\n')}\n`;
}

function nodeSamples() {
  const project = (name, needs, { scripts = {}, dev = {}, files = {}, start, runs, lock, image, by, ...more }) => {
    const manager = lock ?? 'package-lock.json';
    return {
      name,
      by: by ?? `\`package.json\`: ${needs.map((one) => `\`${one}\``).join(', ')}`,
      files: {
        'package.json': JSON.stringify({
          name: 'shop',
          scripts,
          dependencies: Object.fromEntries(needs.map((one) => [one, '^1.0.0'])),
          devDependencies: dev,
          ...more,
        }),
        [manager]: manager.endsWith('.json') ? '{}' : '# yarn lockfile v1\n',
        ...files,
      },
      dockerfile: naive(image ?? 'node:24', runs ?? ['npm ci', ...(scripts.build ? ['npm run build'] : [])], start),
    };
  };
  const typescript = { typescript: '^5.0.0' };
  const server = { 'server.js': "require('http').createServer().listen(3000)\n" };
  const compiled = {
    'src/server.ts': '\n',
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }',
  };
  const tsc = { build: 'tsc', start: 'node dist/server.js' };
  return [
    project('Express, Fastify', ['express'], {
      scripts: { start: 'node server.js' },
      files: server,
      start: ['npm', 'start'],
    }),
    project('TypeScript', ['fastify'], {
      by: '`tsconfig.json`',
      scripts: tsc,
      dev: typescript,
      files: compiled,
      start: ['npm', 'start'],
    }),
    project('Nest', ['@nestjs/core'], {
      scripts: { build: 'nest build', 'start:prod': 'node dist/main' },
      dev: { '@nestjs/cli': '^11.0.0' },
      files: { 'src/main.ts': '\n', 'tsconfig.json': '{ "compilerOptions": { "outDir": "./dist" } }' },
      start: ['npm', 'run', 'start:prod'],
    }),
    project('Next.js', ['next'], {
      scripts: { build: 'next build', start: 'next start' },
      files: { 'next.config.mjs': 'export default {};\n', 'app/page.jsx': '\n', 'public/logo.svg': '\n' },
      start: ['npm', 'start'],
    }),
    project('Next.js (standalone)', ['next'], {
      by: '`next.config`: `output: "standalone"`',
      scripts: { build: 'next build', start: 'next start' },
      files: {
        'next.config.mjs': 'export default { output: "standalone" };\n',
        'app/page.jsx': '\n',
        'public/logo.svg': '\n',
      },
      start: ['npm', 'start'],
    }),
    project('Nuxt', ['nuxt'], {
      scripts: { build: 'nuxt build', start: 'node .output/server/index.mjs' },
      files: { 'nuxt.config.ts': 'export default defineNuxtConfig({});\n', 'app.vue': '\n' },
      start: ['npm', 'start'],
      dependencies: { nuxt: '^4.0.0' },
    }),
    project('React Router, Remix', ['@react-router/serve'], {
      scripts: { build: 'react-router build', start: 'react-router-serve ./build/server/index.js' },
      dev: { '@react-router/dev': '^7.0.0' },
      files: { 'app/root.jsx': '\n' },
      start: ['npm', 'start'],
    }),
    project('SvelteKit', [], {
      by: '`svelte.config`: `adapter-node`',
      scripts: { build: 'vite build' },
      dev: { '@sveltejs/kit': '^2.0.0', '@sveltejs/adapter-node': '^5.0.0', vite: '^7.0.0' },
      files: {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter() } };\n",
        'vite.config.js':
          "import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };\n",
        'src/app.html': '\n',
      },
      start: ['node', 'build'],
    }),
    project('Astro (SSR)', ['astro', '@astrojs/node'], {
      scripts: { build: 'astro build', start: 'node dist/server/entry.mjs' },
      files: { 'astro.config.mjs': 'export default defineConfig({ output: "server", adapter: node() });\n' },
      start: ['npm', 'start'],
    }),
    project('Vite', ['react'], {
      by: '`package.json`: `vite preview`',
      scripts: { build: 'vite build', preview: 'vite preview' },
      dev: { vite: '^7.0.0' },
      files: { 'index.html': '\n', 'vite.config.js': 'export default {};\n', 'src/main.jsx': '\n' },
      start: ['npm', 'run', 'preview', '--', '--host'],
    }),
    project('Create React App', ['react-scripts'], {
      scripts: { build: 'react-scripts build', start: 'react-scripts start' },
      files: { 'public/index.html': '\n', 'src/index.js': '\n' },
      start: ['npm', 'start'],
      runs: ['npm ci'],
    }),
    project('Vue CLI', ['vue'], {
      by: '`package.json`: `@vue/cli-service`',
      scripts: { build: 'vue-cli-service build' },
      dev: { '@vue/cli-service': '^5.0.0' },
      files: { 'src/main.js': '\n' },
      runs: ['npm ci', 'npm run build', 'npm install -g serve'],
      start: ['serve', '-s', 'dist'],
    }),
    project('Prisma', ['@prisma/client', 'prisma'], {
      scripts: tsc,
      dev: typescript,
      files: { ...compiled, 'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n' },
      runs: ['npm ci', 'npx prisma generate', 'npm run build'],
      start: ['npm', 'start'],
    }),
    project('pnpm', ['fastify'], {
      by: '`pnpm-lock.yaml`',
      scripts: tsc,
      dev: typescript,
      files: compiled,
      lock: 'pnpm-lock.yaml',
      packageManager: 'pnpm@10.0.0',
      runs: ['corepack enable', 'pnpm install --frozen-lockfile', 'pnpm build'],
      start: ['pnpm', 'start'],
    }),
    project('Yarn', ['fastify'], {
      by: '`yarn.lock`',
      scripts: tsc,
      dev: typescript,
      files: compiled,
      lock: 'yarn.lock',
      runs: ['yarn install --frozen-lockfile', 'yarn build'],
      start: ['yarn', 'start'],
    }),
    project('npm workspaces, Turborepo', [], {
      by: '`package.json`: `workspaces`',
      workspaces: ['apps/*', 'packages/*'],
      dev: { turbo: '^2.0.0' },
      files: {
        'turbo.json': '{}',
        'apps/api/package.json': '{ "name": "api", "scripts": { "build": "tsc" }, "dependencies": { "words": "*" } }',
        'apps/api/src/server.ts': '\n',
        'packages/words/package.json': '{ "name": "words", "scripts": { "build": "tsc" } }',
        'packages/words/src/index.ts': '\n',
      },
      runs: ['npm ci', 'npx turbo build --filter=api'],
      start: ['node', 'apps/api/dist/server.js'],
    }),
    project('Bun', ['hono'], {
      by: '`bun.lock`',
      lock: 'bun.lock',
      image: 'oven/bun:1',
      files: { 'index.ts': 'Bun.serve({ port: 3000 });\n' },
      runs: ['bun install --frozen-lockfile'],
      start: ['bun', 'index.ts'],
    }),
  ];
}

function pythonSamples() {
  const app = { 'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n' };
  const serve = ['uvicorn', 'main:app', '--host', '0.0.0.0'];
  const manifest = '[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["fastapi", "uvicorn"]\n';
  const image = 'python:3.13';
  return [
    {
      name: 'FastAPI, Flask, Streamlit, Celery',
      by: '`requirements.txt`',
      files: { ...app, 'requirements.txt': 'fastapi==0.115.0\nuvicorn==0.30.0\n' },
      dockerfile: naive(image, ['pip install -r requirements.txt'], serve),
    },
    {
      name: 'Django',
      by: '`manage.py`',
      files: {
        'manage.py': 'import django\n',
        'shop/settings.py': 'STATIC_ROOT = "static"\n',
        'shop/wsgi.py': 'application = None\n',
        'requirements.txt': 'django==5.2\ngunicorn==23.0.0\npsycopg2==2.9.10\n',
      },
      dockerfile: naive(
        image,
        ['pip install -r requirements.txt', 'python manage.py collectstatic --noinput'],
        ['gunicorn', 'shop.wsgi', '--bind', '0.0.0.0:8000'],
      ),
    },
    {
      name: 'uv',
      by: '`uv.lock`',
      files: { ...app, 'pyproject.toml': manifest, 'uv.lock': 'version = 1\n' },
      dockerfile: naive(image, ['pip install uv', 'uv sync --locked'], ['uv', 'run', ...serve]),
    },
    {
      name: 'Poetry',
      by: '`poetry.lock`',
      files: {
        ...app,
        'pyproject.toml':
          '[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\nfastapi = "*"\nuvicorn = "*"\n',
        'poetry.lock': '[[package]]\nname = "fastapi"\nversion = "0.115.0"\n',
      },
      dockerfile: naive(image, ['pip install poetry', 'poetry install'], ['poetry', 'run', ...serve]),
    },
    {
      name: 'PDM',
      by: '`pdm.lock`',
      files: { ...app, 'pyproject.toml': manifest, 'pdm.lock': '[metadata]\n' },
      dockerfile: naive(image, ['pip install pdm', 'pdm install --prod'], ['pdm', 'run', ...serve]),
    },
    {
      name: 'Pipenv',
      by: '`Pipfile.lock`',
      files: { ...app, Pipfile: '[packages]\nfastapi = "*"\nuvicorn = "*"\n', 'Pipfile.lock': '{}' },
      dockerfile: naive(image, ['pip install pipenv', 'pipenv install --system --deploy'], serve),
    },
    {
      name: 'Setuptools, Hatch, Flit',
      by: '`pyproject.toml`',
      files: {
        'pyproject.toml': `${manifest}[project.scripts]\nshop = "shop:main"\n`,
        'src/shop/__init__.py': 'def main():\n    pass\n',
      },
      dockerfile: naive(image, ['pip install .'], ['shop']),
    },
  ];
}

function javaSamples() {
  const boot = (more = '') =>
    `<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.0</version></parent><artifactId>shop</artifactId><version>1.0.0</version>${more}<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`;
  const sources = { 'src/main/java/shop/Shop.java': 'class Shop {}\n' };
  const maven = 'maven:3.9-eclipse-temurin-21';
  return [
    {
      name: 'Spring Boot (Maven)',
      by: '`pom.xml`: `spring-boot-maven-plugin`',
      files: { ...sources, 'pom.xml': boot() },
      dockerfile: naive(maven, ['mvn package -DskipTests'], ['java', '-jar', 'target/shop-1.0.0.jar']),
    },
    {
      name: 'Spring Boot (Gradle)',
      by: '`build.gradle`: `org.springframework.boot`',
      files: {
        ...sources,
        'build.gradle': "plugins {\n  id 'org.springframework.boot' version '3.5.0'\n}\nversion = '1.0.0'\n",
        'settings.gradle': "rootProject.name = 'shop'\n",
      },
      dockerfile: naive('gradle:8-jdk21', ['gradle bootJar'], ['java', '-jar', 'build/libs/shop-1.0.0.jar']),
    },
    {
      name: 'Quarkus',
      by: '`quarkus-run.jar`',
      files: {
        ...sources,
        'pom.xml':
          '<project><artifactId>shop</artifactId><dependency><groupId>io.quarkus</groupId></dependency></project>',
      },
      dockerfile: naive(maven, ['mvn package'], ['java', '-jar', 'target/quarkus-app/quarkus-run.jar']),
    },
    {
      name: 'Micronaut, Ktor',
      by: '`build.gradle`',
      files: {
        ...sources,
        'build.gradle': "plugins {\n  id 'io.micronaut.application' version '4.5.0'\n}\nversion = '1.0.0'\n",
        'settings.gradle': "rootProject.name = 'shop'\n",
      },
      dockerfile: naive('gradle:8-jdk21', ['gradle shadowJar'], ['java', '-jar', 'build/libs/shop-1.0.0-all.jar']),
    },
    {
      name: 'Maven (multi-module)',
      by: '`pom.xml`: `<modules>`',
      files: {
        ...sources,
        'pom.xml':
          '<project><artifactId>all</artifactId><version>1.0.0</version><packaging>pom</packaging><modules><module>web</module></modules></project>',
        'web/pom.xml':
          '<project><parent><artifactId>all</artifactId><version>1.0.0</version></parent><artifactId>web</artifactId></project>',
        'web/src/main/java/shop/Shop.java': 'class Shop {}\n',
      },
      dockerfile: naive(maven, ['mvn -pl web -am package'], ['java', '-jar', 'web/target/web-1.0.0.jar']),
    },
  ];
}

function dotnetSamples() {
  return [
    {
      name: 'ASP.NET Core',
      by: '`*.csproj`: `Microsoft.NET.Sdk.Web`',
      files: {
        'Shop/Shop.csproj':
          '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><ProjectReference Include="../Words/Words.csproj" /></ItemGroup></Project>',
        'Shop/Program.cs': 'WebApplication.CreateBuilder(args).Build().Run();\n',
        'Words/Words.csproj':
          '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>',
      },
      dockerfile:
        'FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish Shop -c Release -o /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "Shop.dll"]\n',
    },
  ];
}

function compiledSamples() {
  const module = { 'go.mod': 'module example.com/shop\n\ngo 1.25\n', 'go.sum': '' };
  const crate = (more = '') => ({
    'Cargo.toml': `[package]\nname = "shop"\nversion = "1.0.0"\n${more}`,
    'Cargo.lock': '[[package]]\nname = "shop"\nversion = "1.0.0"\n',
    'src/main.rs': 'fn main() {}\n',
  });
  const c = 'apt-get update && apt-get install -y build-essential cmake libcurl4-openssl-dev';
  return [
    {
      name: 'Go',
      by: '`go.mod`',
      files: {
        ...module,
        'main.go': 'package main\n\nvar pages = template.ParseGlob("pages/*")\n\nfunc main() {}\n',
        'pages/a.html': '\n',
      },
      dockerfile: naive('golang:1.25', ['go build -o shop .'], ['./shop']),
    },
    {
      name: 'Go (cgo)',
      by: '`import "C"`',
      files: { ...module, 'main.go': 'package main\n\nimport "C"\n\nfunc main() {}\n' },
      dockerfile: naive('golang:1.25', ['go build -o shop .'], ['./shop']),
    },
    {
      name: 'Rust',
      by: '`Cargo.toml`',
      files: crate(),
      dockerfile: naive('rust:1.90', ['cargo build --release'], ['./target/release/shop']),
    },
    {
      name: 'Rust (workspace)',
      by: '`Cargo.toml`: `[workspace]`',
      files: {
        'Cargo.toml': '[workspace]\nmembers = ["api", "words"]\n',
        'Cargo.lock': '[[package]]\nname = "api"\nversion = "1.0.0"\n[[package]]\nname = "words"\nversion = "1.0.0"\n',
        'api/Cargo.toml': '[package]\nname = "api"\nversion = "1.0.0"\n[dependencies]\nwords = { path = "../words" }\n',
        'api/src/main.rs': 'fn main() {}\n',
        'words/Cargo.toml': '[package]\nname = "words"\nversion = "1.0.0"\n',
        'words/src/lib.rs': '\n',
      },
      dockerfile: naive('rust:1.90', ['cargo build --release -p api'], ['./target/release/api']),
    },
    {
      name: 'C, C++ (CMake)',
      by: '`CMakeLists.txt`',
      files: {
        'CMakeLists.txt': 'project(shop)\nfind_package(CURL)\nadd_executable(shop main.cpp)\n',
        'main.cpp': '#include <curl/curl.h>\nint main() {}\n',
      },
      dockerfile: naive('debian:trixie', [c, 'cmake -B build && cmake --build build'], ['./build/shop']),
    },
  ];
}

function rubySamples() {
  const gems = (...names) => ({
    Gemfile: `source 'https://rubygems.org'\n${names.map((name) => `gem '${name}'\n`).join('')}`,
    'Gemfile.lock': `GEM\n  specs:\n${names.map((name) => `    ${name} (1.0)\n`).join('')}`,
  });
  return [
    {
      name: 'Rails',
      by: '`Gemfile`: `rails`',
      files: { ...gems('rails', 'pg', 'puma'), 'config/application.rb': '\n', 'bin/rails': '\n', 'config.ru': '\n' },
      dockerfile: naive(
        'ruby:3.4',
        ['bundle install', 'SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production bundle exec rails assets:precompile'],
        ['rails', 'server', '-b', '0.0.0.0'],
      ),
    },
    {
      name: 'Sinatra, Rack',
      by: '`config.ru`',
      files: { ...gems('sinatra', 'puma'), 'config.ru': 'run Sinatra::Application\n' },
      dockerfile: naive('ruby:3.4', ['bundle install'], ['bundle', 'exec', 'puma']),
    },
  ];
}

function phpSamples() {
  const composer = 'apt-get update && apt-get install -y git unzip libzip-dev && docker-php-ext-install pdo_mysql zip';
  const file = (image, workdir, start) =>
    `FROM ${image}\nRUN ${composer}\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nWORKDIR ${workdir}\nCOPY . .\nRUN composer install --no-dev\n${start}`;
  return [
    {
      name: 'Laravel',
      by: '`composer.json`: `laravel/framework`',
      files: {
        'composer.json': '{ "require": { "laravel/framework": "^12.0" } }',
        'composer.lock': '{}',
        artisan: '<?php\n',
        'public/index.php': '<?php\n',
      },
      dockerfile: file('php:8.4-cli', '/app', 'CMD ["php", "artisan", "serve", "--host=0.0.0.0"]\n'),
    },
    {
      name: 'Symfony',
      by: '`composer.json`: `symfony/framework-bundle`',
      files: {
        'composer.json': '{ "require": { "symfony/framework-bundle": "^7.0" } }',
        'composer.lock': '{}',
        'bin/console': '<?php\n',
        'public/index.php': '<?php\n',
      },
      dockerfile: file('php:8.4-fpm', '/app', 'CMD ["php-fpm"]\n'),
    },
  ];
}

function elixirSamples() {
  const project = 'defmodule Shop.MixProject do\n  def project, do: [app: :shop, version: "1.0.0"]\nend\n';
  return [
    {
      name: 'Phoenix',
      by: '`mix.exs`',
      files: { 'mix.exs': project, 'mix.lock': '%{}', 'lib/shop.ex': '\n' },
      dockerfile:
        'FROM elixir:1.18\nENV MIX_ENV=prod\nWORKDIR /app\nCOPY . .\nRUN mix local.hex --force && mix local.rebar --force\nRUN mix deps.get --only prod\nRUN mix release\nCMD ["_build/prod/rel/shop/bin/shop", "start"]\n',
    },
  ];
}
