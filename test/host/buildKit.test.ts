import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasBuildKit } from '../../server/src/host/buildKit.node';

describe('hasBuildKit', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'buildkit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function put(name: string): void {
    mkdirSync(join(folder, 'cli-plugins'), { recursive: true });
    writeFileSync(join(folder, 'cli-plugins', name), '');
  }

  it('looks for the plugin where Docker is configured', () => {
    put('docker-buildx');
    const env = { DOCKER_CONFIG: folder };
    expect(hasBuildKit({ env, home: folder, platform: 'linux' })).toBe(true);
    expect(hasBuildKit({ env: { ...env, DOCKER_BUILDKIT: '0' }, home: folder, platform: 'linux' })).toBe(false);
  });

  it('looks for the plugin of Windows', () => {
    const machine = { env: { DOCKER_CONFIG: folder, ProgramData: folder, ProgramFiles: folder }, home: folder };
    expect(hasBuildKit({ ...machine, platform: 'win32' })).toBe(false);
    put('docker-buildx.exe');
    expect(hasBuildKit({ ...machine, platform: 'win32' })).toBe(true);
  });
});
