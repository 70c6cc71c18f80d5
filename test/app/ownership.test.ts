import { describe, expect, it } from 'vitest';
import { defaultConfig, resolveConfig } from '../../server/src/engine/config';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { commonBuild } from '../../server/src/project/builds/commonBuild';
import { composeBuilds } from '../../server/src/project/builds/compose';
import { withBuild } from '../../server/src/project/projectBuilds';
import { allRules } from '../../server/src/rules';
import { buildContextOf } from '../helpers/buildContext';
import { analyzer } from '../helpers/plan';

type Files = Readonly<Record<string, string>>;

const MAKE = 'RUN groupadd --system app && useradd --system --gid app --create-home app';

/** Without the steps that put something else in the final stage. */
function planOf(dockerfile: string, files: Files) {
  const buildContext = buildContextOf({ Dockerfile: dockerfile, ...files }, true);
  const without = new Set(['multi-stage', 'copy-manifests-first', 'dependencies-first', 'runtime-base']);
  return createPlan(analyzer, dockerfile, { level: 'recommended', buildContext, without });
}

/** The final stage of the plan. */
function final(dockerfile: string, files: Files = {}): string {
  return (
    planOf(dockerfile, files)
      .after.split(/^(?=FROM )/m)
      .at(-1) ?? ''
  );
}

/** Why the user stays root. */
function reason(dockerfile: string, files: Files = {}): string | undefined {
  const plan = planOf(dockerfile, files);
  expect(plan.after).not.toMatch(/^USER (?!root)/m);
  return plan.skipped.find(({ id }) => id === 'no-root-user')?.title;
}

describe('RUNs whose files the program may change', () => {
  it('gives the working directory away where root can, not behind CMD', () => {
    const after = final(
      'FROM node:16-alpine\nWORKDIR /usr/src/app\nRUN npm install -g serve\nCOPY . /usr/src/app\nCMD ["sh", "-c", "npx env-cmd && serve -s build"]\n',
      { 'index.js': '' },
    );
    expect(after).toMatch(/RUN chown node:node \/usr\/src\/app\nCOPY [^\n]*\nUSER node\nCMD [^\n]*\n$/);
  });

  it('lets the user compile where the start compiles again, also by the short name of cargo', () => {
    const rust = 'FROM rust:1.80\nWORKDIR /app\nCOPY . .\nRUN cargo build -r\nCMD ["cargo", "r", "-r"]\n';
    expect(final(rust, { 'Cargo.toml': '', 'src/main.rs': '' })).toMatch(/USER app\nRUN cargo build -r\n/);
  });

  it('lets the user install the packages that a task for assets changes', () => {
    const rails =
      'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY package.json yarn.lock ./\nRUN yarn\nCOPY . .\nRUN bin/rails assets:precompile\nCMD ["bin/rails", "s"]\n';
    expect(final(rails, { Gemfile: '', 'Gemfile.lock': '', 'package.json': '{}', 'yarn.lock': '' })).toMatch(
      /\nRUN bundle install\n(?:.*\n)*USER app\nRUN yarn\b/,
    );
  });
});

