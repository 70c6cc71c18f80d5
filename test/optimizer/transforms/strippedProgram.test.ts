import { describe, expect, it } from 'vitest';
import { planFor } from '../../helpers/plan';

const FILES = { 'go.mod': 'module example.com/server\n\ngo 1.22\n', 'go.sum': '', 'main.go': 'package main\n' };
const dockerfile = (build: string) =>
  `FROM golang:1.22-bookworm AS build\nWORKDIR /app\nCOPY . .\n${build}\n\nFROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /app/server /server\nENTRYPOINT ["/server"]\n`;

function built(build: string, files: Record<string, string> = FILES): string | undefined {
  const plan = planFor(dockerfile(build), files, { level: 'all' });
  expect(planFor(plan.after, files, { level: 'all' }).steps.map(({ id }) => id)).not.toContain('stripped-program');
  return /^RUN .*go (?:build|install).*$/m.exec(plan.after)?.[0];
}

describe('stripped-program', () => {
  it('leaves out what only debuggers read', () => {
    expect(built('RUN CGO_ENABLED=0 go build -o server .')).toBe(
      'RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o server .',
    );
  });

  it('adds to flags that are one quoted text', () => {
    expect(built('RUN CGO_ENABLED=0 go build -ldflags="-X main.v=1" -o server .')).toBe(
      'RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.v=1" -o server .',
    );
    expect(built(`RUN CGO_ENABLED=0 go build -ldflags '-X main.v=1' -o server .`)).toBe(
      `RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.v=1' -o server .`,
    );
  });

  it.each([
    'RUN CGO_ENABLED=0 go build -ldflags=-X=main.v=1 -o server .',
    'RUN CGO_ENABLED=0 go build -ldflags="-s" -o server .',
    'RUN CGO_ENABLED=0 go build -gcflags="all=-N -l" -o server .',
    'RUN go build -race -o server .',
    'RUN go install example.com/tool@v1 && cp /go/bin/tool server',
    'RUN go get example.org/tool && go install example.org/tool',
  ])('leaves alone what was chosen: %s', (build) => {
    expect(built(build)).toBe(build);
  });

  it.each(['golang:1.12-stretch', 'golang:1.9', 'ubuntu:18.04', 'debian:buster'])(
    'knows that %s has no -trimpath',
    (image) => {
      const text = dockerfile('RUN go build -o server .').replace('golang:1.22-bookworm', image);
      expect(planFor(text, FILES, { level: 'all' }).after).not.toContain('-trimpath');
    },
  );

  it('takes the name of the module for a program of the project', () => {
    expect(built('RUN CGO_ENABLED=0 go build -o server example.com/server/cmd')).toContain('go build -trimpath');
  });

  it('leaves alone a program that looks for its sources, and other levels', () => {
    const build = 'RUN CGO_ENABLED=0 go build -o server .';
    const files = { ...FILES, 'main.go': 'package main\nvar _, file, _, _ = runtime.Caller(0)\n' };
    expect(built(build, files)).toBe(build);
    expect(planFor(dockerfile(build), FILES).after).toContain(build);
  });
});
