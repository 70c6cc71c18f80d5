import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const MODULE = { 'go.mod': 'module example.com/server\n\ngo 1.22\n', 'main.go': 'package main\n' };
const NAIVE = 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o server .\nEXPOSE 8080\nCMD ["./server"]\n';

function final(dockerfile: string, files: Record<string, string>): string {
  return planFor(dockerfile, files).after.split('\n\n')[1] ?? '';
}

describe('Go', () => {
  it('puts a static binary on distroless, with the data that it reads', () => {
    const files = {
      ...MODULE,
      'go.sum': '',
      'main.go': 'package main\nvar pages = template.Must(template.ParseGlob("templates/*.html"))\n',
      'templates/page.html': '',
      'seeds/a.json': '',
      'main_test.go': 'package main\n',
      Makefile: 'all:\n',
    };
    expect(planFor(NAIVE, files).after).toBe(`# Build stage: compile the app
FROM golang:1.22 AS build
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o server .

# Final stage: what the app needs at run time
FROM gcr.io/distroless/static-debian12:nonroot
WORKDIR /app
COPY templates ./templates
COPY --from=build /app/server /app/server
EXPOSE 8080
CMD ["./server"]
`);
  });

  it.each([
    ['the socket of Docker', { mounts: [{ kind: 'bind', target: '/var/run/docker.sock' }] }, ''],
    ['a folder of the host', { mounts: [{ kind: 'bind', target: '/data' }] }, ''],
    ['rights on the host', { isPrivileged: true }, ''],
    ['only a configuration file', { mounts: [{ kind: 'bind', target: '/config.yaml' }] }, ':nonroot'],
  ] as const)('keeps root where Compose gives the program %s', (_, service, tag) => {
    const { after } = planFor(NAIVE, MODULE, { services: [service] });
    expect(after).toContain(`FROM gcr.io/distroless/static-debian12${tag}\n`);
  });

  it('reads a program whose imports are on one line', () => {
    const text =
      'package main\nimport ("html/template")\nvar page = template.Must(template.ParseFiles("pages/a.html"))\n';
    expect(final(NAIVE, { ...MODULE, 'main.go': text, 'pages/a.html': '' })).toContain('COPY pages ./pages\n');
  });

  it.each([
    ['config/app.json.example', 'viper.AddConfigPath("config/")', 'COPY config/app.json* ./config/'],
    ['config.example.yaml', 'os.ReadFile("config.yaml")', 'COPY config*.yaml ./'],
    ['.env.sample', 'godotenv.Load()', 'COPY .env* ./'],
  ])('copies settings by a pattern where only an example of them lies here: %s', (example, call, copy) => {
    const files = { ...MODULE, 'main.go': `package main\nvar a = ${call}\n`, [example]: '', 'config/config.go': '' };
    expect(final(NAIVE, files)).toContain(`${copy}\n`);
    const real = example.replace(/\.(?:example|sample)/, '');
    expect(final(NAIVE, { ...files, [real]: '' })).not.toContain('*');
  });

  it('gives the final stage the ARG of a user that stays, and of a COPY out of another image', () => {
    const file = `FROM golang:1.22-bookworm
ARG UID=1000
ARG TOOL=3
WORKDIR /app
COPY . .
COPY --from=tool:3 /bin/tool-$TOOL /bin/
RUN go build -o server .
RUN useradd --uid $UID app
USER app
CMD ["/app/server"]
`;
    const stage = final(file, MODULE);
    expect(stage.indexOf('ARG UID=1000')).toBeGreaterThan(0);
    expect(stage.indexOf('ARG UID=1000')).toBeLessThan(stage.indexOf('RUN useradd --uid $UID app'));
    expect(stage.indexOf('ARG TOOL=3')).toBeLessThan(stage.indexOf('tool-$TOOL'));
    expect(stage).toContain('ARG TOOL=3');
  });

  describe('where the program writes files', () => {
    const write = (text: string) => ({ ...MODULE, 'main.go': `package main\n${text}\n` });
    const DEBIAN = 'FROM debian:bookworm-slim\n';

    it.each([
      'func main() { os.MkdirAll("data", 0o755); os.WriteFile("data/a", nil, 0o600) }',
      'const file = "count.txt" // kept\n\nfunc main() { os.Create(file) }',
      'func main() { os.OpenFile(filepath.Join("data", name), os.O_CREATE, 0o600) }',
      'func main() { os.MkdirTemp("", "a"); os.Create("/tmp/b") }',
    ])('runs without a shell in a folder that belongs to its user: %s', (text) => {
      const { after } = planFor(NAIVE, write(text));
      expect(after).toContain(
        'AS build\n# Becomes the folder that the program writes in\nRUN mkdir /writable\nWORKDIR /app\n',
      );
      expect(after).toContain(
        'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build --chown=nonroot:nonroot /writable /app\nWORKDIR /app\n',
      );
      expect(planFor(after, write(text)).after).toBe(after);
    });

    it.each([
      ['elsewhere', write('func main() { os.WriteFile("../a", nil, 0o600) }')],
      ['by a path that is not known', write('func save(file string) { os.Create(file) }')],
      [
        'by a variable of more than one value',
        write('var file = "a"\n\nfunc main() { file = os.Args[1]; os.Create(file) }'),
      ],
      ['where another library says', write('func main() { bolt.Open("a.db", 0o600, nil); os.Mkdir("b", 0o700) }')],
      ['over a file that is copied', { ...write('func main() { os.WriteFile("data/a", nil, 0o600) }'), 'data/a': '' }],
    ])('keeps Debian where it writes %s', (_, files) => {
      expect(final(NAIVE, files)).toContain(DEBIAN);
    });

    it('keeps Debian where a volume is mounted', () => {
      const services = [{ mounts: [{ target: '/app/data', kind: 'volume' as const }] }];
      const files = write('func main() { os.WriteFile("data/a", nil, 0o600) }');
      expect(planFor(NAIVE, files, { services }).after).toContain(DEBIAN);
      expect(final(NAIVE.replace('CMD', 'VOLUME /app/data\nCMD'), files)).toContain(DEBIAN);
    });
  });

  it('keeps a shell where a folder has to be given to the user, and root on a low port', () => {
    const writing = { ...MODULE, 'main.go': 'package main\nfunc main() { os.WriteFile(os.Args[1], nil, 0o600) }\n' };
    expect(final(NAIVE, writing)).toContain('FROM debian:bookworm-slim\n');
    expect(final(NAIVE, writing)).toContain('chown app:app /app\n');
    expect(final(NAIVE.replace('8080', '80'), MODULE)).toContain('FROM gcr.io/distroless/static-debian12\n');
  });

  it('gives Debian certificates where a module may ask a server, and makes no folder of the build image', () => {
    const files = {
      'main.go': 'package main\nfunc main() { os.WriteFile("x", nil, 0o600) }\n',
      'go.mod': `${MODULE['go.mod']}\nrequire example.com/sdk v1.0.0\n`,
      'go.sum': '',
    };
    expect(final(NAIVE, MODULE)).not.toContain('ca-certificates');
    const { after } = planFor(NAIVE.replace('WORKDIR', 'RUN mkdir app\nWORKDIR'), files);
    expect(after).toMatch(/FROM debian:bookworm-slim\n[\s\S]*--no-install-recommends ca-certificates /);
    expect(after.slice(after.indexOf('# Final'))).not.toContain('mkdir');
  });

  it('leaves alone what a person works in', () => {
    const plan = planFor(NAIVE.replace('CMD ["./server"]', 'CMD tail -f /dev/null'), MODULE);
    expect(guardOf(plan, 'multi-stage')).toBe(
      '`tail` is meant for interactive use in the container, so any package may be needed',
    );
  });

  it('keeps the C library where C is called, in the release of the build image', () => {
    const files = { ...MODULE, 'main.go': 'package main\n\nimport "C"\n' };
    expect(final(NAIVE, files)).toContain('FROM gcr.io/distroless/base-debian12:nonroot\n');
    expect(planFor(NAIVE, files).after).not.toContain('CGO_ENABLED');
    const withHeaders = NAIVE.replace('WORKDIR', 'RUN apt-get update && apt-get install -y libsqlite3-dev\nWORKDIR');
    expect(final(withHeaders, files)).toContain('FROM debian:bookworm-slim\n');
    expect(final(withHeaders, files)).toContain('--no-install-recommends libsqlite3-0');
    // No table has every module that calls C: headers of a library show it as well.
    expect(planFor(withHeaders, MODULE).after).not.toContain('CGO_ENABLED');
    const withCompiler = NAIVE.replace('WORKDIR', 'RUN apt-get update && apt-get install -y gcc libc6-dev\nWORKDIR');
    expect(planFor(withCompiler, MODULE).after).toContain('CGO_ENABLED=0');
    const madeInRun = NAIVE.replace('RUN go', 'RUN go mod init app && go mod tidy && go');
    const imports = { 'main.go': 'package main\n\nimport (\n\t_ "github.com/mattn/go-sqlite3"\n)\n' };
    expect(planFor(madeInRun, imports).after).not.toContain('CGO_ENABLED');
    // go.mod may name only what the author wrote, and the driver brings the module that calls C.
    const completed = {
      'go.mod': 'module x\n\ngo 1.22\n\nrequire gorm.io/gorm v1.25.10\n',
      'main.go': 'package main\n\nimport (\n\t"gorm.io/driver/sqlite"\n)\n',
    };
    expect(planFor(NAIVE.replace('RUN go', 'RUN go mod tidy && go'), completed).after).not.toContain('CGO_ENABLED');
    const old = planFor(NAIVE.replace('golang:1.22', 'golang:1.9'), files);
    expect(guardOf(old, 'multi-stage')).toMatch(/does not name a Debian release/);
    const gone = planFor(NAIVE.replace('golang:1.22', 'golang:1.17-buster'), files);
    expect(guardOf(gone, 'multi-stage')).toBe('buster is no longer on the package servers: use a newer image');
  });

  it('keeps headers in the build stage that golang does not have, unlike images on buildpack-deps', () => {
    const files = { ...MODULE, 'main.go': 'package main\n\nimport "C"\n' };
    const install = 'RUN apt-get update && apt-get install -y zlib1g-dev build-essential\nWORKDIR';
    expect(planFor(NAIVE.replace('WORKDIR', install), files).after).toMatch(
      /--no-install-recommends -y zlib1g-dev\nWORKDIR/,
    );
  });

  it.each([
    ['golang', 'golang:trixie', '13'],
    ['golang:1', 'golang:1-trixie', '13'],
    ['golang:1.24.1', 'golang:1.24.1-bookworm', '12'],
    ['golang:1.23', 'golang:1.23-bookworm', '12'],
  ])('names the release of %s in both stages where C is called', (base, builder, release) => {
    const files = { ...MODULE, 'main.go': 'package main\n\nimport "C"\n' };
    const { after } = planFor(NAIVE.replace('golang:1.22', base), files);
    expect(after).toContain(`FROM ${builder} AS build\n`);
    expect(after).toContain(`FROM gcr.io/distroless/base-debian${release}:nonroot\n`);
  });

  it('knows modules that call C', () => {
    for (const module of ['mattn/go-sqlite3 v1.14.24', 'mutecomm/go-sqlcipher/v4 v4.4.2']) {
      const files = { ...MODULE, 'go.mod': `module a\nrequire github.com/${module}\n` };
      expect(final(NAIVE, files)).toContain('distroless/base-debian12');
    }
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
      'no step is seen to build `./other`, which the container starts',
    ],
    [
      'the output is not known',
      NAIVE.replace('-o server .', '-o $OUT .'),
      'cannot determine where `go build` writes its output',
    ],
    [
      'it is a plugin',
      NAIVE.replace('-o server', '-buildmode=plugin -o server'),
      'the build does not produce a program',
    ],
    [
      'others install something',
      NAIVE.replace('RUN go build -o server .', 'RUN go run example.com/tool install\nRUN go build -o server .'),
      'cannot determine which files `go run example.com/tool` leaves behind',
    ],
    [
      'a server for development runs',
      'FROM golang:1.22\nWORKDIR /app\nRUN go install github.com/air-verse/air@latest\nCOPY . .\nCMD ["air"]\n',
      '`air` is a development server, which compiles while the container runs',
    ],
    [
      'a RUN downloads the sources',
      'FROM golang:1.22\nWORKDIR /app\nRUN git clone https://git.example/a .\nCMD ["go", "run", "main.go"]\n',
      'a RUN downloads the sources: copy them from the build context instead',
    ],
    [
      'they are not copied',
      'FROM golang:1.22\nWORKDIR /app\nCOPY go.mod .\nCMD ["go", "run", "cmd/main.go"]\n',
      'the sources of the program are not among the files that are copied',
    ],
    [
      'the sources are mounted',
      'FROM golang:1.22\nWORKDIR /app\nCMD ["go", "run", "main.go"]\n',
      'the sources are not in the image: they are mounted at run time',
    ],
    [
      'a script compiles at the start',
      'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nCMD go mod tidy && go run main.go\n',
      'a script compiles the program when the container starts: compile it in a RUN',
    ],
  ])('leaves a file alone where %s', (_, dockerfile, guard) => {
    const plan = planFor(dockerfile, MODULE);
    expect(plan.after).toContain('FROM golang:1.22\n');
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('says why a development image stays whole, also if it builds nothing itself', () => {
    const air =
      'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN curl -fsSL https://example.com/air.sh | sh\nCMD ["air"]\n';
    expect(guardOf(planFor(air, MODULE), 'multi-stage')).toBe(
      '`air` is a development server, which compiles while the container runs',
    );
  });

  it('leaves Alpine behind where nothing is linked against it', () => {
    const alpine = NAIVE.replace('golang:1.22', 'golang:1.22-alpine').replace(
      'WORKDIR',
      'RUN apk add --no-cache git ca-certificates\nWORKDIR',
    );
    expect(final(alpine, MODULE)).toContain('FROM gcr.io/distroless/static-debian12:nonroot\n');
    const called = { ...MODULE, 'main.go': 'package main\nfunc main() { exec.Command("git").Run() }\n' };
    expect(final(alpine, called)).toContain('FROM alpine:3\n');
    expect(final(alpine, called)).toContain('RUN apk add --no-cache ca-certificates git\n');
    expect(final(alpine.replace('1.22-alpine', '1.22-alpine3.20'), called)).toContain('FROM alpine:3.20\n');
    // What it writes is unknown: a shell makes folders for the user.
    const writer = { ...MODULE, 'main.go': 'package main\nimport "os"\nfunc main() { os.Create(os.Args[1]) }' };
    expect(final(alpine, writer)).toContain('FROM alpine:3\n');
    expect(final(alpine, writer)).not.toContain('debian');
  });

  it('adds the time zones that a program looks up, which only the toolchain image of Alpine has', () => {
    const alpine = NAIVE.replace('golang:1.22', 'golang:1.22-alpine');
    const files = (call: string) => ({
      ...MODULE,
      'main.go': `package main\nfunc main() { os.Create(os.Args[1]); ${call} }\n`,
    });
    const zones = 'RUN apk add --no-cache tzdata\n';
    expect(final(alpine, files('time.LoadLocation("Asia/Tokyo")'))).toContain(zones);
    expect(final(alpine.replace('WORKDIR', 'ENV TZ=Asia/Tokyo\nWORKDIR'), files(''))).toContain(zones);
    expect(final(alpine, files('time.LoadLocation("UTC")'))).not.toContain('tzdata');
    expect(final(alpine, files('time.LoadLocation(zone) /* "time/tzdata" */'))).not.toContain('tzdata');
  });

  it('does not lose what is fetched beside the build', () => {
    const fetching = NAIVE.replace('WORKDIR', 'RUN curl -o /usr/local/bin/wait https://example.com/wait\nWORKDIR');
    expect(guardOf(planFor(fetching, MODULE), 'multi-stage')).toBe(
      'cannot determine what the files from `curl` are used for',
    );
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

  it('takes embedded files of any package to be part of the program', () => {
    const files = {
      ...MODULE,
      'main.go': 'package main\nimport "example.com/server/web"\nvar x = fs.Sub(web.Files, "assets")\n',
      'web/web.go': 'package web\n//go:embed assets/*\nvar Files embed.FS\n',
      'web/assets/a.css': '',
    };
    expect(final(NAIVE, files)).not.toContain('assets');
  });

  it.each([
    [
      'compiles once what is run from its sources',
      'CMD ["go", "run", "main.go", "-v"]',
      'main.go',
      'CMD ["app", "-v"]',
    ],
    ['in shell form', 'CMD GOAMD64=v3 go run ./hello', './hello', 'CMD ["hello"]'],
    ['by ENTRYPOINT', 'ENTRYPOINT ["go", "run", "."]\nCMD ["-v"]', '.', 'ENTRYPOINT ["app"]\nCMD ["-v"]'],
  ])('%s', (_, start, source, expected) => {
    const dockerfile = `FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go mod download\n${start}\n`;
    const { after } = planFor(dockerfile, { ...MODULE, 'hello/main.go': 'package main\n' });
    expect(after).toContain(`go build -o /usr/local/bin/${source === './hello' ? 'hello' : 'app'} ${source}\n`);
    expect(after).toContain('FROM gcr.io/distroless/static-debian12:nonroot\n');
    expect(after.trimEnd().endsWith(expected)).toBe(true);
  });

  it('builds a program that is run from its sources only once', () => {
    const run = (build: string) =>
      planFor(`FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN ${build}\nCMD ["go", "run", "."]\n`, MODULE).after;
    expect(run('go build .').match(/go build/g)).toHaveLength(1);
    expect(run('go vet ./... && go build .').match(/go build/g)).toHaveLength(2);
  });

  it('leaves tools in the build that nothing starts, and takes those along that something does', () => {
    const install = 'RUN go install github.com/golang-migrate/migrate/v4/cmd/migrate@v4.17.0\nCOPY';
    expect(final(NAIVE.replace('COPY', install), MODULE)).not.toContain('migrate');
    const started = NAIVE.replace('COPY', install).replace('["./server"]', 'migrate -path db up && ./server');
    const after = final(started, { ...MODULE, 'db/1.sql': '' });
    expect(after).toContain('FROM debian:bookworm-slim\n');
    expect(after).toContain(' db ./db\n');
    expect(after).toContain('COPY --from=build /app/server /app/server\n');
    expect(after).toContain('COPY --from=build /go/bin/migrate /usr/local/bin/migrate\n');
  });

  it('leaves the PATH of the toolchain behind', () => {
    const swag =
      'ENV GOPATH=/go PORT=80\nENV PATH=$GOPATH/bin:$PATH\nRUN go install github.com/swaggo/swag/cmd/swag@v1\nRUN swag init\nRUN go build';
    const after = final(NAIVE.replace('RUN go build', swag), MODULE);
    expect(after).toContain('ENV PORT=80\n');
    expect(after).not.toMatch(/GOPATH|PATH=|swag/);
  });

  it.each([
    ['RUN cd cmd/api && go build', 'cmd/api/api', '/app/cmd/api/api'],
    ['RUN go build -o bin/ ./cmd/...', 'bin/api', '/app/bin/api'],
    ['RUN go install ./cmd/api', 'api', '/go/bin/api /usr/local/bin/api'],
    ['RUN go build ./cmd/api', 'api', '/app/api'],
    ['RUN go build', 'server', '/app/server'],
    ['RUN go build cmd/api/main.go', 'main', '/app/main'],
    ['ARG NAME=x\nRUN go build -o /bin/$NAME ./cmd/api', '/bin/x', '/bin/x'],
    ['RUN go build -o out ./cmd/api && mv out /usr/local/bin/run', 'run', '/usr/local/bin/run'],
    ['RUN make build', 'bin/shop', '/app/bin/shop'],
  ])('knows what `%s` makes', (run, started, path) => {
    const isOnPath = /install|mv out/.test(run) || started.startsWith('/');
    const dockerfile = NAIVE.replace('RUN go build -o server .', run).replace(
      './server',
      isOnPath ? started : `./${started}`,
    );
    const files = {
      ...MODULE,
      'cmd/api/main.go': 'package main\n',
      Makefile: 'BIN ?= bin/shop\n.PHONY: build\nbuild:\n\t@go build -o $(BIN) \\\n\t\t./cmd/api\n',
    };
    const after = planFor(dockerfile, files).after;
    expect(after).toContain(`COPY --from=build ${path}`);
  });

  it('still copies into the folders that only the builder makes', () => {
    const dockerfile =
      'FROM golang:1.22\nRUN mkdir /app && mkdir -p /app/pages\nCOPY main.go go.mod /app/\nCOPY pages/a.html /app/pages\nWORKDIR /app\nRUN go build -o server .\nCMD ["./server"]\n';
    const files = { ...MODULE, 'main.go': 'package main\nvar page = Read("pages/a.html")\n', 'pages/a.html': '' };
    expect(planFor(dockerfile, files).after).toMatch(/^COPY .*pages\/a\.html \/app\/pages\/$/m);
  });

  it('keeps what Compose starts instead', () => {
    const withStart = (start: string) => planFor(NAIVE, MODULE, { services: [{ starts: [start] }] });
    expect(withStart('sh -c "./server migrate && ./server"').after).toContain('FROM debian:bookworm-slim\n');
    expect(withStart('./server --debug').after).toContain('FROM gcr.io/distroless/');
    expect(guardOf(withStart('go run .'), 'multi-stage')).toBe(
      'Compose starts `go`, which the final image would not contain: build that service from its own stage',
    );
    expect(guardOf(withStart('./wait.sh db:1 -- ./server'), 'multi-stage')).toContain('Compose starts `wait.sh`');
    const entered = planFor(NAIVE.replace('CMD', 'ENTRYPOINT'), MODULE, { services: [{ starts: ['serve --debug'] }] });
    expect(entered.after).toContain('FROM gcr.io/distroless/');
    const files = { ...MODULE, 'prod.ini': '' };
    const named = planFor(NAIVE, files, { services: [{ starts: ['./server -c prod.ini'] }] });
    expect(guardOf(named, 'multi-stage')).toBe(
      'Compose uses prod.ini, which the final image would not contain: copy it in a separate COPY',
    );
  });

  it('knows targets of a Makefile that only write sources', () => {
    const files = { ...MODULE, Makefile: 'docs:\n\tswag init\nbuild:\n\tgo build -o bin/shop\n' };
    const dockerfile = NAIVE.replace('RUN go build -o server .', 'RUN make docs\nRUN make build');
    expect(final(dockerfile.replace('./server', './bin/shop'), files)).toContain(
      'COPY --from=build /app/bin/shop /app/bin/shop\n',
    );
  });

  it('follows a script that starts the program', () => {
    const files = { ...MODULE, 'start.sh': '#!/bin/sh\nset -e\nexec ./server "$@"\n' };
    const after = final(NAIVE.replace('["./server"]', '["./start.sh"]'), files);
    expect(after).toContain('FROM debian:bookworm-slim\n');
    expect(after).toContain(' start.sh .\n');
    expect(after).toContain('COPY --from=build /app/server /app/server\n');
  });
});

it('keeps a working directory that a build argument names', () => {
  const { after } = planFor(NAIVE.replace('WORKDIR /app', 'ARG SRC=/go/src/app\nWORKDIR $SRC'), MODULE);
  expect(after.slice(after.indexOf('# Final stage'))).toContain('ARG SRC=/go/src/app\nWORKDIR $SRC\n');
});

describe('browsers', () => {
  it('keep the stage that installs them', () => {
    const plan = planFor(
      'FROM golang:1.23\nWORKDIR /app\nRUN go install github.com/playwright-community/playwright-go/cmd/playwright@v0.5200.1\nRUN playwright install --with-deps\nCOPY . .\nRUN go build -o main .\nCMD ["/app/main"]\n',
      { 'go.mod': 'module example.com/a\n', 'main.go': 'package main\n' },
    );
    expect(plan.after).not.toContain('distroless');
    expect(guardOf(plan, 'multi-stage')).toBe(
      '`playwright install` downloads a browser that needs libraries from the full image',
    );
  });
});