describe('why the user stays root', () => {
  const app = 'COPY a.py /b/a.py\nCMD ["python", "/b/a.py"]\n';

  it('names the folder of a server that a RUN has unpacked', () => {
    const tomcat = (start: string) =>
      `FROM debian:12\nWORKDIR /opt/tomcat\nRUN tar xzf /tmp/tomcat.tar.gz && apt-get install -y openjdk-17-jre\nCOPY a.war webapps/\n${start}\n`;
    expect(reason(tomcat('CMD ["/opt/tomcat/bin/catalina.sh", "run"]'), { 'a.war': '' })).toContain(
      '/opt/tomcat/webapps',
    );
    expect(reason(tomcat('CMD /opt/wildfly/bin/standalone.sh -b 0.0.0.0'), { 'a.war': '' })).toContain(
      '/opt/wildfly/standalone',
    );
  });

  it('names a server that is a system package', () => {
    const server =
      'FROM alpine:3.20\nRUN apk add --no-cache cloudi\nCOPY run.sh /\nEXPOSE 6464\nENTRYPOINT ["/run.sh"]\n';
    expect(reason(server, { 'run.sh': '#!/bin/sh\ntrap "cloudi stop" INT\ncloudi console\n' })).toBe(
      'Try `docker run --user 1000`, and write `USER 1000` if cloudi works',
    );
    expect(final(server, { 'run.sh': '#!/bin/sh\nexec /srv/own\n' })).toContain('\nUSER app\n');
  });

  it("names the base image's own server, also where the file starts it itself", () => {
    const site = 'FROM caddy:2.7\nCOPY site /srv\n';
    for (const start of ['', 'ENTRYPOINT ["caddy", "run", "-c", "/config/caddy/Caddyfile"]\n'])
      expect(reason(site + start, { 'site/index.html': '' })).toBe(
        'Leave root to caddy if it gives root up itself; otherwise write `USER 1000`',
      );
  });

  it('names the volume that a variable names', () => {
    expect(reason(`FROM python:3.11-slim\nENV W=/w\nVOLUME $W\nWORKDIR /b\n${app}`, { 'a.py': '' })).toBe(
      'Write `RUN install -d -o 1000 /w` above VOLUME, and `USER 1000` below it',
    );
  });

  it('says that others build on an image with ONBUILD', () => {
    expect(reason(`FROM python:3.11-slim\nWORKDIR /b\n${app}ONBUILD RUN touch /x\n`, { 'a.py': '' })).toBe(
      'Write USER in the images built on this one: ONBUILD steps may need root',
    );
  });

  it("takes HOME for root's only until ENV sets another", () => {
    const run = 'WORKDIR /b\nRUN mkdir -p $HOME\n';
    expect(reason(`FROM python:3.11-slim\n${run}${app}`, { 'a.py': '' })).toBe(
      'Move what the program needs out of `/root`, and write `USER 1000`',
    );
    expect(final(`FROM python:3.11-slim\nENV HOME=/data\n${run}${app}`, { 'a.py': '' })).toContain('USER app');
  });

  it('does not take a comment in a start script for a call', () => {
    const start = 'WORKDIR /b\nCOPY start.sh /b/start.sh\nRUN ln -s /b/start.sh /bin/entrypoint\nCMD ["/b/start.sh"]\n';
    const files = { 'start.sh': '#!/bin/sh\n# our entrypoint\nexec python a.py\n', 'a.py': '' };
    expect(final(`FROM python:3.11-slim\nCOPY a.py /b/a.py\n${start}`, files)).toContain('USER app');
  });
});

it('leaves a `chmod` to root that would meet a program of another stage', () => {
  const after = final(
    'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /shop .\n\nFROM debian:12-slim\nWORKDIR /app\nCOPY --from=build /shop ./shop\nRUN touch log.txt && chmod 666 log.txt\nRUN chmod -R 777 /app\nCMD ["./shop"]\n',
    { 'go.mod': 'module shop\n', 'main.go': 'package main\n' },
  );
  expect(after).toContain('&& chmod -R 777 /app \\\n    && chown app:app /app/log.txt\nUSER app\nCMD');
});

describe('folders that a RUN makes', () => {
  it('stay with the host where a script mounts them', () => {
    const file = 'FROM alpine:3.20\nWORKDIR /work\nCOPY run.sh /\nCMD ["/run.sh"]\n';
    const files = {
      'run.sh': '#!/bin/sh\nprintf x > out\n',
      'scripts/build.sh': 'docker run --rm -v "$PWD":/work tool\n',
    };
    expect(reason(file, files)).toBe('Set `user:` in Compose to a user that may use /work on the host');
  });

  it('are not in an address that the README calls', () => {
    const file = 'FROM alpine:3.20\nWORKDIR /app\nCOPY run.sh .\nCMD ["./run.sh"]\n';
    const files = { 'run.sh': '#!/bin/sh\n', 'README.md': 'Try it:\n\n    curl -v http://localhost:8080/a\n' };
    expect(final(file, files)).not.toContain('localhost');
  });

  it('are left to root where it copies a file into /tmp and removes it', () => {
    const file =
      'FROM alpine:3.20\nWORKDIR /var/app\nADD site /tmp/\nRUN cd /tmp && tar xf site -C /var/app && rm -f site\nCOPY run.sh .\nCMD ["./run.sh"]\n';
    const files = { 'run.sh': '#!/bin/sh\necho 1 > state\n', site: '' };
    expect(final(file, files)).not.toMatch(/^USER app\nRUN/m);
    const own = file.replace(
      'ADD site /tmp/\nRUN cd /tmp && ',
      'RUN wget -O /tmp/site https://a.example/site && cd /tmp && ',
    );
    expect(final(own, files)).toMatch(/^USER app\nRUN wget/m);
  });

  it('belong to the user in /tmp too, where they are named', () => {
    const start = 'COPY . .\nCMD ["python", "a.py"]\n';
    const files = { 'a.py': 'open(os.path.join(STORAGE, "x"), "w")' };
    expect(
      final(
        `FROM python:3.11-slim\nENV STORAGE_DIR=/tmp/up\nWORKDIR /app\nRUN mkdir -p /tmp/up /tmp/x\n${start}`,
        files,
      ),
    ).toContain('RUN mkdir -p /tmp/up /tmp/x && chown app:app /tmp/up\n');
    expect(final(`FROM python:3.11-slim\nWORKDIR /app\nRUN mkdir -p /tmp/x\n${start}`, files)).toContain(
      'RUN mkdir -p /tmp/x\n',
    );
  });

  it('are known where a variable names them', () => {
    const after = final(
      'FROM python:3.11-slim\nENV ROOT=/rails\nRUN mkdir -p "${ROOT}/tmp/pids" $(pwd)/x $UNKNOWN/y\nWORKDIR $ROOT\nCOPY . .\nCMD ["python", "a.py"]\n',
      { 'a.py': '' },
    );
    expect(after).toMatch(/ && chown app:app .*\/rails\/tmp \/rails\/tmp\/pids\n/);
    expect(after).not.toContain('/y &&');
  });

  it('are not made once more below a WORKDIR that makes them', () => {
    const after = final(
      'FROM python:3.11-slim\nENV DATA_DIR=/srv/app\nWORKDIR /srv/app\nWORKDIR /srv/app/src\nCOPY . .\nCMD ["python", "a.py"]\n',
      { 'a.py': 'open(DATA, "w")' },
    );
    expect(after).not.toContain('mkdir');
    expect(after).toContain('chown app:app /srv/app/src /srv/app\n');
  });
});

