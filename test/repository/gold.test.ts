import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { judgedFolder } from '../helpers/corpora';

interface Judged {
  readonly folder: string;
  /** Real bugs and leaks: the rule, and a text that the finding must overlap. */
  readonly bugs: readonly (readonly [rule: string, at: string])[];
  /** What else is worth saying. */
  readonly flags?: readonly (readonly [rule: string, at: string])[];
  /** Rules that must not speak there; `*` is any rule. */
  readonly quiet?: readonly (readonly [rule: string, at: string])[];
  /** Good as it is: nothing of a warning or more but these rules. */
  readonly control?: readonly string[];
  /** What a reviewer finds and we do not, and why. */
  readonly missed?: readonly string[];
}

/** Real files that a demanding reviewer has judged; they lie beside the repository, when at all. */
const JUDGED: readonly Judged[] = [
  {
    folder: '04-py-flask-alpine',
    bugs: [['no-lost-export', 'export FLASK_APP=app.py']],
    flags: [
      ['apk-no-cache', 'apk add curl'],
      ['merge-consecutive-run', 'RUN mkdir /home/app/'],
      ['copy-manifests-first', 'COPY --chown=nonroot:nonroot . .'],
      ['pip-no-cache-dir', 'pip install -r requirements.txt'],
    ],
    quiet: [
      ['no-root-user', 'FROM python:3.9.2-alpine'],
      ['*', 'python -m venv $VIRTUAL_ENV'],
    ],
    missed: ['the development server as CMD: only the code of the app tells'],
  },
  {
    folder: '08-py-two-cmd',
    bugs: [['no-multiple-cmd', 'CMD ["pip", "freeze"]']],
    flags: [
      ['no-lone-package-update', 'apt-get update'],
      ['no-root-user', 'FROM public.ecr.aws/docker/library/python:3.10-slim'],
    ],
    quiet: [
      ['copy-manifests-first', 'COPY requirements.txt ./'],
      ['require-image-tag', 'FROM'],
    ],
  },
  {
    folder: '12-node-sendgrid-comments',
    bugs: [['no-expose-host-port', '6006:6006']],
    flags: [
      ['apt-get-no-install-recommends', 'apt-get install -y rsync'],
      ['no-root-user', 'FROM node:8.11.3-jessie'],
    ],
    quiet: [
      ['*', '# RUN apt-get update && apt-get install -y wget'],
      [
        'apt-get-clean-same-layer',
        'google-chrome-unstable fonts-ipafont-gothic fonts-wqy-zenhei fonts-thai-tlwg fonts-kacst ttf-freefont \\\n    --no-install-recommends',
      ],
      ['exec-form-cmd', 'ENTRYPOINT ["dumb-init", "--"]'],
    ],
  },
  {
    folder: '16-node-dashboard-nginx',
    bugs: [],
    flags: [
      ['copy-manifests-first', 'COPY . .'],
      ['no-latest-tag', 'nginx:latest'],
    ],
    quiet: [
      ['no-lost-export', 'RUN export'],
      ['*', 'alpine-sdk'],
    ],
    missed: ['a configuration file at a path that nginx does not read: a fact about one program'],
  },
  {
    folder: '20-go-dockerbeat',
    bugs: [['exec-form-cmd', 'ENTRYPOINT dockerbeat']],
    flags: [['no-maintainer', 'MAINTAINER']],
  },
  {
    folder: '24-go-kaniko-mounts',
    bugs: [],
    quiet: [
      ['*', 'RUN --mount=from=busybox'],
      ['no-unused-user', 'ENV USER root'],
      ['no-root-user', 'FROM scratch AS kaniko-base-slim'],
    ],
  },
  {
    folder: '28-java-atsea-multi',
    bugs: [['no-unused-user', '/home/gordon gordon']],
    flags: [
      ['no-deprecated-image', 'java:8-jdk-alpine'],
      ['no-latest-tag', 'node:latest'],
      ['no-latest-tag', 'maven:latest'],
    ],
    quiet: [['copy-manifests-first', 'COPY pom.xml .']],
  },
  {
    folder: '32-rust-gltf',
    bugs: [],
    flags: [
      ['no-root-user', 'FROM debian:stretch-20190326-slim'],
      ['no-lone-package-update', 'apt-get update'],
    ],
    quiet: [['*', '# RUN apt-get install -y libosmesa6-dev']],
  },
  {
    folder: '36-dotnet-aspnet-mssql',
    bugs: [],
    flags: [['no-root-user', 'base AS final']],
  },
  { folder: '40-win-nanoserver-CONTROL', bugs: [], control: [] },
  {
    folder: '44-php-fantasycalendar',
    bugs: [],
    flags: [
      ['copy-manifests-first', 'COPY . .'],
      ['no-legacy-env-format', 'ENV APP_NAME FantasyCalendar'],
    ],
    quiet: [['*', 'RUN ["/usr/local/bin/php"']],
  },
  {
    folder: '48-ruby-nickjj-CONTROL',
    bugs: [],
    control: [],
    quiet: [
      ['require-pipefail', 'RUN bash -c'],
      ['no-secret-in-env', 'SECRET_KEY_BASE_DUMMY=1'],
    ],
  },
  {
    folder: '52-elixir-decidim',
    bugs: [['apt-get-yes', 'apt-get install nodejs']],
    flags: [['no-root-user', 'FROM elixir:1.6.1']],
    quiet: [['no-undefined-variable', 'ENV MIX_ENV $MIX_ENV']],
  },
  {
    folder: '56-alpine-bitbucket-longrun',
    bugs: [['no-remove-in-later-layer', 'apk del \\\n      ca-certificates']],
    flags: [
      ['no-unsigned-packages', '--allow-untrusted'],
      ['no-latest-tag', 'darenjacobs/java:latest'],
      ['apk-no-cache', 'apk add --update'],
    ],
    quiet: [
      ['no-lost-export', 'RUN export MYSQL_DRIVER_VERSION'],
      ['no-root-user', 'FROM darenjacobs'],
      ['no-secret-in-env', 'changeit'],
    ],
    missed: ['wait-for-it is downloaded and never made executable: whether something runs it is in another file'],
  },
  {
    folder: '60-tricky-jupyter-shell-CONTROL',
    bugs: [],
    control: ['require-image-tag: $BASE_IMAGE'],
    quiet: [
      ['require-pipefail', 'RUN fix-permissions'],
      ['no-root-user', 'USER root'],
      ['apt-get-yes', 'apt-get install --yes'],
    ],
  },
  {
    folder: '64-rhel-retail-catalog-CONTROL',
    bugs: [],
    control: [],
    quiet: [
      ['dnf-no-weak-deps', 'dnf --setopt'],
      ['dnf-clean-all', 'dnf --setopt'],
    ],
  },
];

