import { folderOf } from '../../app/commandFolder';
import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { Instruction } from '../../dockerfile/model';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';

const CARGO_BIN = '/usr/local/cargo/bin';

/** The results of a stage's cargo commands. */
export interface CargoBuilds {
  readonly made: readonly string[];
}

/** The subcommand, after a toolchain such as `+nightly`. */
export function cargoSubcommand({ words }: Pick<ShellCommand, 'words'>): string | undefined {
  return words.find(({ value }, index) => index > 0 && !value.startsWith('+'))?.value;
}

export function isCargoBuild(command: ShellCommand): boolean {
  return command.name === 'cargo' && /^(?:build|b|install)$/.test(cargoSubcommand(command) ?? '');
}

export function cargoBuilds(site: Site): CargoBuilds | Guard {
  const made: string[] = [];
  for (const run of site.stage.instructions) {
    for (const command of run.keyword === 'RUN' ? (run.script?.commands ?? []) : []) {
      if (!isCargoBuild(command)) continue;
      const folder = folderOf(run, command);
      if (folder === undefined) return refuse('cannot determine where cargo writes the program');
      const found =
        cargoSubcommand(command) === 'install'
          ? installed(site, run, command, folder)
          : built(site, run, command, folder);
      if (!found) return refuse('cannot determine where cargo writes the program');
      made.push(...found);
    }
  }
  return { made };
}

function built(site: Site, run: Instruction, command: ShellCommand, folder: string): string[] | undefined {
  const target = targetFolder(site, run, command, folder);
  const { option } = readOptions(command);
  const manifest = option('--manifest-path')?.value;
  const start = manifest === undefined ? folder : absolutePath(manifest, folder).replace(/\/[^/]*$/, '');
  const names = option('--bin')?.value;
  return target === undefined
    ? undefined
    : (names === undefined ? binariesBelow(site, start) : [names]).map((name) => `${target}/${name}`);
}

/** `/app/target/release`: the output directory of a workspace's profile. */
export function targetFolder(site: Site, run: Instruction, command: ShellCommand, folder: string): string | undefined {
  const { option, has } = readOptions(command);
  const valueOf = (name: string) => {
    const own = command.assignments.find((one) => one.name === name);
    return own ? own.value : run.resolve(name)?.value;
  };
  const written = option('--target-dir')?.value ?? valueOf('CARGO_TARGET_DIR') ?? 'target';
  const manifest = option('--manifest-path')?.value;
  const start = manifest === undefined ? folder : absolutePath(manifest, folder).replace(/\/[^/]*$/, '');
  const platform = option('--target')?.value ?? valueOf('CARGO_BUILD_TARGET');
  if ([written, platform ?? ''].some((value) => value.includes('$'))) return undefined;
  const profile = option('--profile')?.value ?? (has('--release', '-r') ? 'release' : 'debug');
  const parts = [written, ...(platform === undefined ? [] : [platform]), profile === 'dev' ? 'debug' : profile];
  return absolutePath(parts.join('/'), written === 'target' ? workspaceOf(site, start) : folder);
}

/** The directory of the workspace that a package belongs to, or its own. */
function workspaceOf({ copied, context }: Site, start: string): string {
  let workspace = start;
  for (let folder = start; folder !== ''; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const path = copied.files.get(`${folder}/Cargo.toml`);
    if (path !== undefined && /^\[workspace/m.test(context.read(path) ?? '')) workspace = folder;
  }
  return workspace;
}

function installed(site: Site, run: Instruction, command: ShellCommand, folder: string): string[] | undefined {
  const { option } = readOptions(command);
  const path = option('--path')?.value;
  // Third-party tools only serve the build.
  if (path === undefined) return [];
  const root = option('--root')?.value ?? run.resolve('CARGO_INSTALL_ROOT')?.value;
  const home = run.resolve('CARGO_HOME')?.value;
  const bin =
    root === undefined ? (home === undefined ? CARGO_BIN : `${home}/bin`) : absolutePath(`${root}/bin`, folder);
  const name = option('--bin')?.value;
  if (bin.includes('$')) return undefined;
  return (name === undefined ? binariesBelow(site, absolutePath(path, folder)) : [name]).map((one) => `${bin}/${one}`);
}

/** Names of the programs of all packages in a directory and below it. */
export function binariesBelow({ copied, context }: Site, folder: string): string[] {
  const names = new Set<string>();
  const inside = folder === '/' ? '/' : `${folder}/`;
  for (const [target, path] of copied.files) {
    if (!target.startsWith(inside) || !target.endsWith('/Cargo.toml')) continue;
    const text = context.read(path) ?? '';
    const root = target.slice(0, -'Cargo.toml'.length);
    const [, own] = /^name[ \t]{0,8}=[ \t]{0,8}["']([\w-]+)["']/m.exec(tableOf(text, '[package]')) ?? [];
    if (own !== undefined) names.add(own);
    for (const table of text.split('[[bin]]').slice(1)) {
      const [, name] = /^[ \t]{0,8}name[ \t]{0,8}=[ \t]{0,8}["']([\w-]+)["']/m.exec(tableOf(table, '')) ?? [];
      if (name !== undefined) names.add(name);
    }
    for (const file of copied.files.keys()) {
      if (!file.startsWith(`${root}src/bin/`)) continue;
      const [, name] = /^([\w-]+)(?:\.rs|\/main\.rs)$/.exec(file.slice(root.length + 'src/bin/'.length)) ?? [];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names];
}

/** The lines under a heading, up to the next one. */
function tableOf(text: string, heading: string): string {
  const at = text.indexOf(heading);
  return at < 0 ? '' : (text.slice(at + heading.length).split('\n[')[0] ?? '');
}