it('follows `cd` to the folders that a RUN makes', () => {
  const dockerfile = (run: string) =>
    `FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["python", "a.py"]\n`;
  const files = { 'a.py': "open('/srv/out/log.txt', 'w')\n", '.dockerignore': 'build\n' };
  expect(final(dockerfile('cd /srv && mkdir out'), files)).toContain('chown app:app /srv/out');
  expect(final(dockerfile('cd lib && mkdir out'), files)).not.toContain('/app/out');
});

it('gives the working directory once', () => {
  const dockerfile =
    'FROM node:22-alpine\nWORKDIR /app\nRUN adduser -S web\nCOPY dist dist\nRUN chown -R web .\nCMD ["node", "dist"]\n';
  const after = final(dockerfile, { 'dist/index.js': '' });
  expect(after.match(/chown web/g)).toHaveLength(1);
});

describe('the working directory', () => {
  it.each([
    ['of a stage', 'COPY --from=build /x/app.tar /app/\n', {}],
    ['of the project', 'COPY app.tar /app/\n', { 'app.tar': '' }],
  ])('belongs to the user where it comes out of an archive %s', (_, copy, files) => {
    const text = `FROM debian:12 AS build\nFROM debian:12\n${copy}WORKDIR /app\nRUN tar -xf app.tar\nWORKDIR /app/app\nCMD ["bin/app"]\n`;
    expect(final(text, files)).toContain('WORKDIR /app/app\nRUN chown app:app /app/app\n');
  });

  it.each(['/srv', '/opt', '/var/www', '/usr/src/app', '/app'])('belongs to the user, seen or unseen: %s', (folder) => {
    const after = final(`FROM node:20-slim\nWORKDIR ${folder}\nCOPY . .\nCMD ["node", "a.js"]\n`, { 'a.js': '' });
    expect(after).toContain(
      `WORKDIR ${folder}\nRUN chown node:node ${folder}\nCOPY --chown=node:node . .\nUSER node\n`,
    );
  });

  it('is made by the COPY above it for its owner', () => {
    const after = final('FROM python:3.11-slim\nCOPY . /code\nWORKDIR /code\nCMD ["python", "a.py"]\n', { 'a.py': '' });
    expect(after).toBe(
      `FROM python:3.11-slim\n${MAKE}\nCOPY --chown=app:app . /code\nWORKDIR /code\nUSER app\nCMD ["python", "a.py"]\n`,
    );
  });

  it('takes files with it that a RUN of root writes by name', () => {
    const after = final(
      'FROM python:3.11-slim\nWORKDIR /app\nRUN <<EOF\napt-get update\nmkdir -p data\necho one > /app/data/note.txt\ntouch app.log\nEOF\nCOPY app.py .\nCMD ["python", "app.py"]\n',
      { 'app.py': '' },
    );
    expect(after).toContain('touch app.log\nchown app:app /app/data /app/data/note.txt /app/app.log\nEOF\n');
    expect(after).toContain('USER app\n');
    expect(
      reason(
        'FROM python:3.11-slim\nWORKDIR /app\nRUN apt-get update && tar xf /tmp/a.tar\nCMD ["python", "app.py"]\n',
      ),
    ).toContain('what `apt-get` writes');
  });

  it('is a part of what is copied into a folder above', () => {
    expect(
      final('FROM node:20-slim\nWORKDIR /app\nCOPY . .\nWORKDIR /app/server\nCMD ["node", "a.js"]\n', {
        'server/a.js': '',
      }),
    ).toContain('COPY --chown=node:node . .\nWORKDIR /app/server\n');
  });

  it.each([
    ['/', 'COPY a.js .', { 'a.js': "require('fs').writeFileSync('x', '')\n" }],
    ['/usr/local/bin', 'WORKDIR /usr/local/bin\nCOPY a.js .', { 'a.js': '' }],
  ])('stays with the system: %s', (folder, lines, files) => {
    expect(reason(`FROM node:20-slim\n${lines}\nCMD ["node", "a.js"]\n`, files)).toBe(
      `Write \`USER 1000\`, and a WORKDIR of its own: only root may write to ${folder}`,
    );
  });

  it('may be `/` where nothing is written', () => {
    expect(final('FROM node:20-slim\nCOPY a.js .\nCMD ["node", "a.js"]\n', { 'a.js': 'serve()\n' })).toContain(
      'USER node',
    );
  });

  it('comes from WORKDIR below USER where no command can run', () => {
    const after = final(
      'FROM golang:1.22 AS build\nRUN go build -o /out/a\nFROM gcr.io/distroless/static-debian12\nWORKDIR /app\nCOPY --from=build /out/data ./data\nCMD ["/app/a"]\n',
      { 'main.go': 'os.Create("x")' },
    );
    expect(after).toBe(
      'FROM gcr.io/distroless/static-debian12\nUSER nonroot\nWORKDIR /app\nCOPY --chown=nonroot:nonroot --from=build /out/data ./data\nCMD ["/app/a"]\n',
    );
  });
});

