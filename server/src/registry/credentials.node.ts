import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../system/findProgram';
import { recordOf } from '../text/jsonValue';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Instead of a password: a token that is exchanged for other tokens. */
  readonly identityToken?: string;
}

const HELPER_TIMEOUT_MS = 10_000;
/** Docker Hub has its old name there. */
const HUB_KEYS = ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io'];

/**
 * The credentials that `docker login` saved for a registry: in Docker's config.json, or in the program that it names.
 * Programs are only started in trusted workspaces.
 */
export async function credentialsFor(host: string, isTrusted: boolean): Promise<Credentials | undefined> {
  const config = readConfig();
  if (!config) return undefined;
  const keys = host === 'registry-1.docker.io' ? HUB_KEYS : [host, `https://${host}`, `http://${host}`];
  const helpers = recordOf(config['credHelpers']) ?? {};
  const helper = keys.map((key) => helpers[key]).find((name) => typeof name === 'string') ?? config['credsStore'];
  if (typeof helper === 'string' && /^[\w-]+$/.test(helper) && isTrusted) {
    for (const key of keys) {
      const found = await askHelper(helper, key);
      if (found) return found;
    }
  }
  const auths = recordOf(config['auths']) ?? {};
  for (const key of keys) {
    const found = fromEntry(recordOf(auths[key]) ?? {});
    if (found) return found;
  }
  return undefined;
}

function readConfig(): Record<string, unknown> | undefined {
  const folder = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  try {
    return recordOf(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))) ?? {};
  } catch {
    return undefined;
  }
}

function fromEntry({ auth, identitytoken }: Record<string, unknown>): Credentials | undefined {
  if (typeof auth !== 'string') return undefined;
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth, 'base64').toString('utf8')) ?? [];
  if (username === undefined || password === undefined) return undefined;
  return { username, password, ...(typeof identitytoken === 'string' ? { identityToken: identitytoken } : {}) };
}

/** https://github.com/docker/docker-credential-helpers#development */
function askHelper(helper: string, key: string): Promise<Credentials | undefined> {
  const program = findProgram(`docker-credential-${helper}`);
  if (program === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = execFile(
      program,
      ['get'],
      { timeout: HELPER_TIMEOUT_MS, windowsHide: true, maxBuffer: 1024 * 1024 },
      (error, stdout) => {
        if (error) return resolve(undefined);
        try {
          const { Username, Secret } = JSON.parse(stdout) as Record<string, unknown>;
          if (typeof Username !== 'string' || typeof Secret !== 'string') return resolve(undefined);
          resolve({
            username: Username,
            password: Secret,
            ...(Username === '<token>' ? { identityToken: Secret } : {}),
          });
        } catch {
          resolve(undefined);
        }
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(key);
  });
}
