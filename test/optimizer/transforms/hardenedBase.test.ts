import { describe, expect, it } from 'vitest';
import { planFor } from '../../helpers/plan';

const FILES = {
  'package.json': '{"dependencies": {"express": "4"}}',
  'package-lock.json': '{}',
  'server.js': "require('http').createServer().listen(3000);\n",
};
const NODE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n';
const JAVA =
  'FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /app\nCOPY . .\nRUN mvn package\n\nFROM eclipse-temurin:21-jre\nCOPY --from=build /app/target/a.jar /app/\nENTRYPOINT ["java", "-jar", "/app/a.jar"]\n';
const DOTNET =
  'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /out\n\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build /out /app\nENTRYPOINT ["dotnet", "/app/Shop.dll"]\n';

function final(dockerfile: string, files: Record<string, string>, level: 'recommended' | 'all' = 'all'): string {
  const { after } = planFor(dockerfile, files, { level });
  return after.slice(after.lastIndexOf('\nFROM ') + 1);
}

describe('an image without a shell, at level all', () => {
  it('leaves the first words of CMD to the ENTRYPOINT of the image', () => {
    expect(final(NODE, FILES)).toBe(`FROM gcr.io/distroless/nodejs22-debian12:nonroot
WORKDIR /app
COPY --from=build /app/node_modules /app/node_modules
COPY . .
CMD ["server.js"]
`);
    expect(final(NODE, FILES, 'recommended')).toContain('FROM node:22-slim\n');
  });

  it('starts what npm would start, and says who then stops it', () => {
    const by = (start: string, scripts: object, level: 'recommended' | 'all' = 'all') => {
      const files = { ...FILES, 'package.json': JSON.stringify({ scripts, dependencies: { express: '4' } }) };
      return planFor(NODE.replace('"node", "server.js"', start), files, { level });
    };
    const plan = by('"npm", "start"', { start: 'node server.js --quiet' });
    expect(plan.after).toContain('\nCMD ["server.js", "--quiet"]\n');
    expect(plan.steps.find(({ id }) => id === 'hardened-base')?.risk).toContain('SIGTERM');
    expect(by('"npm", "start"', { start: 'node server.js' }, 'recommended').after).toContain('CMD ["npm", "start"]\n');
    expect(by('"npm", "run", "serve"', { serve: 'node server.js' }).after).toContain('\nCMD ["server.js"]\n');
    for (const scripts of [
      { start: 'node server.js', prestart: 'node a.js' },
      { start: 'PORT=1 node server.js' },
      { start: 'node server.js $PORT' },
      {},
    ])
      expect(by('"npm", "start"', scripts).after).not.toContain('distroless');
  });

  it('gives Next.js its cache', () => {
    const files = {
      'package.json': '{"scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "15"}}',
      'package-lock.json': '{}',
      'next.config.mjs': 'export default {};\n',
    };
    const next = NODE.replace('npm ci', 'npm ci\nRUN npm run build').replace('"node", "server.js"', '"npm", "start"');
    expect(final(next, files)).toContain('COPY --chown=nonroot:nonroot --from=build /app/.next/standalone /app\n');
  });

  it('runs a jar, but not in place of an ENTRYPOINT of the file', () => {
    const files = { 'pom.xml': '<project/>', 'src/main/java/A.java': 'class A {}\n' };
    const text = final(JAVA.replace('ENTRYPOINT', 'CMD'), files);
    expect(text).toContain('FROM gcr.io/distroless/java21-debian12:nonroot\n');
    expect(text).toMatch(/\nCMD \["\/app\/a.jar"\]\n$/);
    expect(final(JAVA, files)).not.toContain('distroless');
    expect(final(JAVA.replace('ENTRYPOINT ["java",', 'CMD ["java", "-Xmx1g",'), files)).not.toContain('distroless');
  });

  it('takes the chiseled image of .NET with cultures and time zones', () => {
    const files = { 'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"/>', 'Program.cs': 'app.Run();\n' };
    expect(final(DOTNET, files)).toContain('FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra\n');
  });

  it.each([
    ['a shell', NODE.replace('["node", "server.js"]', 'node server.js $PORT'), {}],
    ['a program that is started', NODE, { 'server.js': "require('child_process').exec('ls');\n" }],
    ['a file that is written', NODE, { 'server.js': "require('fs').writeFileSync('a.txt', '');\n" }],
    [
      'packages',
      NODE.replace('RUN', 'RUN apt-get update && apt-get install -y imagemagick\nRUN'),
      { 'a.sh': 'convert a b\n' },
    ],
    ['a check', NODE.replace('CMD', 'HEALTHCHECK CMD ["node", "check.js"]\nCMD'), {}],
    [
      'a check of Compose',
      NODE,
      { 'compose.yaml': 'services:\n  web:\n    build: .\n    healthcheck:\n      test: curl localhost\n' },
    ],
    ['a user of its own', `${NODE.replace('node:22', 'node:22-slim')}USER node\n`, {}],
    ['a compiled module', NODE, { 'package.json': '{"dependencies": {"node-pty": "1"}}' }],
    ['an image with another C library', NODE.replace('node:22', 'node:22-alpine'), {}],
    ['an unknown release', NODE.replace('node:22', 'node:21'), {}],
  ])('is not for %s', (_, dockerfile, files) => {
    expect(final(dockerfile, { ...FILES, ...files })).not.toContain('distroless');
  });
});

