import { describe, expect, it } from 'vitest';
import type { OptimizerPlan } from '../../../server/src/optimizer/plan';
import { guardOf, planFor } from '../../helpers/plan';

/** Packages that the last stage installs. */
function installed({ after }: OptimizerPlan): string[] {
  const final = after.slice(after.lastIndexOf('\nFROM '));
  const list = /apt-get install -y --no-install-recommends ([^\n\\]+)/.exec(final)?.[1] ?? '';
  return list.trim().split(/\s+/).filter(Boolean);
}

const PYTHON = `FROM python:3.11
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
`;

function python(files: Readonly<Record<string, string>>, dockerfile = PYTHON): string[] {
  return installed(planFor(dockerfile, { 'requirements.txt': 'flask==3.0\n', 'app.py': 'print(1)\n', ...files }));
}

describe('programs that the final stage needs', () => {
  it('are those that sources call', () => {
    expect(python({ 'app.py': 'import subprocess\nsubprocess.run("xz -dc a | file -", shell=True)\n' })).toEqual([
      'file',
      'xz-utils',
    ]);
    expect(python({ 'app.py': 'import subprocess\nCMD = ["git", "log"]\nsubprocess.run(CMD)\n' })).toContain('git');
  });

  it('are none of words in comments, settings and documentation', () => {
    expect(
      python({
        'app.py': '# make a patch of the file\nimport os\nos.getcwd()\n',
        'app.conf': '# the file to make\nname = file\n',
        'deploy.sh': '#!/bin/sh\n# nobody calls this one\ncurl x | git apply\n',
        'README.md': 'git clone\n',
      }),
    ).toEqual([]);
  });

  it('are those of packages that call some', () => {
    expect(python({ 'requirements.txt': 'GitPython==3.1\n' })).toEqual(['git']);
    // `pip freeze` lists GitPython with Streamlit, which does without git.
    const frozen = { 'requirements.txt': 'GitPython==3.1\ngitdb==4.0\nstreamlit==1.40\n' };
    expect(python(frozen)).toEqual([]);
    expect(python({ ...frozen, 'repository.py': 'from git import Repo\n' })).toEqual(['git']);
    expect(python({ 'requirements.txt': 'pydriller\n' })).toContain('git');
    expect(python({ 'requirements.txt': 'flask\n', 'requirements-dev.txt': 'pre-commit\n' })).toEqual([]);
  });

  it('are no Python that only node-gyp calls', () => {
    const dockerfile = (tools: string) =>
      `FROM node:20-slim\nRUN apt-get update && apt-get install -y sqlite3 ${tools} && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n`;
    const files = {
      'package.json': '{"dependencies": {"better-sqlite3": "12"}}',
      'package-lock.json': '{}',
      'a.js': "import Database from 'better-sqlite3';\n",
    };
    expect(installed(planFor(dockerfile('python3 make g++'), files))).toEqual(['sqlite3']);
    const calling = { ...files, 'a.js': "import { spawn } from 'node:child_process';\nspawn('python3', ['a.py']);\n" };
    expect(installed(planFor(dockerfile('python3 make g++'), calling)).toSorted()).toEqual(['python3', 'sqlite3']);
  });

  it('are those of scripts that are started', () => {
    const dockerfile = PYTHON.replace('["python", "app.py"]', '["./run.sh"]');
    expect(python({ 'run.sh': '#!/bin/sh\ncurl -f x\nexec python app.py\n' }, dockerfile)).toContain('curl');
  });

  it.each([
    ['the Dockerfile', {}, PYTHON.replace('CMD', 'HEALTHCHECK CMD curl -f http://localhost || exit 1\nCMD')],
    [
      'the Dockerfile in exec form',
      {},
      PYTHON.replace('CMD', 'HEALTHCHECK CMD ["curl", "-f", "http://localhost"]\nCMD'),
    ],
    [
      'a Compose file',
      {
        'docker-compose.yml':
          'services:\n  app:\n    build: .\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost"]\n  db:\n    image: postgres\n    healthcheck:\n      test: wget x\n',
        '.dockerignore': 'docker-compose.yml\n',
      },
      PYTHON,
    ],
    [
      'a Compose file that another one extends',
      {
        'docker-compose.yml':
          'services:\n  app:\n    extends:\n      file: docker/compose.common.yml\n      service: app\n    build: .\n',
        'docker/compose.common.yml': 'services:\n  app:\n    healthcheck:\n      test: curl -f http://localhost\n',
      },
      PYTHON,
    ],
    [
      'a Kubernetes manifest',
      {
        'k8s/app.yaml':
          'kind: Deployment\nspec:\n  containers:\n    - livenessProbe:\n        exec:\n          command:\n            - curl\n            - -f\n            - http://localhost\n',
      },
      PYTHON,
    ],
  ])('are those of health checks in %s', (_, files, dockerfile) => {
    expect(python(files, dockerfile)).toEqual(['curl']);
  });
});

describe('packages that the author named', () => {
  const debian = (start: string) =>
    `FROM debian:bookworm\nRUN apt-get update && apt-get install -y --no-install-recommends curl git make && rm -rf /var/lib/apt/lists/*\nCOPY . /app\nWORKDIR /app\n${start}\n`;

  it.each([
    'CMD ["sleep", "infinity"]',
    'CMD tail -f /dev/null',
    'CMD ["bash"]',
    'CMD ["/usr/sbin/sshd", "-D"]',
    'CMD ["/opt/tool/run"]',
    'CMD ["make", "serve"]',
    'ENTRYPOINT ["supervisord", "-n"]',
  ])('stay where %s runs', (start) => {
    const { after } = planFor(debian(start), { 'a.txt': '' });
    expect(after).toMatch(/curl git make/);
  });

  it('go where nothing that is started calls them', () => {
    const { after } = planFor(debian('CMD ["./run.sh"]'), { 'run.sh': '#!/bin/sh\nexec git daemon\n' });
    expect(after).toContain('install -y --no-install-recommends git');
    expect(after).not.toMatch(/curl|make/);
  });

  it('are not asked after where a person works', () => {
    const dockerfile = PYTHON.replace('["python", "app.py"]', '["sleep", "infinity"]');
    expect(guardOf(planFor(dockerfile, { 'requirements.txt': 'flask\n', 'app.py': '' }), 'multi-stage')).toBe(
      '`sleep` is meant for interactive use in the container, so any package may be needed',
    );
  });

  it('keeps the image of a daemon that is started with the program', () => {
    const naive =
      'FROM python:3.12-bookworm\nRUN apt-get update && apt-get install -y default-mysql-server gcc\nWORKDIR /app\nCOPY . .\nRUN pip install flask\nCMD service mariadb start && python app.py\n';
    const plan = planFor(naive, { 'app.py': '' });
    expect(guardOf(plan, 'multi-stage')).toContain('`service` starts a daemon');
    expect(plan.after).toContain('FROM python:3.12-bookworm\n');
  });
});
