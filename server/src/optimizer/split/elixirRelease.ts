import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { startInstructions } from '../../app/start/startInstructions';
import type { Instruction } from '../../dockerfile/model';
import { anyOf } from '../../text/pattern';
import { editedSource } from './compose';

/** A release in place of Mix, which would start the program from its sources. */
export interface ElixirRelease {
  /** Where `mix release` puts it. */
  readonly folder: string;
  readonly node: Instruction;
  /** The instructions that start it. */
  readonly start: string;
}

const BY_MIX = /^mix (?:phx\.server|run --no-halt|run --no-start --no-halt)$/;

/** What is read when the program is compiled, although it is meant for the start. */
const READS_ENVIRONMENT = /\bSystem\.(?:get_env|fetch_env!?)\b|\{:system,/;

/** What a release has not: Mix, and the folders of the project as the working directory. */
const NEEDS_PROJECT = anyOf(
  /\bMix\.[a-zA-Z]/,
  /\b(?:File|Path|Code)\.\w{1,30}[!?]?\(\s{0,4}["'](?![/"'])/,
  /["'](?:\.\/)?(?:priv|lib|config|_build|deps)\//,
);

/**
 * `mix phx.server` and `mix run` as a release, the way Phoenix deploys: https://hexdocs.pm/phoenix/releases.html
 * (2026-11). Undefined unless the settings and sources show that the release starts the same.
 */
export function elixirRelease(site: Site, workdir: string): ElixirRelease | undefined {
  const { stage, context, copied, services, dockerfile } = site;
  const [started, ...others] = startedCommands(site).commands;
  const [node, ...nodes] = startInstructions(stage);
  const call = started?.words.map(({ value }) => value).join(' ') ?? '';
  if (!node || nodes.length > 0 || others.length > 0 || started?.node !== node || !BY_MIX.test(call)) return undefined;
  if (node.resolve('MIX_ENV')?.value !== 'prod' || isOld(site) || services.some(({ starts }) => starts.length > 0))
    return undefined;
  const paths = new Map(
    [...copied.files].flatMap(([place, path]) =>
      place.startsWith(`${workdir}/`) ? [[place.slice(workdir.length + 1), path]] : [],
    ),
  );
  const read = (file: string) => context.read(paths.get(file) ?? '') ?? '';
  const project = read('mix.exs');
  const name = /\bapp:[ \t]{0,9}:(\w{1,100})/.exec(project)?.[1];
  if (name === undefined || /\bapps_path:|\breleases:/.test(project) || !/\bmod:/.test(project)) return undefined;
  const settings = [...paths.keys()]
    .filter((file) => /^config\/(?!(?:dev|test|runtime|releases)\b).*\.exs$/.test(file))
    .map(read)
    .join('\n');
  const sources = [...paths.keys()].filter((file) => /^lib\/(?!mix\/).*\.ex$/.test(file)).map(read);
  if (READS_ENVIRONMENT.test(settings) || sources.some((text) => NEEDS_PROJECT.test(text))) return undefined;
  const runtime = read('config/runtime.exs');
  const isSwitched = runtime.includes('PHX_SERVER');
  if (call.includes('phx') && !isSwitched && !/\bserver:[ \t]{0,9}true\b/.test(settings + runtime)) return undefined;
  const isSet = stage.instructions.some(({ pairs }) => pairs.some((pair) => pair.name === 'PHX_SERVER'));
  const folder = absolutePath(`_build/prod/rel/${name}`, workdir);
  const list = JSON.stringify([`${folder}/bin/${name}`, 'start']).replace(',', ', ');
  return {
    folder,
    node,
    start: [
      ...(call.includes('phx') && isSwitched && !isSet ? ['ENV PHX_SERVER=true'] : []),
      editedSource(dockerfile, node, [{ span: node.body, newText: list }]),
    ].join('\n'),
  };
}

/** `mix release` came with Elixir 1.9. */
function isOld({ stage: { base } }: Site): boolean {
  return base.kind === 'image' && /^1\.[0-8](?!\d)/.test(base.image.tag ?? '');
}