describe('what is written elsewhere', () => {
  const python = (text: string) =>
    final('FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n', { 'a.py': text });

  it.each([
    ['the folder of a file', 'open("/data/counter", "a")', '/data'],
    ['the folder of a file with an ending', 'sqlite3.connect(path)\npath = "/data/db/app.db"', '/data/db'],
    ['a folder that is made', 'os.makedirs("/data/uploads")', '/data/uploads'],
    ['a folder that something is made in', 'LOG_DIR = os.path.join("/logs/app", x)\nopen(f, "w")', '/logs/app'],
  ])('is %s', (_, text, folder) => {
    expect(python(text)).toContain(`mkdir -p ${folder} && chown app:app /app ${folder}\n`);
  });

  it('is neither in a comment nor on the drive of a developer', () => {
    expect(python('# path = "/data/x"\nopen(path, "w")\n')).not.toContain('mkdir');
    expect(python('data_dir = "/mnt/d/data"\nopen(data_dir, "w")\n')).not.toContain('mkdir');
    expect(python('data_dir = "/mnt/data/x"\nopen(data_dir, "w")\n')).toContain('mkdir -p /mnt/data');
  });

  it('is no path in which something is looked for', () => {
    const setting = (name: string) =>
      final(`FROM python:3.11-slim\nENV ${name}=/opt/venv/lib\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n`, {
        'a.py': 'open("x", "w")\n',
      });
    for (const name of ['LD_LIBRARY_PATH', 'PYTHONPATH', 'PUPPETEER_EXECUTABLE_PATH'])
      expect(setting(name)).not.toContain('chown app:app /app /opt');
    expect(setting('UPLOAD_PATH')).toContain('chown app:app /app /opt/venv');
  });

  it('is no route', () => {
    const after = python(
      '@app.route("/data/upload")\ndef f():\n    open(x, "w")\napp.mount("/files", StaticFiles())\n',
    );
    expect(after).not.toContain('mkdir');
  });

  it('is no route on a line of its own', () => {
    const after = python('router.get(\n  "/logs",\n  limit\n)\nopen(x, "w")\n');
    expect(after).not.toContain('mkdir');
    expect(python('writeFile(\n  "/data/x",\n  text\n)\n')).toContain('mkdir -p /data ');
  });

  it('is left alone in folders of the system', () => {
    expect(
      reason('FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n', {
        'a.py': 'logging.FileHandler("/var/log/app.log")',
      }),
    ).toBe('Write `RUN chown -R 1000 /var/log` and `USER 1000`: the program writes there');
  });

  it('is given away by the RUN that makes it', () => {
    const after = final(
      'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN mkdir -p logs/a /data\nCMD ["node", "a.js"]\n',
      { 'a.js': '' },
    );
    expect(after).toContain('RUN mkdir -p logs/a /data && chown node:node /app/logs /app/logs/a /data\n');
  });
});