describe('a statically linked program, at level all', () => {
  const GO_FILES = { 'go.mod': 'module m\n\ngo 1.24\n', 'main.go': 'package main\nfunc main() { println(1) }\n' };
  const on = (base: string, more = '', build = 'CGO_ENABLED=0 go build -o /out/app .') =>
    `FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN ${build}\n\nFROM ${base}\n${more}COPY --from=build /out/app /app\nENTRYPOINT ["/app"]\n`;
  const STATIC =
    'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /out/app /app\nENTRYPOINT ["/app"]\n';

  it.each([
    ['debian:bookworm-slim', ''],
    ['alpine:3.22', 'RUN apk --no-cache add ca-certificates tzdata\n'],
    ['alpine:3.22', 'RUN apk add --no-cache libc6-compat\n'],
    ['debian', 'RUN apt-get update && apt-get install -y ca-certificates && rm -rf /var/lib/apt/lists/*\n'],
    ['busybox', ''],
  ])('needs nothing of %s', (base, more) => {
    expect(final(on(base, more), GO_FILES)).toBe(STATIC);
    expect(final(on(base, more), GO_FILES, 'recommended')).not.toContain('distroless');
  });

  it('is linked statically where no C code is called', () => {
    expect(planFor(on('debian:12', '', 'go build -o /out/app .'), GO_FILES, { level: 'all' }).after).toContain(
      'CGO_ENABLED=0 go build',
    );
    const c = { ...GO_FILES, 'main.go': 'package main\nimport "C"\nfunc main() {}\n' };
    expect(final(on('debian:12', '', 'go build -o /out/app .'), c)).not.toContain('distroless');
  });

  it.each([
    ['another package', on('alpine:3.22', 'RUN apk --no-cache add ca-certificates git\n'), {}],
    ['another command', on('debian:12', 'RUN apt-get update && apt-get install -y tzdata && date\n'), {}],
    ['a shell', on('alpine:3.22').replace('["/app"]', '/app $PORT'), {}],
    [
      'a program that it calls',
      on('alpine:3.22'),
      { 'main.go': 'package main\nimport "os/exec"\nfunc main() { exec.Command("git").Run() }\n' },
    ],
    [
      'files that visitors send',
      on('alpine:3.22'),
      { 'main.go': 'package main\nfunc upload(c *gin.Context) { c.SaveUploadedFile(f, "up/"+f.Filename) }\n' },
    ],
    ['an image with more', on('nginx:1.28'), {}],
    ['root', on('debian:12', 'USER root\n'), {}],
  ])('stays for %s', (_, dockerfile, more) => {
    expect(final(dockerfile, { ...GO_FILES, ...more })).not.toContain('distroless');
  });
});
