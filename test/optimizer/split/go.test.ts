import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const MODULE = { 'go.mod': 'module example.com/server\n\ngo 1.22\n', 'main.go': 'package main\n' };
const NAIVE = 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o server .\nEXPOSE 8080\nCMD ["./server"]\n';

function final(dockerfile: string, files: Record<string, string>): string {
  return planFor(dockerfile, files).after.split('\n\n')[1] ?? '';
}

describe('Go', () => {
  it('puts a static binary on distroless, with the data that it reads', () => {
    const files = { ...MODULE, 'templates/page.html': '', 'main_test.go': 'package main\n', Makefile: 'all:\n' };
    expect(planFor(NAIVE, files).after).toBe(`# The program is built here, with its compiler
FROM golang:1.22 AS build
WORKDIR /app
COPY . .
ENV CGO_ENABLED=0
RUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod go build -o server .

# The image that runs, without the build tools
FROM gcr.io/distroless/static-debian12:nonroot
WORKDIR /app
COPY templates ./templates
COPY --from=build /app/server /app/server
EXPOSE 8080
CMD ["./server"]
`);
  });

  it('stays root where the program writes or listens on a low port', () => {
    const writing = { ...MODULE, 'main.go': 'package main\nfunc main() { os.WriteFile("x", nil, 0o600) }\n' };
    expect(final(NAIVE, writing)).toContain('FROM gcr.io/distroless/static-debian12\n');
    expect(final(NAIVE.replace('8080', '80'), MODULE)).toContain('FROM gcr.io/distroless/static-debian12\n');
  });

  it('keeps the C library where C is called, in the release of the build image', () => {
    const files = { ...MODULE, 'main.go': 'package main\n\nimport "C"\n' };
    expect(final(NAIVE, files)).toContain('FROM gcr.io/distroless/base-debian12:nonroot\n');
    expect(planFor(NAIVE, files).after).not.toContain('CGO_ENABLED');
    const withHeaders = NAIVE.replace('WORKDIR', 'RUN apt-get update && apt-get install -y libsqlite3-dev\nWORKDIR');
    expect(final(withHeaders, files)).toContain('FROM debian:bookworm-slim\n');
    expect(final(withHeaders, files)).toContain('--no-install-recommends libsqlite3-0');
    const plan = planFor(NAIVE.replace('golang:1.22', 'golang:1'), files);
    expect(guardOf(plan, 'multi-stage')).toMatch(/which C library/);
  });

  it('knows modules that call C', () => {
    const files = { ...MODULE, 'go.mod': 'module a\nrequire github.com/mattn/go-sqlite3 v1.14.24\n' };
    expect(final(NAIVE, files)).toContain('distroless/base-debian12');
  });

  it('has a shell where something is run by one', () => {
    const dockerfile = NAIVE.replace('CMD', 'HEALTHCHECK CMD curl -f http://localhost:8080 || exit 1\nCMD');
    expect(final(dockerfile, MODULE)).toContain('FROM debian:bookworm-slim\n');
    expect(final(dockerfile, MODULE)).toContain('ca-certificates curl');
  });

  it.each([
    [
      'what is started is not built',
      NAIVE.replace('["./server"]', '["./other"]'),
      '`./other` is not what the build makes',
    ],
    [
      'the output is not known',
      NAIVE.replace('-o server .', '-o $OUT .'),
      'where `go build` puts its result is not known',
    ],
    [
      'it is a plugin',
      NAIVE.replace('-o server', '-buildmode=plugin -o server'),
      'the build makes something else than a program',
    ],
    [
      'it is run from its sources',
      NAIVE.replace('RUN go build -o server .', 'RUN go build -o server .\nRUN go run gen.go'),
      'what `go run` does is not known',
    ],
  ])('leaves a file alone where %s', (_, dockerfile, guard) => {
    const plan = planFor(dockerfile, MODULE);
    expect(plan.after).toContain('FROM golang:1.22\n');
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('leaves Alpine behind where nothing is linked against it', () => {
    const alpine = NAIVE.replace('golang:1.22', 'golang:1.22-alpine').replace(
      'WORKDIR',
      'RUN apk add --no-cache git ca-certificates\nWORKDIR',
    );
    expect(final(alpine, MODULE)).toContain('FROM gcr.io/distroless/static-debian12:nonroot\n');
    const called = { ...MODULE, 'main.go': 'package main\nfunc main() { exec.Command("git").Run() }\n' };
    expect(guardOf(planFor(alpine, called), 'multi-stage')).toBe('git is called, and is a package of Alpine');
  });

  it('does not lose what is fetched beside the build', () => {
    const fetching = NAIVE.replace('WORKDIR', 'RUN curl -o /usr/local/bin/wait https://example.com/wait\nWORKDIR');
    expect(guardOf(planFor(fetching, MODULE), 'multi-stage')).toBe('`curl` brings files whose use is not known');
  });

  it('takes embedded files to be part of the program', () => {
    const files = {
      ...MODULE,
      'main.go': 'package main\n//go:embed static/*\nvar files embed.FS\n',
      'static/a.css': '',
    };
    expect(final(NAIVE, files)).not.toContain('static/');
    expect(final(NAIVE, files)).toContain('distroless/static');
  });
});
