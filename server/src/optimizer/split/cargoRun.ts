import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import type { Started } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { type Guard, isGuard, refuse } from '../transform';
import { binariesBelow } from './cargoBuilds';
import { callAtStart, missingSources, startOf } from './compiledAtStart';

/** A `cargo run` at start, moved into the build. */
export interface CargoRun {
  readonly program: { readonly from: string; readonly to: string };
  readonly build: readonly string[];
  readonly start: ReadonlyMap<Instruction, string>;
}

/** Compiles the program that `cargo run` would compile at each start; undefined if nothing is started that way. */
export function cargoRunStart(site: Site, started: Started): CargoRun | Guard | undefined {
  const call = callAtStart(site, started, 'cargo');
  if (call === undefined || isGuard(call)) return call;
  const { words } = call;
  let at = 2;
  for (; words[at]?.value.startsWith('-') && words[at]?.value !== '--'; at++)
    if (/^(?:--bin|-p|--package|--features|-F|--profile)$/.test(words[at]?.value ?? '')) at++;
  const options = words.slice(2, at).map(({ value }) => value);
  if (options.some((option) => /^--(?:manifest-path|target|target-dir|example)/.test(option)))
    return refuse('cannot determine what `cargo run` starts');
  if (words[at]?.value === '--') at++;
  const workdir = workdirAtEnd(site.stage.instructions);
  const manifest = site.copied.files.get(absolutePath('Cargo.toml', workdir));
  if (manifest === undefined) return missingSources(site);
  if (sourcesOf(site)?.some(({ text }) => /\bvar(?:_os)?\("CARGO_/.test(text)))
    return refuse('the program reads variables that cargo sets at run time');
  const text = site.context.read(manifest) ?? '';
  const names = binariesBelow(site, workdir);
  const [, usual] = /^default-run\s*=\s*["']([\w-]+)/m.exec(text) ?? [];
  const chosen =
    valueOf(options, /^--bin$/) ??
    usual ??
    valueOf(options, /^(?:-p|--package)$/) ??
    (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined || !names.includes(chosen))
    return refuse('cannot determine which program `cargo run` starts: name it with --bin');
  const profile =
    valueOf(options, /^--profile$/) ??
    (options.some((option) => /^(?:-r|--release)$/.test(option)) ? 'release' : 'debug');
  const build = ['cargo build', ...options].join(' ');
  const isDone = site.stage.instructions.some(
    ({ keyword, script }) =>
      keyword === 'RUN' &&
      script?.commands.some(({ words: done }) => done.map(({ value }) => value).join(' ') === build),
  );
  return {
    program: {
      from: `${workdir === '/' ? '' : workdir}/target/${profile === 'dev' ? 'debug' : profile}/${chosen}`,
      to: `/usr/local/bin/${chosen}`,
    },
    build: isDone ? [] : [`RUN ${build}`],
    start: new Map([[call.node, startOf(site, call, at, chosen)]]),
  };
}

function valueOf(options: readonly string[], name: RegExp): string | undefined {
  const at = options.findIndex((option) => name.test(option));
  return at < 0 ? undefined : options[at + 1];
}
