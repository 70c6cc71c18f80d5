import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Docker looks for its plugins and where its installers put them: github.com/docker/cli, cli-plugins/manager, and
 * the folders of Docker Desktop and Homebrew, 2026-11.
 */
function pluginFolders({ env, home, platform }: Machine): string[] {
  const own = join(env['DOCKER_CONFIG'] ?? join(home, '.docker'), 'cli-plugins');
  if (platform === 'win32') {
    const data = env['ProgramData'] ?? 'C:\\ProgramData';
    const programs = env['ProgramFiles'] ?? 'C:\\Program Files';
    return [
      own,
      join(data, 'Docker', 'cli-plugins'),
      join(programs, 'Docker', 'cli-plugins'),
      join(programs, 'Docker', 'Docker', 'resources', 'cli-plugins'),
    ];
  }
  const shared = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec', '/opt/homebrew/lib'];
  return [
    own,
    ...shared.map((folder) => `${folder}/docker/cli-plugins`),
    '/Applications/Docker.app/Contents/Resources/cli-plugins',
  ];
}

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
}

/** Docker builds with BuildKit if the plugin is installed. Checks for the file, because nothing may be started. */
export function hasBuildKit(
  machine: Machine = { env: process.env, home: homedir(), platform: process.platform },
): boolean {
  if (machine.env['DOCKER_BUILDKIT'] === '0') return false;
  const name = machine.platform === 'win32' ? 'docker-buildx.exe' : 'docker-buildx';
  return pluginFolders(machine).some((folder) => existsSync(join(folder, name)));
}