describe('USER', () => {
  it('stays apart from the comment of what comes below', () => {
    const after = final(
      'FROM node:20-slim\nWORKDIR /app\nCOPY . .\n\nEXPOSE 3000\n\n# Health\nHEALTHCHECK CMD node h.js\n\nCMD ["node", "a.js"]\n',
      { 'a.js': '' },
    );
    expect(after).toContain('EXPOSE 3000\n\nUSER node\n\n# Health\nHEALTHCHECK');
  });
});

describe('what RUNs leave', () => {
  it('is packages that are only read: root installs them', () => {
    const after = final(
      'FROM node:20-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nCOPY . .\nCMD ["npm", "start"]\n',
      { 'package.json': '{"scripts":{"start":"node a.js"}}', 'a.js': '' },
    );
    expect(after).toContain('COPY --chown=node:node . .\nUSER node\nCMD');
  });

  it.each([
    ['a development server', '"start":"react-scripts start"', ''],
    ['a cache beside the packages', '"start":"next start"', 'RUN npm run build\n'],
    ['what a build leaves', '"start":"node dist/a.js"', 'RUN npx prisma generate\n'],
  ])('may change: the user does it, from the install on: %s', (_, scripts, run) => {
    const after = final(
      `FROM node:20-slim\nRUN apt-get update && apt-get install -y git\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nCOPY . .\n${run}CMD ["npm", "start"]\n`,
      { 'package.json': `{"scripts":{${scripts}},"dependencies":{"@prisma/client":"5"}}`, 'x.sh': 'git log' },
    );
    expect(after).toContain(
      'WORKDIR /app\nRUN chown node:node /app\nCOPY --chown=node:node package.json .\nUSER node\nRUN npm install',
    );
    expect(after.match(/^USER/gm)).toHaveLength(1);
  });

  it('may change where CMD has the arguments of ENTRYPOINT', () => {
    const after = final(
      'FROM node:20-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nCOPY . .\nENTRYPOINT ["npm"]\nCMD ["start"]\n',
      { 'package.json': '{"scripts":{"start":"react-scripts start"}}' },
    );
    expect(after).toContain('COPY --chown=node:node package.json .\nUSER node\nRUN npm install');
  });

  it.each([
    ['Django', 'python:3.11-slim', 'RUN python manage.py migrate', '["python", "manage.py", "runserver"]'],
    ['Rails', 'ruby:3.2-slim', 'RUN bundle exec rails assets:precompile', '["bundle", "exec", "puma"]'],
    ['Maven', 'maven:3.9-eclipse-temurin-21', 'RUN mvn package', '["mvn", "spring-boot:run"]'],
  ])('is written by the user: %s', (_, base, run, start) => {
    const after = final(`FROM ${base}\nWORKDIR /app\nCOPY . .\n${run}\nCMD ${start}\n`, { 'manage.py': '' });
    expect(after).toMatch(new RegExp(`COPY --chown=app:app \\. \\.\\nUSER app\\n${run}`));
  });

  it('keeps root where such a RUN needs it', () => {
    expect(
      reason(
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN python manage.py migrate && apt-get purge -y x\nCMD ["python", "manage.py"]\n',
        {
          'manage.py': '',
        },
      ),
    ).toBe('Give what `apt-get` writes to 1000 with chown, and write `USER 1000`');
  });
});

