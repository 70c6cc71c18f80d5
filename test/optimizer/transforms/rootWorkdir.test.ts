import { describe, expect, it } from 'vitest';
import { planFor } from '../../helpers/plan';

const FILES = { 'go.mod': 'module m\n\ngo 1.24\n', 'main.go': 'package main\nfunc main() { println(1) }\n' };
const file = (end: string, start = 'CMD ["./app"]') =>
  `FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app .\n\nFROM alpine:3.22\n${end}\n${start}\n`;
const COPY = 'WORKDIR /root/\nCOPY --from=build /out/app .';

const stepsOf = (dockerfile: string, more: Record<string, string> = {}, options = {}) =>
  planFor(dockerfile, { ...FILES, ...more }, options).steps.map(({ id }) => id);

describe('root-workdir', () => {
  it('moves the program, so that another user can run it', () => {
    const { after } = planFor(file(COPY), FILES);
    expect(after).toContain('WORKDIR /app\nRUN addgroup -S app && adduser -S -G app app');
    expect(after).toContain('COPY --from=build /out/app .\nUSER app\nCMD ["./app"]\n');
    expect(planFor(after, FILES).after).toBe(after);
    expect(planFor(file(COPY), FILES, { level: 'all' }).after).toContain(
      'FROM gcr.io/distroless/static-debian12:nonroot\nWORKDIR /app\n',
    );
  });

  it('follows the folder where COPY and the start command name it', () => {
    const named = file(
      'WORKDIR /root\nCOPY --from=build /out/app /root/bin/app\nCOPY --from=build /src/main.go .',
      'ENTRYPOINT ["/root/bin/app", "--from", "/root/main.go"]',
    );
    const { after } = planFor(named, FILES);
    expect(after).toContain('COPY --from=build /out/app /app/bin/app\n');
    expect(after).toContain('ENTRYPOINT ["/app/bin/app", "--from", "/app/main.go"]\n');
  });

  it.each([
    ['a variable', file(`ENV DATA=/root/data\n${COPY}`), {}],
    ['a RUN in the folder', file(`${COPY}\nRUN chmod +x /root/app`), {}],
    ['the home folder in the start command', file(COPY, 'CMD ./app ~/a'), {}],
    [
      'a port that needs root, which keeps root',
      file(COPY),
      { 'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":80", nil) }\n' },
    ],
    [
      'a source that asks for the home folder',
      file(COPY),
      { 'main.go': 'package main\nimport "os"\nfunc main() { os.UserHomeDir() }\n' },
    ],
    ['settings that libraries look for at home', file(`${COPY}\nCOPY --from=build /src/.kube ./.kube`), {}],
    [
      'a source that asks for the folder of settings',
      file(COPY),
      { 'main.go': 'package main\nimport "os"\nfunc main() { os.UserConfigDir() }\n' },
    ],
    ['a script that mounts there', file(COPY), { 'run.sh': 'docker run -v "$PWD/a.yml:/root/a.yml" app\n' }],
    ['a Makefile that mounts there', file(COPY), { Makefile: 'run:\n\tdocker run -v ./a.yml:/root/a.yml app\n' }],
    ['a manifest that mounts there', file(COPY), { 'k8s.yaml': 'mountPath: /root/config\n' }],
    ['a user of its own', file(`${COPY}\nUSER 1000`), {}],
    [
      'a program that is there already',
      file('WORKDIR /root\nCOPY --from=build /out/app /app/', 'CMD ["/app/app"]'),
      {},
    ],
    ['two working directories', file(`WORKDIR /srv\n${COPY}`), {}],
  ])('stays for %s', (_, dockerfile, more) => {
    expect(stepsOf(file(COPY))).toContain('root-workdir');
    expect(stepsOf(dockerfile, more)).not.toContain('root-workdir');
  });

  it('stays where Compose mounts a directory there', () => {
    const mounts = [{ kind: 'bind', target: '/root/data', source: './data' }] as const;
    expect(stepsOf(file(COPY), {}, { services: [{ mounts }] })).not.toContain('root-workdir');
  });
});
