import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const GO = {
  'go.mod': 'module example.com/app\n',
  'go.sum': '',
  'main.go': 'package main\nfunc main() { os.ReadFile("views/index.html") }\n',
  'views/index.html': '',
  'web/index.ts': '',
};
const goFile = (
  copy: string,
  { build = 'RUN CGO_ENABLED=0 go build -o server .\n', final = '', start = '["./server"]' } = {},
) =>
  `FROM golang:1.25 AS build\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n${build}\nFROM alpine:3.22\nWORKDIR /app\n${copy}\n${final}USER 1000\nCMD ${start}\n`;
const WHOLE = 'COPY --from=build /app /app';

const copies = (dockerfile: string, files: Record<string, string> = GO) =>
  planFor(dockerfile, files)
    .after.split('FROM ')
    .at(-1)
    ?.match(/^COPY .*$/gm);

describe('program-only', () => {
  it('copies the program and what it reads instead of the sources', () => {
    expect(copies(goFile(WHOLE))).toEqual([
      'COPY --from=build /app/views/ /app/views/',
      'COPY --from=build /app/server /app/',
    ]);
    const { after } = planFor(goFile(WHOLE), GO);
    expect(planFor(after, GO).after).toBe(after);
  });

  it('leaves a program alone that the build writes into a directory of its name', () => {
    expect(copies(goFile(WHOLE), { ...GO, 'server/server.go': 'package server\n' })).toEqual([WHOLE]);
  });

  it('keeps the owner and the written directory', () => {
    const moved = goFile('COPY --from=build --chown=1000 /app .', { start: '["/srv/server"]' }).replace(
      '3.22\nWORKDIR /app',
      '3.22\nWORKDIR /srv',
    );
    expect(copies(moved)).toEqual([
      'COPY --from=build --chown=1000 /app/views/ ./views/',
      'COPY --from=build --chown=1000 /app/server ./',
    ]);
  });

  it.each([
    ['a script starts the program', goFile(WHOLE, { start: '["./start.sh"]' }), { 'start.sh': './server\n' }],
    ['a RUN changes a file of the directory', goFile(WHOLE, { final: 'RUN chmod 644 /app/views/index.html\n' }), {}],
    ['something else is started', goFile(WHOLE, { start: '["./other"]' }), {}],
    ['only the program is copied', goFile('COPY --from=build /app/server /app/server'), {}],
  ])('changes nothing where %s', (_, dockerfile, more) => {
    const { steps, skipped } = planFor(dockerfile, { ...GO, ...more });
    expect([...steps, ...skipped].map(({ id }) => id)).not.toContain('program-only');
  });

  it('is refused where the build may write more than the program', () => {
    const make = goFile(WHOLE, { build: 'RUN ./assets.sh\nRUN CGO_ENABLED=0 go build -o server .\n' });
    expect(guardOf(planFor(make, { ...GO, 'assets.sh': '' }), 'program-only')).toBe(
      '`assets.sh` may write files that the program reads: copy them one by one',
    );
    const pages = `FROM node:22 AS pages\n\n${goFile(WHOLE, { build: 'COPY --from=pages /dist ./dist\nRUN CGO_ENABLED=0 go build -o server .\n' })}`;
    expect(guardOf(planFor(pages, GO), 'program-only')).toBe(
      'another stage adds files to the directory that is copied: copy them from there',
    );
  });

  it.each([
    ['/app', '["./target/release/demo"]', 'COPY --from=build /app/target/release/demo /app/target/release/'],
    ['/app/target/release', '["./demo"]', 'COPY --from=build /app/target/release/demo /app/'],
  ])('takes a Rust program out of %s', (folder, start, copy) => {
    const dockerfile = `FROM rust:1-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build ${folder} /app\nUSER 1000\nCMD ${start}\n`;
    const files = { 'Cargo.toml': '[package]\nname = "demo"\n', 'Cargo.lock': '', 'src/main.rs': '' };
    expect(copies(dockerfile, files)).toEqual([copy]);
  });

  it('takes documentation along that the program names', () => {
    const files = { ...GO, 'main.go': 'package main\nvar spec = "./docs/swagger.json"\n', 'docs/swagger.json': '{}' };
    expect(copies(goFile(WHOLE), files)).toContain('COPY --from=build /app/docs/ /app/docs/');
    expect(copies(goFile(WHOLE), { ...GO, 'docs/swagger.json': '{}' })?.join()).not.toContain('docs');
  });
});