/** Ours in the manner of real projects, for everybody. */
const OWN: readonly Judged[] = [
  {
    folder: 'python-flask-naive',
    bugs: [['no-secret-in-env', 'SECRET_KEY']],
    flags: [
      ['no-root-user', 'FROM python:3.9'],
      ['prefer-slim-base', 'FROM python:3.9'],
      ['copy-manifests-first', 'COPY . /app'],
      ['pip-no-cache-dir', 'pip install'],
      ['exec-form-cmd', 'CMD flask run'],
      ['no-maintainer', 'MAINTAINER'],
      ['no-legacy-env-format', 'ENV FLASK_APP'],
    ],
    quiet: [
      ['*', 'EXPOSE 5000'],
      ['require-image-tag', 'FROM'],
    ],
  },
  {
    folder: 'node-express-naive',
    bugs: [],
    flags: [
      ['require-image-tag', 'FROM node'],
      ['no-root-user', 'FROM node'],
      ['copy-manifests-first', 'npm install'],
      ['exec-form-cmd', 'CMD npm start'],
    ],
    quiet: [['*', 'WORKDIR /usr/src/app']],
  },
  {
    folder: 'java-tomcat-war',
    bugs: [
      ['no-secret-in-env', 'DB_PASSWORD'],
      ['no-expose-host-port', '8080:8080'],
    ],
    flags: [['prefer-copy-over-add', 'ADD target/shop.war']],
    quiet: [['*', 'RUN rm -rf /usr/local/tomcat/webapps/*']],
  },
  {
    folder: 'sudo-user',
    bugs: [],
    flags: [
      ['no-sudo', 'sudo apt-get update'],
      ['apt-get-clean-same-layer', 'sudo apt-get update'],
      ['pip-no-cache-dir', 'pip3 install'],
    ],
    quiet: [
      ['apt-get-yes', 'apt-get install -y git'],
      ['no-sudo', 'apt-get install -y sudo && useradd'],
    ],
  },
  { folder: 'go-scratch', bugs: [], control: [] },
  { folder: 'python-fastapi-uv', bugs: [], control: [] },
  { folder: 'java-gradle-layers', bugs: [], control: [] },
];

const engine = createAnalyzer();
const CASES = [
  ...OWN.map((judged) => [judged, 'own'] as const),
  ...JUDGED.map((judged) => [judged, 'shared'] as const),
];

describe.each(
  CASES.map(([judged, where]) => {
    const root = judgedFolder(where);
    return {
      ...judged,
      root,
      title: root === undefined ? `${judged.folder} (not there: ../shared/gold)` : judged.folder,
    };
  }),
)('$title', ({ folder, root, bugs, flags = [], quiet = [], control }) => {
  if (root === undefined) {
    it.skip('is judged as a reviewer does');
    return;
  }
  const findingsIn = () => {
    const text = readFileSync(join(root, folder, 'Dockerfile'), 'utf8');
    const { findings } = engine.lint(text, { buildContext: readBuildContext(join(root, folder)) });
    return { text, findings };
  };
  function rulesAt(at: string): string[] {
    const { text, findings } = findingsIn();
    const start = text.indexOf(at);
    if (start < 0) throw new Error(`"${at}" is not in the file`);
    const end = start + at.length;
    return findings
      .filter((one) => [one, ...one.related].some(({ span }) => span.start <= end && span.end >= start))
      .map(({ ruleId }) => ruleId);
  }
  it.each([...bugs, ...flags])('%s at %j', (rule, at) => {
    expect(rulesAt(at)).toContain(rule);
  });
  it.each(quiet)('no %s at %j', (rule, at) => {
    if (rule === '*') expect(rulesAt(at)).toEqual([]);
    else expect(rulesAt(at)).not.toContain(rule);
  });
  if (!control) return;
  it('is left alone', () => {
    const { text, findings } = findingsIn();
    const told = findings.filter(
      ({ severity }) => severity === 'warning' || severity === 'error' || severity === 'info',
    );
    expect(told.map(({ ruleId, span }) => `${ruleId}: ${text.slice(span.start, span.end)}`)).toEqual(control);
  });
});
