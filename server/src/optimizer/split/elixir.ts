import { absolutePath, workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startLines } from '../../app/start/startLines';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import type { Split } from './compose';
import { insideOf } from './dataCopies';
import { elixirRelease } from './elixirRelease';
import { type LanguageKind, splitInterpreted } from './interpreted';
import { libraryRisk } from './libraryRisk';
import { bringsNode, isNode } from './nodeBeside';
import { actsWithin } from './ownFiles';
import { writtenImage } from './runtimeImage';

/**
 * Elixir with Mix: the program is compiled in the full image, with compilers and Git, and runs on the slim image with
 * the same tag, which has the same Erlang on the same Debian.
 */
export function splitElixir(site: Site): Split | Guard | undefined {
  const { stage, facts } = site;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  if (stage.base.kind !== 'image' || stage.base.image.name !== 'elixir') return undefined;
  const build = runs.findLast(({ script }) =>
    script?.commands.some((command) => command.name === 'mix' && elixirKind(command) === 'build'),
  );
  // Another stage compiles it.
  if (!build) return stage.index === 0 ? refuse('no RUN compiles a program with Mix') : undefined;
  const runtimeImage = facts.distro === 'alpine' ? writtenImage(site) : slimImage(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const workdir = workdirAt(build);
  const starts = startLines(site);
  if (starts.length === 0) return refuse('nothing is started, so other images may be built from this one');
  if (workdir === '/') return refuse('the program is in `/`, next to system files: give it its own WORKDIR');
  const start = starts.join('\n');
  const usesNode = runs.some(({ script }) => script?.commands.some(isNode));
  if (usesNode && hasWatchers(site, build))
    return refuse('Node.js builds the assets while the program runs: set MIX_ENV=prod to leave Node.js out');
  const mixTasks = runs.some(({ script }) =>
    script?.commands.some((one) => isMixTask(one) && elixirKind(one) === 'stay'),
  );
  const made = mixTasks ? undefined : elixirRelease(site, workdir);
  const release = made?.folder ?? /\b_build\/prod\/rel\/[\w-]+/.exec(start)?.[0];
  if (release === undefined && /\bmix\b/.test(start) && !runs.some(({ script }) => script?.commands.some(isMixSetup)))
    return refuse('Mix looks for Hex each time it starts: install it with `mix local.hex --force`');
  const output = release === undefined ? workdir : absolutePath(release, workdir);
  const isBefore = (node: Instruction) => node.span.start < build.span.start;
  return splitInterpreted(
    { ...site, facts: { ...facts, variant: facts.variant ?? 'full' } },
    {
      language: 'Elixir',
      runtimeImage,
      builderComment:
        release === undefined ? phrase('Build stage: compile the app') : phrase('Build stage: compile the release'),
      kindOf: (command) => (release !== undefined && isMixSetup(command) ? 'build' : elixirKind(command)),
      artefacts: [],
      outputs: [{ path: output }],
      copyInFinal: (node) => (isBefore(node) ? insideOf(site, node, workdir) : undefined),
      isInOutputs: (node) =>
        isBefore(node) &&
        (node.script?.commands ?? []).every((command) => actsWithin(command, node, workdir, isMixTask)),
      ...(made && {
        epilogue: ['RUN mix release'],
        startFinal: (node: Instruction) => (node === made.node ? made.start : undefined),
      }),
      ...(usesNode && release === undefined ? { epilogue: [`RUN rm -rf ${workdir}/assets/node_modules`] } : {}),
      libraries: [],
      buildOnly: usesNode || (release !== undefined && !rendersWithNode(site)) ? FOR_ASSETS : [],
      isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0 || release !== undefined,
      risk: made
        ? phrase('A release has no Mix: call `bin/… eval` for what tasks such as `mix ecto.migrate` do.')
        : libraryRisk(site, runtimeImage),
    },
  );
}

/** Packages that build the assets, and reload them during development. */
const FOR_ASSETS = ['nodejs', 'npm', 'yarn', 'yarnpkg', 'inotify-tools'];

/** A library or a source starts Node.js while the program runs, for instance to render pages. */
function rendersWithNode({ copied, context }: Site): boolean {
  return [...copied.files.values()].some(
    (path) =>
      /(?:^|\/)mix\.exs$|\.exs?$/.test(path) &&
      /:nodejs\b|\blive_(?:svelte|vue|react)\b|\breact_render\b|"(?:node|npx|npm)"/.test(context.read(path) ?? ''),
  );
}

/** Every tag of the official image also exists with the suffix `-slim` (erlef/docker-elixir, 2026-11). */
function slimImage(site: Site): string | undefined {
  const { base } = site.stage;
  if (base.kind !== 'image' || !base.image.isLiteral || base.image.digest !== undefined) return undefined;
  const written = writtenImage(site);
  const { tag } = base.image;
  if (tag === undefined) return `${written}:slim`;
  if (tag === 'latest') return written.replace(/latest$/, 'slim');
  if (tag.endsWith('slim')) return written;
  return /^(?:\d[\d.]*(?:-otp-\d+)?|otp-\d+)$/.test(tag) ? `${written}-slim` : undefined;
}

/** In development, Phoenix starts the programs in `watchers`. */
function hasWatchers({ context }: Site, build: Instruction): boolean {
  const isProduction = build.resolve('MIX_ENV')?.value === 'prod';
  return !isProduction && /watchers:\s*\[\s*(?:node|npm|npx|yarn)\b/.test(context.read('config/dev.exs') ?? '');
}

/** `mix local.hex --force`: needed whenever Mix runs. */
function isMixSetup({ name, words }: ShellCommand): boolean {
  const plain = words.map(({ value }) => value.replace(/,$/, ''));
  return name === 'mix' && plain.every((word) => /^(?:mix|do|\+|--?\w[\w-]*|local\.(?:hex|rebar))$/.test(word));
}

/** Mix at work on the program. */
function isMixTask(command: ShellCommand): boolean {
  return command.name === 'mix' && !isMixSetup(command);
}

function elixirKind(command: ShellCommand): LanguageKind | undefined {
  if (isNode(command) || bringsNode(command)) return 'build';
  if (command.name !== 'mix') return undefined;
  if (isMixSetup(command)) return 'stay';
  const words = command.words.map(({ value }) => value.replace(/,$/, ''));
  if (
    words.some((word) =>
      /^(?:deps|compile|release|phx\.digest|phoenix\.digest|assets|sass|esbuild|tailwind|do)\b/.test(word),
    )
  )
    return 'build';
  return words[1] === 'test' || words[1] === 'credo' || words[1] === 'dialyzer' ? 'check' : 'stay';
}
