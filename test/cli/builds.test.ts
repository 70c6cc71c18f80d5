import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const STAGES =
  'FROM debian:12-slim AS staging\nUSER root\nCMD ["a"]\nFROM debian:12-slim AS production\nUSER 1000\nCMD ["a"]\n';
const COPY = 'FROM debian:12-slim\nCOPY src/main.py /app/\nUSER 1000\n';

function rulesIn(cwd: string, path: string, ...args: readonly string[]): string[] {
  const { out } = runCli(['lint', path, '--format', 'json', ...args], { cwd });
  return JSON.parse(out).files[0].findings.map(({ rule }: { rule: string }) => rule);
}

function messagesIn(cwd: string, path: string, ...args: readonly string[]): string[] {
  const { out } = runCli(['lint', path, '--format', 'json', ...args], { cwd });
  return JSON.parse(out).files[0].findings.map(({ message }: { message: string }) => message);
}

describe('Compose and Bake files around a Dockerfile', () => {
  it('give the build context', () => {
    const files = { 'docker/Dockerfile': COPY, 'src/main.py': '', 'docker/.git/HEAD': '' };
    expect(rulesIn(folderOf(files), 'docker/Dockerfile')).toContain('require-copy-source');
    const compose = 'services: {web: {build: {context: ., dockerfile: docker/Dockerfile}}}';
    const cwd = folderOf({ ...files, 'compose.yaml': compose });
    expect(rulesIn(cwd, 'docker/Dockerfile')).not.toContain('require-copy-source');
    expect(rulesIn(cwd, 'docker/Dockerfile', '--context', 'docker')).toContain('require-copy-source');
  });

  it('without one of them, what is copied and installed tells it: a lock file and scripts are looked for there', () => {
    const text = 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nUSER node\n';
    const files = {
      'services/api/Dockerfile': text,
      'services/api/package.json': '{"name": "api"}',
      'package.json': '{"scripts": {"build": "tsc"}}',
    };
    const missing = expect.arrayContaining(['require-lock-file', 'no-missing-script']);
    expect(rulesIn(folderOf(files), 'services/api/Dockerfile')).toEqual(missing);
    const cwd = folderOf({ ...files, 'package-lock.json': '{}' });
    expect(rulesIn(cwd, 'services/api/Dockerfile', '--context', 'services/api')).toEqual(missing);
    const found = rulesIn(cwd, 'services/api/Dockerfile');
    expect(found.filter((rule) => /lock-file|missing-script/.test(rule))).toEqual([]);
    const { out } = runCli(['optimize', '--diff', 'services/api/Dockerfile'], { cwd });
    expect(out).toContain('b/.dockerignore');
  });

  it('give each its own when they do not agree: a finding names the service whose context lacks the file', () => {
    const compose = 'services: {a: {build: {dockerfile: docker/Dockerfile}}, b: {build: docker}}';
    const cwd = folderOf({ 'docker/Dockerfile': COPY, 'docker/src/x': '', 'src/main.py': '', 'compose.yaml': compose });
    expect(messagesIn(cwd, 'docker/Dockerfile')).toEqual([expect.stringMatching(/src\/main\.py.* \(service b\)$/)]);
    expect(messagesIn(cwd, 'docker/Dockerfile', '--context', '.')).toEqual([]);
  });

  it('give none where one of them is outside of the project: nothing is said of files that may be there', () => {
    const compose =
      'services: {a: {build: {dockerfile: docker/Dockerfile}}, b: {build: {context: .., dockerfile: x/docker/Dockerfile}}}';
    const cwd = folderOf({ 'x/docker/Dockerfile': COPY, 'x/src/main.py': '', 'x/compose.yaml': compose });
    expect(messagesIn(join(cwd, 'x'), 'docker/Dockerfile')).toEqual([]);
  });

  it('give the platform: an image that only one of them is for', () => {
    const text = [
      'FROM debian:12-slim AS base-amd64',
      'USER root',
      'FROM debian:12-slim AS base-arm64',
      'USER 1000',
      'FROM base-$TARGETARCH',
      'CMD ["a"]',
      '',
    ].join('\n');
    const bake = (platforms: string) => `target "app" { platforms = [${platforms}] }`;
    const roots = (platforms: string) => {
      const cwd = folderOf({ Dockerfile: text, 'docker-bake.hcl': bake(platforms) });
      return messagesIn(cwd, 'Dockerfile').filter((message) => /root/.test(message));
    };
    expect(roots('"linux/amd64"')).toEqual([expect.not.stringContaining('target app')]);
    expect(roots('"linux/arm64"')).toEqual([]);
    expect(roots('"linux/amd64", "linux/arm64"')).toEqual([expect.stringMatching(/\(target app linux\/amd64\)$/)]);
  });

  it('give the stage that is built; the configuration and --target win', () => {
    const bake = 'target "web" { target = "staging" }';
    const cwd = folderOf({ Dockerfile: STAGES, 'docker-bake.hcl': bake });
    expect(rulesIn(cwd, 'Dockerfile')).toContain('no-root-user');
    expect(rulesIn(cwd, 'Dockerfile', '--target', 'production')).not.toContain('no-root-user');
    const configured = { '.dockerfile-optimizer.yaml': 'targetStage: production\n' };
    const other = folderOf({ Dockerfile: STAGES, 'docker-bake.hcl': bake, ...configured });
    expect(rulesIn(other, 'Dockerfile')).not.toContain('no-root-user');
  });

  it('give values of ARG', () => {
    const text = 'ARG IMAGE\nFROM $IMAGE\nUSER 1000\n';
    const compose = 'services: {web: {build: {context: app, args: {IMAGE: "openjdk:17"}}}}';
    const cwd = folderOf({ 'app/Dockerfile': text, 'compose.yaml': compose });
    expect(rulesIn(cwd, 'app/Dockerfile')).toContain('no-deprecated-image');
    expect(rulesIn(cwd, 'app/Dockerfile', '--rule', 'no-deprecated-image=off')).not.toContain('no-deprecated-image');
  });

  it('name contexts, which are no images', () => {
    const text = 'FROM app\nCOPY --from=assets /a /a\n';
    const rules = ['--rule', 'no-unknown-copy-from=warning', '--rule', 'require-user=warning'];
    const cwd = folderOf({ Dockerfile: text });
    expect(rulesIn(cwd, 'Dockerfile', ...rules)).toEqual(
      expect.arrayContaining(['require-image-tag', 'require-user', 'no-unknown-copy-from']),
    );
    const compose =
      'services: {web: {build: {context: ., additional_contexts: {app: "service:app", assets: ../assets}}}}';
    const named = folderOf({ Dockerfile: text, 'compose.yaml': compose });
    expect(rulesIn(named, 'Dockerfile', ...rules)).toEqual([]);
  });

  it('give none outside of the project: nothing is listed or written there', () => {
    const cwd = folderOf({
      'project/Dockerfile': COPY,
      'project/compose.yaml': 'services: {a: {build: {context: .., dockerfile: project/Dockerfile}}}',
      'src/other.py': '',
    });
    expect(rulesIn(join(cwd, 'project'), 'Dockerfile')).not.toContain('require-copy-source');
    expect(rulesIn(cwd, 'project/Dockerfile')).toContain('require-copy-source');
  });

  it('are looked for up to the current folder', () => {
    const compose = 'services: {web: {build: {context: inner/app, target: staging}}}';
    const cwd = folderOf({ 'inner/app/Dockerfile': STAGES, 'compose.yaml': compose });
    expect(rulesIn(cwd, 'inner/app/Dockerfile')).toContain('no-root-user');
    expect(rulesIn(join(cwd, 'inner'), 'app/Dockerfile')).not.toContain('no-root-user');
  });

  it('say where files of a plan are written', () => {
    const text = 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n';
    const cwd = folderOf({
      'docker/Dockerfile': text,
      'compose.yaml': 'services: {web: {build: {context: ., dockerfile: docker/Dockerfile}}}',
      'package.json': '{}',
      'package-lock.json': '{}',
      'a.js': '',
      '.git/HEAD': '',
    });
    expect(runCli(['optimize', '--write', 'docker/Dockerfile'], { cwd }).code).toBe(0);
    expect(existsSync(join(cwd, '.dockerignore'))).toBe(true);
    expect(existsSync(join(cwd, 'docker/.dockerignore'))).toBe(false);
  });
});