describe('what stays root', () => {
  it.each([
    [
      'tools in the home folder of root',
      'FROM python:3.11\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n',
      {},
      'Let uv store its files outside of `/root`, and write `USER 1000`',
    ],
    [
      'a program in the home folder of root',
      'FROM golang:1.22 AS build\nRUN go build -o /a\nFROM alpine:3.20\nWORKDIR /root/\nCOPY --from=build /a .\nCMD ["./a"]\n',
      {},
      'Write `USER 1000`, and a WORKDIR of its own: only root may write to /root/',
    ],
    [
      'a user out of a variable',
      'ARG U=dev\nFROM debian:12\nARG U\nRUN useradd $U\nWORKDIR /app\nCMD ["/app/a"]\n',
      {},
      'Write `USER $U` below the last step that needs root',
    ],
    [
      'a database',
      'FROM debian:12\nRUN apt-get install -y mariadb-server\nCMD ["mysqld"]\n',
      {},
      'Leave root to mysqld if it gives root up itself; otherwise write `USER 1000`',
    ],
    [
      'a start script that works as root',
      'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\n',
      { 'entrypoint.sh': '#!/bin/sh\necho "* * * * * root x" > /etc/cron.d/x\nexec python a.py\n' },
      'Write `RUN chown -R 1000 /etc/cron.d/x` and `USER 1000`: the program writes there',
    ],
    [
      'a start script that runs what is mounted',
      'FROM debian:12\nCOPY start.sh /\nCMD ["/start.sh"]\n',
      { 'start.sh': '#!/bin/sh\n/mnt/$NAME/init.sh && /mnt/hss/hss_init.sh\n' },
      'Try `docker run --user 1000`, and write `USER 1000` if /mnt/hss/hss_init.sh works',
    ],
    [
      'a tool that says how it is called',
      'FROM debian:12\nRUN apt-get install -y proxmox-backup-client\nENTRYPOINT ["proxmox-backup-client"]\nCMD ["help"]\n',
      {},
      'Start it with `docker run --user $(id -u)`: proxmox-backup-client may work on mounted files',
    ],
    [
      'a tool without files of its own',
      'FROM debian:12\nWORKDIR /data\nRUN apt-get install -y pandoc\nENTRYPOINT ["/usr/bin/pandoc"]\n',
      {},
      'Start it with `docker run --user $(id -u)`: pandoc may work on mounted files',
    ],
    [
      'a folder of the host',
      'FROM python:3.11-slim\nWORKDIR /data\nCOPY a.py /a.py\nENTRYPOINT ["python", "/a.py"]\n',
      { 'README.md': 'docker run --rm -v "$PWD":/data tool\n' },
      'Set `user:` in Compose to a user that may use /data on the host',
    ],
    [
      'sources that are mounted',
      'FROM ruby:3.2\nWORKDIR /app\nCMD ["rails", "server"]\n',
      {},
      'Set `user:` in Compose to the owner of /app, where the program is mounted',
    ],
    [
      'an action of GitHub',
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n',
      { 'action.yaml': 'name: a\nruns:\n  using: "docker"\n  image: Dockerfile\n' },
      'Leave USER out: action.yaml makes this image a GitHub action, which must run as root',
    ],
    [
      'a tool that CMD starts, without files of its own',
      'FROM ubuntu:24.04\nRUN apt-get install -y ansible\nCMD ["ansible-playbook", "/etc/ansible/site.yml"]\n',
      {},
      'Start it with `docker run --user $(id -u)`: ansible-playbook may work on mounted files',
    ],
    [
      'pages that trunk compiles at each start',
      'FROM rust:1.80\nRUN mkdir /app\nWORKDIR /app\nCOPY . .\nRUN rustup target add wasm32-unknown-unknown\nENTRYPOINT ["trunk", "serve"]\n',
      { 'Cargo.toml': '', 'src/main.rs': '' },
      'Give what `rustup` writes to 1000 with chown, and write `USER 1000`',
    ],
    [
      'a start script that writes where only root may',
      'FROM alpine:3\nCOPY backup.sh /backup.sh\nCMD ["/backup.sh"]\n',
      { 'backup.sh': '#!/bin/sh\nFILE="a-$(date).dump"\npg_dump "$URL" > "$FILE"\n' },
      'Write `USER 1000`, and a WORKDIR of its own: only root may write to /',
    ],
    [
      'a user that is commented out',
      'FROM node:22\nWORKDIR /app\nCOPY . .\n#USER node\nCMD ["node", "a.js"]\n',
      { 'a.js': '' },
      'Write `USER node` again, or say why not: it is commented out',
    ],
    [
      'tools of Mix in a folder that only root may write to',
      'FROM elixir:1.17\nENV MIX_HOME=/opt/mix\nWORKDIR /app\nCOPY . .\nRUN mix local.hex --force && mix compile\nCMD ["mix", "run", "--no-halt"]\n',
      { 'mix.exs': '', 'lib/a.ex': '' },
      'Give what `mix` writes to 1000 with chown, and write `USER 1000`',
    ],
    [
      'a cache that Next.js keeps in `/`',
      'FROM node:22 AS b\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-alpine\nCOPY --from=b /app/.next /.next\nCOPY --from=b /app/node_modules /node_modules\nCOPY --from=b /app/package.json /\nCMD ["npm", "start"]\n',
      { 'package.json': '{"scripts":{"build":"next build","start":"next start"},"dependencies":{"next":"15"}}' },
      'Write `USER 1000`, and a WORKDIR of its own: only root may write to /',
    ],
    [
      'a folder of Deno that only root may write to',
      'FROM denoland/deno:2.4.3\nENV DENO_DIR=/cache\nWORKDIR /app\nCOPY . .\nRUN deno cache main.ts\nCMD ["run", "-A", "main.ts"]\n',
      { 'main.ts': '' },
      'Give what `deno` writes to 1000 with chown, and write `USER 1000`',
    ],
    [
      'sources that are mounted beside their manifests',
      'FROM elixir:1.17\nWORKDIR /app\nCOPY mix.exs mix.lock ./\nCMD mix deps.get && mix phx.server\n',
      { 'mix.exs': '', 'mix.lock': '', 'lib/a.ex': '' },
      'Set `user:` in Compose to the owner of /app, where the program is mounted',
    ],
    [
      'a low port in the sources',
      'FROM rust:1.80\nWORKDIR /app\nCOPY . .\nRUN cargo build\nCMD ["./target/debug/a"]\n',
      { 'Cargo.toml': '', 'src/main.rs': 'HttpServer::new(app).bind("0.0.0.0:80")?.run().await' },
      'Write `USER 1000`; before Docker 20.10, also a port above 1023 instead of 80',
    ],
    [
      'a low port in the start',
      'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "a:app", "--port", "80"]\n',
      {},
      'Write `USER 1000`; before Docker 20.10, also a port above 1023 instead of 80',
    ],
    [
      'a low port in the start script',
      'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["bash", "start.sh"]\n',
      { 'start.sh': 'flask db upgrade\nexec gunicorn --bind 0.0.0.0:80 \\\n  --workers 2 "a:app"\n' },
      'Write `USER 1000`; before Docker 20.10, also a port above 1023 instead of 80',
    ],
  ])('%s', (_, dockerfile, files, title) => {
    expect(reason(dockerfile, { 'a.py': '', ...(files as Files) })).toBe(title);
  });

  it('runs what Deno downloads for the program', () => {
    const dockerfile =
      'FROM denoland/deno:2.4.3\nWORKDIR /app\nCOPY . .\nRUN deno cache main.ts\nCMD ["run", "-A", "main.ts"]\n';
    expect(final(dockerfile, { 'main.ts': '' })).toBe(
      'FROM denoland/deno:2.4.3\nWORKDIR /app\nRUN chown deno:deno /app\nCOPY --chown=deno:deno . .\nUSER deno\nRUN deno cache main.ts\nCMD ["run", "-A", "main.ts"]\n',
    );
  });

  it('is not a RUN that asks something first', () => {
    const dockerfile =
      'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN if [ "$A" = b ]; then npm run build; fi\nCMD ["node", "a.js"]\n';
    const files = { 'a.js': '', 'package.json': '{"scripts":{"build":"tsc"}}' };
    expect(final(dockerfile, files)).toContain('USER node\nRUN if [ ');
  });

  it('is not what a script asks dpkg', () => {
    const files = { 'start.sh': '#!/bin/sh\necho "$(dpkg --print-architecture)"\nexec python a.py\n', 'a.py': '' };
    expect(final('FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["./start.sh"]\n', files)).toContain('USER app');
  });

  it('is not what is only removed from the home folder of root', () => {
    expect(
      final(
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install a==1 && rm -rf /root/.cache\nCMD ["python", "a.py"]\n',
        { 'a.py': '' },
      ),
    ).toContain('USER app');
  });
});

