import { packageNeeds } from '../knowledge/packageNeeds';
import { wordList } from '../text/wordList';
import { dependenciesOf } from './dependencies';
import { readPackageJson } from './packageJson';
import type { Site } from './site';

/**
 * Their install scripts download or select prebuilt binaries, or only print something (package.json of each, 2026-11).
 */
const PREBUILT = wordList`
  @biomejs/biome @nestjs/core @parcel/watcher @prisma/(?:client|engines) @sentry/cli @swc/core @tailwindcss/oxide
  argon2 bcrypt better-sqlite3 bufferutil canvas core-js(?:-pure)? cpu-features dtrace-provider es5-ext esbuild
  fsevents highlight\.js husky lmdb msgpackr-extract msw nx prisma protobufjs sharp simple-git-hooks sqlite3 ssh2
  styled-components unrs-resolver utf-8-validate vue-demi workerd yarn
`;
/** Compiled during installation. */
const COMPILED = wordList`
  deasync ffi-napi grpc hiredis i2c-bus iconv integer kerberos leveldown node-expat node-pty node-sass pcap
  pg-native raw-socket re2 ref-napi robotjs serialport sodium-native usb zeromq
`;

/**
 * An npm package whose install may need a compiler, git or a library of the full image; undefined when there is none.
 */
export function compiledModule(site: Site): string | undefined {
  const named = dependenciesOf(site).filter(({ ecosystem }) => ecosystem === 'npm');
  const found = named.find(
    ({ name }) => COMPILED.test(name) || packageNeeds('npm', name)?.isUnknown || packageNeeds('npm', name)?.headers,
  );
  if (found) return found.name;
  for (const [target, path] of site.copied.files) {
    const [, folder, file] = /^(.*)\/(package(?:-lock)?\.json)$/.exec(target) ?? [];
    if (folder === undefined) continue;
    const name =
      file === 'package.json' ? fetchedByGit(site, folder || '/') : withInstallScript(site.context.read(path) ?? '');
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A dependency that is fetched from a Git repository and built during installation. */
function fetchedByGit(site: Site, folder: string): string | undefined {
  const json = readPackageJson(site, folder);
  return [...(json?.dependencies ?? []), ...(json?.devDependencies ?? [])].find((name) =>
    /^(?:git[+:]|github:|gitlab:|bitbucket:)/.test(json?.versionOf(name) ?? ''),
  );
}

/** npm's lock file records which packages run a script when they are installed. */
function withInstallScript(lock: string): string | undefined {
  for (const match of lock.matchAll(/"hasInstallScript": true/g)) {
    const before = lock.slice(0, match.index);
    const entry = before.slice(before.lastIndexOf('"node_modules/'));
    const name = /^"([^"]+)"/.exec(entry)?.[1]?.split('node_modules/').pop();
    const isOptional = lock.slice(match.index, lock.indexOf('}', match.index)).includes('"optional": true');
    if (name !== undefined && !isOptional && !PREBUILT.test(name)) return name;
  }
  return undefined;
}
