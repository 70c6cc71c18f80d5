import type { BuildContext } from '../engine/buildContext';
import { readOptions } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { ManifestInstall } from './manifestInstall';

/** A language's installer that reads a manifest and its lock file. */
interface LockedTool {
  /** The tool and its subcommand. */
  readonly calls: readonly string[];
  readonly manifest: RegExp;
  /** The files that it needs, if the context has them and the first does not match `local`; undefined: advice only. */
  readonly files?: readonly [string, ...string[]];
  /** Settings that it reads if they exist. */
  readonly settings?: readonly string[];
  /** Matches a manifest that refers to other files of the project. */
  readonly local?: RegExp;
  /** A manifest that matches it needs this file too: without it, the first install changes files of the project. */
  readonly locks?: { readonly sign: RegExp; readonly file: string };
  /** Without these options, it also reads the sources. */
  readonly needs?: readonly string[];
  /** Files that it also reads, with what they name. */
  readonly alsoReads?: readonly string[];
  /** Tests for a manifest of which only the dependencies are ever installed. */
  readonly isApplication?: (manifest: string) => boolean;
}

const TOOLS: readonly LockedTool[] = [
  {
    calls: ['go mod download'],
    manifest: /go\.(?:mod|sum|\*)$/,
    files: ['go.mod', 'go.sum'],
    local: /^[ \t]*replace\b|=>[ \t]*\.{0,2}\//m,
    alsoReads: ['go.work'],
  },
  {
    calls: ['bundle install'],
    manifest: /Gemfile(?:\.lock|\*)?$/,
    files: ['Gemfile', 'Gemfile.lock'],
    settings: ['.bundle/config'],
    local: /\bpath\b|\bgemspec\b|\beval_gemfile\b|\bruby\s+file\b|read\(/,
  },
  {
    calls: ['poetry install', 'poetry sync'],
    manifest: /pyproject\.toml$|poetry\.(?:lock|\*)$/,
    files: ['pyproject.toml', 'poetry.lock'],
    settings: ['poetry.toml'],
    local: /\bpath\s*=|@\s*file:/,
    needs: ['--no-root'],
    isApplication: (manifest) => /^package-mode\s*=\s*false/m.test(manifest),
  },
  {
    calls: ['pipenv install', 'pipenv sync'],
    manifest: /Pipfile(?:\.lock|\*)?$/,
    files: ['Pipfile', 'Pipfile.lock'],
    local: /\b(?:path|editable)\s*=/,
  },
  {
    calls: ['uv sync'],
    manifest: /pyproject\.toml$|uv\.lock$/,
    files: ['pyproject.toml', 'uv.lock'],
    settings: ['uv.toml', '.python-version'],
    local: /\bpath\s*=|\bworkspace\b|@\s*file:/,
    needs: ['--no-install-project'],
    // Without a build system, the project is not a package: docs.astral.sh/uv/concepts/projects/config (2026-11).
    isApplication: (manifest) =>
      /^package\s*=\s*false/m.test(manifest) || !/^\[build-system\]|^package\s*=\s*true/m.test(manifest),
  },
  {
    calls: ['pdm install', 'pdm sync'],
    manifest: /pyproject\.toml$|pdm\.lock$/,
    files: ['pyproject.toml', 'pdm.lock'],
    settings: ['pdm.toml'],
    local: /\bpath\s*=|@\s*file:|\$\{PROJECT_ROOT\}/,
    needs: ['--no-self'],
  },
  {
    calls: ['composer install'],
    manifest: /composer\.(?:json|lock|\*)$/,
    files: ['composer.json', 'composer.lock'],
    settings: ['symfony.lock', 'auth.json'],
    // Patches, scaffolded files and scripts of single packages run only in the first install.
    local: /"type"\s*:\s*"(?:path|artifact)"|composer-patches|composer-merge-plugin|-scaffold"|"(?:pre|post)-package-/,
    // Flex writes the files of a package that its own lock does not list: https://symfony.com/doc/current/setup/flex.html (2026-12).
    locks: { sign: /"symfony\/flex"/, file: 'symfony.lock' },
    needs: ['--no-scripts', '--no-autoloader'],
  },
  {
    calls: ['deno install'],
    manifest: /deno\.(?:json|lock|\*)$/,
    files: ['deno.json', 'deno.lock'],
    settings: ['.npmrc'],
    // It loads what `imports` names, apart from folders: https://docs.deno.com/runtime/reference/cli/install (2026-11).
    local:
      /"(?:workspace|importMap|links|patch|scopes)"\s*:|"(?!exports")[^".\n][^"\n]*"\s*:\s*"\.{0,2}\/[^"\n]*[^/"\n]"/,
    alsoReads: ['package.json'],
  },
  { calls: ['dotnet restore'], manifest: /\.(?:cs|fs|vb)proj$|\.sln$/ },
  { calls: ['mvn dependency:go-offline', 'mvn dependency:resolve'], manifest: /pom\.xml$/ },
];

const BY_CALL = new Map(TOOLS.flatMap((tool) => tool.calls.map((call) => [call, tool])));
const PROGRAMS = new Set([...BY_CALL.keys()].map((call) => call.split(' ', 1)[0]));

export interface LockedInstall extends ManifestInstall {
  /** What to copy for its dependencies only, and the options to add for that; undefined where that is uncertain. */
  dependenciesAlone(
    context: BuildContext,
  ): { readonly manifests: string[]; readonly options: readonly string[] } | undefined;
}

/** `poetry install`, `uv sync`, `bundle install`, `go mod download` … */
export function lockedInstall(command: ShellCommand): LockedInstall | undefined {
  if (!PROGRAMS.has(command.name)) return undefined;
  const { subcommand, operands, has } = readOptions(command);
  const [first, ...others] = [...(subcommand ? [subcommand] : []), ...operands].map(({ value }) => value);
  const parts = command.name === 'go' ? [first, ...others] : [first];
  const tool = BY_CALL.get([command.name, ...parts].join(' '));
  if (!tool || (command.name !== 'go' && others.length > 0)) return undefined;
  const options = tool.needs?.filter((option) => !has(option)) ?? [];
  return {
    isManifest: (path) => tool.manifest.test(path),
    manifestsFor(context, { sources, workdir }) {
      const manifest = context?.read(tool.files?.[0] ?? '') ?? '';
      const isEnough = options.length === 0 || (tool.isApplication?.(manifest) ?? false);
      return context && isEnough && sources === workdir ? filesOf(tool, context) : undefined;
    },
    dependenciesAlone(context) {
      const manifests = options.length > 0 ? filesOf(tool, context) : undefined;
      return manifests && { manifests, options };
    },
  };
}

function filesOf(
  { files, settings = [], local, locks, alsoReads = [] }: LockedTool,
  context: BuildContext,
): string[] | undefined {
  if (alsoReads.some((file) => context.files.has(file))) return undefined;
  const present = files?.filter((file) => context.files.has(file));
  const [first] = present ?? [];
  // A lock file may be missing where nothing is locked, but only if its absence is certain.
  if (!files || !present || first !== files[0]) return undefined;
  // Gems among the sources.
  if ([...context.files.keys()].some((path) => path.startsWith('vendor/cache/'))) return undefined;
  if (present.length < files.length && context.unlisted.includes('')) return undefined;
  const text = context.read(first);
  if (text === undefined || local?.test(text)) return undefined;
  if (locks?.sign.test(text) && !context.files.has(locks.file)) return undefined;
  return [...present, ...settings.filter((file) => context.files.has(file))];
}
