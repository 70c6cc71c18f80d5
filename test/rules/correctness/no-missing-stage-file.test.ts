import rule from '../../../server/src/rules/correctness/no-missing-stage-file';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const NEXT = '{"dependencies":{"next":"16"},"scripts":{"build":"next build"}}';
const context = (files: Readonly<Record<string, string>>) => buildContextOf({ 'a.js': '', ...files }, false, ['.git']);
const node = (run: string, path: string, files: Readonly<Record<string, string>> = { 'package.json': NEXT }) => ({
  code: `FROM node:24 AS b\nWORKDIR /app\nCOPY . .\nRUN ${run}\nFROM node:24\nCOPY --from=b ${path} /srv/\n`,
  name: `${run}, ${path} beside ${Object.entries(files).flat().join(' ')}`,
  buildContext: context(files),
});
const built = (image: string, run: string, path: string, files: Readonly<Record<string, string>>) => ({
  ...node(run, path, files),
  code: `FROM ${image} AS b\nWORKDIR /app\nCOPY . .\nRUN ${run}\nFROM debian:12\nCOPY --from=b ${path} /app\n`,
});
const cargo = (path: string, toml = '[package]\nname = "my-api"\n', run = 'cargo build --release') =>
  built('rust:1.90', run, `/app/target/release/${path}`, { 'Cargo.toml': toml, 'src/main.rs': '' });
const maven = (path: string, more = '', run = 'mvn -B package -DskipTests') =>
  built('maven:3-eclipse-temurin-21', run, `/app/target/${path}`, {
    'pom.xml': `<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>3.5.0</version></parent>\n<artifactId>shop</artifactId><version>1.0</version>${more}</project>`,
  });

testRule(rule, {
  onbuild: false,
  docs: { buildContext: context({ 'package.json': '{}', 'index.js': '' }) },
  valid: [
    { ...node('npm ci', '/app/x.js'), buildContext: undefined, name: 'without its files' } as never,
    node('npm ci', '/app/a.js'),
    node('npm ci', '/app/*.mjs /app/node_modules /app/.env.js'),
    node('npm ci && npm run build', '/app/dist/x.js /app/x.css'),
    node('npm ci && cp a.js x.js', '/app/x.js'),
    node('npm ci && ./make.sh', '/app/x.js'),
    node('npm ci', '/etc/x.conf'),
    // Next.js
    node('npm ci && npm run build', '/app/public', { 'package.json': NEXT, 'public/a.svg': '' }),
    node('npm ci && npm run build', '/app/public', {
      'package.json': NEXT.replace('next"', 'next-sitemap":"4","next"'),
    }),
    node('npm ci && npm run build', '/app/public', { 'package.json': '{"dependencies":{"vite":"7"}}' }),
    node('npm ci && mkdir -p public && npm run build', '/app/public'),
    // Go, Rust, Maven
    built('golang:1.26', 'go build -o server .', '/app/server', { 'go.mod': '' }),
    built('golang:1.26', 'go build .', '/app/main', { 'go.mod': '' }),
    built('golang:1.26', 'make', '/app/main', { 'go.mod': '' }),
    cargo('my-api'),
    cargo('tool', '[package]\nname = "my-api"\n[[bin]]\nname = "tool"\n'),
    cargo('tool', '[workspace]\n[package]\nname = "my-api"\n'),
    cargo('app', undefined, 'cargo build --release && mv target/release/my-api target/release/app'),
    maven('shop-1.0.jar'),
    maven('app.jar', '<build><finalName>app</finalName></build>'),
    maven('app.jar', '', 'mvn -B package -DfinalName=app'),
    maven('app.jar', '', 'mvn -B package && mv target/*.jar target/app.jar'),
    maven('shop-1.0-all.jar', '<build><artifactId>maven-shade-plugin</artifactId></build>'),
  ].map(({ buildContext, ...one }) => (buildContext === undefined ? one : { ...one, buildContext })),
  invalid: [
    { ...node('npm ci', '/app/x.js'), findings: [{ messageId: 'absent', at: '/app/x.js' }] },
    {
      ...node('npm ci && npm run build', '/app/next.config.js'),
      findings: [{ messageId: 'absent', at: '/app/next.config.js' }],
    },
    { ...node('npm ci && npm run build', '/app/public'), findings: [{ messageId: 'absent', at: '/app/public' }] },
    {
      ...built('golang:1.26', 'go mod download && go build -o server .', '/app/main', { 'go.mod': '' }),
      findings: [{ messageId: 'absent', at: '/app/main' }],
    },
    { ...cargo('api'), findings: [{ messageId: 'absent', at: '/app/target/release/api' }] },
    { ...maven('app.jar'), findings: [{ messageId: 'absent', at: '/app/target/app.jar' }] },
  ],
});
