import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

const RUST = {
  'Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\n',
  'Cargo.lock': 'version = 3\n\n[[package]]\nname = "app"\nversion = "1.0.0"\n',
  'src/main.rs': 'fn main() {}\n',
};
const GO = { 'go.mod': 'module m\n\ngo 1.24\n', 'main.go': 'package main\nfunc main() { println(1) }\n' };
const final = (after: string) => after.slice(after.lastIndexOf('FROM '));

// The images of distroless with the tag nonroot begin in /home/nonroot.
describe('a stage that moves to an image that begins in another directory', () => {
  it('keeps the directory of its own image for a relative start command', () => {
    const { after } = planFor('FROM rust:1\nCOPY . .\nRUN cargo build --release\nCMD ["./target/release/app"]\n', RUST);
    expect(final(after)).toMatch(/^FROM gcr\.io\/distroless\/\S+:nonroot\nWORKDIR \/\nCOPY --from=build /);
  });

  it.each([
    ['COPY --from=build /out/app ./app\n', '["./app"]', true],
    ['COPY --from=build /out/app /app\nCOPY main.go /\n', '["/app"]', true],
    ['WORKDIR srv\nCOPY --from=build /out/app .\n', '["./app"]', true],
    ['WORKDIR /srv\nCOPY --from=build /out/app .\n', '["./app"]', false],
    ['COPY --from=build /out/app /srv/\nCOPY main.go /srv/\nWORKDIR /srv\n', '["./app"]', false],
    ['COPY --from=build /out/app /usr/local/bin/app\n', '["app"]', false],
  ])('at level all too: %s%s', (lines, start, isKept) => {
    const dockerfile = `FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app .\n\nFROM alpine:3.22\n${lines}CMD ${start}\n`;
    const { after } = planFor(dockerfile, GO, { level: 'all' });
    expect(final(after)).toContain('FROM gcr.io/distroless/static-debian12:nonroot\n');
    expect(final(after).includes('nonroot\nWORKDIR /\n')).toBe(isKept);
  });

  it('where the final stage was on the toolchain', () => {
    const dockerfile =
      'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app .\n\nFROM golang:1.24\nCOPY --from=build /out/app ./app\nCMD ["./app"]\n';
    expect(final(planFor(dockerfile, GO).after)).toContain('WORKDIR /go\nCOPY --from=build /out/app ./app\n');
  });
});