describe('Compose files', () => {
  const plan = (compose: string) => {
    const text = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n';
    const config = withBuild(
      resolveConfig(defaultConfig, allRules, 'Dockerfile'),
      commonBuild(composeBuilds(new Map([['compose.yaml', compose]]))),
      'Dockerfile',
    );
    return createPlan(analyzer, text, {
      level: 'recommended',
      config,
      buildContext: buildContextOf({ Dockerfile: text, 'a.py': '' }, true),
    });
  };

  it('stays apart from a comment below it', () => {
    const text =
      'FROM python:3.11-slim AS base\nWORKDIR /app\n\nFROM base AS build\nRUN pip install a==1\n\nFROM base\n\n# Copy the sources\nCOPY a.py .\nCMD ["python", "a.py"]\n';
    expect(final(text, { 'a.py': '' })).toMatch(/RUN [^\n]*chown app:app \/app\n\n# Copy the sources\n/);
  });

  it('gives the folder of a volume to the user, also below the working directory, unless the image has it', () => {
    const compose = (target: string) =>
      plan(`services:\n  a:\n    build: .\n    volumes: [data:${target}]\nvolumes:\n  data:\n`).after;
    expect(compose('/app/media/')).toMatch(/mkdir -p \/app\/media && chown app:app \/app \/app\/media/);
    expect(compose('/app/node_modules')).not.toContain('mkdir');
  });

  it('gives the folder of a volume to the user', () => {
    const { after } = plan('services:\n  a:\n    build: .\n    volumes: [data:/data]\nvolumes:\n  data:\n');
    expect(after).toContain('mkdir -p /data && chown app:app /app /data\n');
  });

  it.each([
    [
      'the sources of the host',
      'volumes: [".:/app"]',
      'Set `user:` in Compose to a user that may use /app on the host',
    ],
    ['rights of root', 'cap_add: [NET_ADMIN]', 'Write `USER 1000` once Compose gives the container no root privileges'],
    [
      'a start of its own',
      'command: sh -c "crond && python a.py"',
      'Leave root to crond if it gives root up itself; otherwise write `USER 1000`',
    ],
  ])('leave it alone for %s', (_, line, title) => {
    const { after, skipped } = plan(`services:\n  a:\n    build: .\n    ${line}\n`);
    expect(after).not.toContain('USER');
    expect(skipped.find(({ id }) => id === 'no-root-user')?.title).toBe(title);
  });

  it('may mount what is only read', () => {
    expect(
      plan('services:\n  a:\n    build: .\n    volumes: ["./a:/app/a:ro", "./c.yml:/app/c.yml"]\n').after,
    ).toContain('USER app');
  });
});

describe('what the start command names', () => {
  const start = (command: string, setup = '') =>
    `FROM debian:12\nWORKDIR /app\n${setup}COPY bench .\nENTRYPOINT ${command}\n`;

  it.each([
    ['results', '["./bench", "--export-json", "/var/results/a.json"]', '/var/results'],
    ['results with a variable', './bench --export-json /var/results/$NAME.json', '/var/results'],
    ['a file of the system', '["./bench", "--access-logfile=/var/log/bench.log"]', '/var/log'],
  ])('keeps root for %s that go where the image has no folder of its own', (_, command, folder) => {
    expect(reason(start(command), { bench: '' })).toBe(
      `Write \`RUN chown -R 1000 ${folder}\` and \`USER 1000\`: the program writes there`,
    );
  });

  it('is given away where a RUN has made it', () => {
    const after = final(start('["./bench", "--output", "/results"]', 'RUN mkdir /results\n'), { bench: '' });
    expect(after).toContain('RUN mkdir /results && chown app:app /results\n');
    expect(after).toContain('USER app');
  });

  it('is given away where it is the data of the program', () => {
    const after = final(start('["./bench", "--data-dir", "/data", "--log-level", "/x"]'), { bench: '' });
    expect(after).toContain('mkdir -p /data && chown app:app /app /data');
  });

  it('is mounted where the Makefile says so', () => {
    const files = { bench: '', Makefile: 'run:\n\tdocker run --rm -v $(CURDIR)/results:/var/results bench\n' };
    expect(reason(start('["./bench"]'), files)).toContain('may use /var/results on the host');
  });
});

describe('what cannot be given away', () => {
  it('is a working directory that root makes behind the work of the user', () => {
    const dockerfile =
      'FROM node:20\nCOPY package.json /tmp/\nRUN cd /tmp && npm install\nRUN mkdir -p /opt/app && cp -a /tmp/node_modules /opt/app/\nWORKDIR /opt/app\nCOPY . .\nRUN npm run build\nCMD ["npx", "vite", "preview"]\n';
    expect(reason(dockerfile, { 'package.json': '{}' })).toMatch(
      /^Give what `npm` writes to 1000 with chown, and write `USER 1000`/,
    );
  });

  it('is a store of packages in a folder of root', () => {
    const dockerfile = (home: string) =>
      `FROM node:22\nENV PNPM_HOME=${home}\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN pnpm install\nRUN pnpm build\nCMD ["npx", "vite", "preview"]\n`;
    const files = { 'package.json': '{}', 'index.html': '' };
    expect(reason(dockerfile('/pnpm'), files)).toMatch(
      /^Give what `pnpm` writes to 1000 with chown, and write `USER 1000`/,
    );
    expect(final(dockerfile('/home/node/.pnpm'), files)).toContain('USER node\nRUN pnpm install');
  });

  it('is the folder that Tomcat unpacks into', () => {
    expect(reason('FROM tomcat:10\nCOPY shop.war /usr/local/tomcat/webapps/\nCMD ["catalina.sh", "run"]\n')).toBe(
      'Write `RUN chown -R 1000 /usr/local/tomcat/webapps` and `USER 1000`: the program writes there',
    );
  });
});
