import { readSources } from '../../app/sources';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { parseDockerignore } from '../../engine/dockerignore';
import { phrase } from '../../l10n/phrase';
import type { Transform } from '../transform';

const NAME = '.dockerignore';

interface Entry {
  readonly pattern: string;
  /** Files and folders that it is for. */
  readonly matches: RegExp;
  /** Left out only where this holds. */
  readonly if?: (site: { dockerfile: DockerfileModel; context: BuildContext }) => boolean;
  /** Alone no reason to write the file. */
  readonly isCompanion?: boolean;
}

const ENTRIES: readonly Entry[] = [
  { pattern: '.git', matches: /^\.git(?:\/|$)/, if: ({ dockerfile, context }) => !usesGit(dockerfile, context) },
  { pattern: '.github', matches: /^\.github\// },
  { pattern: '.vscode', matches: /^\.vscode\// },
  { pattern: '.idea', matches: /^\.idea\// },
  {
    pattern: '**/node_modules',
    matches: /(?:^|\/)node_modules(?:\/|$)/,
    if: ({ dockerfile }) => runs(dockerfile, /^(?:npm|yarn|pnpm)$/),
  },
  { pattern: '**/__pycache__', matches: /(?:^|\/)__pycache__(?:\/|$)/ },
  { pattern: '**/*.pyc', matches: /\.pyc$/ },
  { pattern: '.venv', matches: /^\.venv(?:\/|$)/ },
  {
    pattern: 'venv',
    matches: /^venv(?:\/|$)/,
    if: ({ dockerfile }) => !copiesByName(dockerfile, 'venv') && runs(dockerfile, /^(?:pip[\d.]*|python[\d.]*)$/),
  },
  { pattern: '.pytest_cache', matches: /^\.pytest_cache\// },
  { pattern: '.mypy_cache', matches: /^\.mypy_cache\// },
  { pattern: 'coverage', matches: /^coverage\//, if: ({ context }) => context.files.has('package.json') },
  { pattern: 'target', matches: /^target(?:\/|$)/, if: ({ dockerfile }) => runs(dockerfile, /^(?:cargo|mvn|mvnw)$/) },
  { pattern: '.gradle', matches: /^\.gradle\// },
  { pattern: '**/.DS_Store', matches: /(?:^|\/)\.DS_Store$/ },
  { pattern: '*.log', matches: /^[^/]*\.log$/ },
  { pattern: '.env', matches: /^\.env$/, if: ({ context }) => !readsEnvironmentFile(context) },
  { pattern: 'Dockerfile*', matches: /^Dockerfile[^/]*$/, isCompanion: true },
  { pattern: 'docker-compose*.yml', matches: /^docker-compose[^/]*\.yml$/, isCompanion: true },
  { pattern: 'compose.yaml', matches: /^compose\.yaml$/, isCompanion: true },
  { pattern: NAME, matches: /^\.dockerignore$/, isCompanion: true },
];

/** A `.dockerignore` for what lies beside the Dockerfile and no image needs. */
export const dockerignore: Transform = {
  id: 'dockerignore',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['require-dockerignore'],
  propose({ dockerfile, buildContext }) {
    if (!buildContext || buildContext.unlisted.includes('') || !dockerfile.instructions.some(copiesFolder))
      return undefined;
    const before = buildContext.read(NAME);
    // One that is there and cannot be read is not written over.
    if (before === undefined && buildContext.files.has(NAME)) return undefined;
    const ignored = parseDockerignore(before ?? '');
    if (!ignored) return undefined;
    const paths = [...buildContext.files.keys(), ...buildContext.unlisted].filter((path) => !ignored.isIgnored(path));
    const site = { dockerfile, context: buildContext };
    const found = ENTRIES.filter(
      (entry) =>
        paths.some((path) => entry.matches.test(path)) && (entry.if?.(site) ?? true) && !namesCopied(dockerfile, entry),
    );
    const [reason] = found.filter(({ isCompanion }) => !isCompanion);
    if (!reason || (before !== undefined && ignored.isIgnored(''))) return undefined;
    const added = (before === undefined ? found : found.filter(({ isCompanion }) => !isCompanion)).map(
      ({ pattern }) => pattern,
    );
    const start = before === undefined ? '' : before.replace(/\n?$/, '\n');
    return {
      title:
        before === undefined
          ? phrase('Write a .dockerignore')
          : phrase('List {files} in .dockerignore', { files: added.join(', ') }),
      reason: phrase(
        'Everything beside the Dockerfile is sent to the build, and `COPY .` puts it into the image: {files}. No instruction of the file names what is left out.',
        { files: added.slice(0, 4).join(', ') },
      ),
      risk: phrase('A program that reads one of these files would not find it.'),
      edits: [],
      files: [{ path: NAME, before, after: `${start}${added.join('\n')}\n` }],
    };
  },
};

function copiesFolder(node: Instruction): boolean {
  return (
    (node.keyword === 'COPY' || node.keyword === 'ADD') &&
    !node.flags.some(({ name }) => name === 'from') &&
    node.args.slice(0, -1).some(({ value }) => /^\.?\/?$|^\*$/.test(value))
  );
}

/** A COPY asks for one of these by its name. */
function namesCopied({ instructions }: DockerfileModel, { matches }: Entry): boolean {
  return instructions.some(
    (node) =>
      (node.keyword === 'COPY' || node.keyword === 'ADD') &&
      node.args
        .slice(0, -1)
        .some(
          ({ value }) => matches.test(value.replace(/^\.?\//, '')) || matches.test(`${value.replace(/^\.?\//, '')}/`),
        ),
  );
}

function copiesByName(dockerfile: DockerfileModel, name: string): boolean {
  return dockerfile.instructions.some(
    (node) =>
      (node.keyword === 'COPY' || node.keyword === 'ENV') && node.args.some(({ value }) => value.includes(name)),
  );
}

function runs({ instructions }: DockerfileModel, program: RegExp): boolean {
  return instructions.some((node) => node.script?.commands.some(({ name }) => program.test(name)));
}

/** Versions that are read from the history when something is built. */
function usesGit(dockerfile: DockerfileModel, context: BuildContext): boolean {
  const manifests = [
    'pyproject.toml',
    'setup.py',
    'setup.cfg',
    'package.json',
    'Makefile',
    'build.gradle',
    'pom.xml',
    'build.rs',
    'Cargo.toml',
  ];
  return (
    runs(dockerfile, /^git$/) ||
    runs(dockerfile, /^goreleaser$/) ||
    manifests.some((path) =>
      /\bgit\b(?!hub)|setuptools[_-]scm|versioneer|hatch-vcs|dunamai|vergen/.test(
        (context.read(path) ?? '').replace(/git(?:\+|@|hub|lab)\S*|\.git"/g, ''),
      ),
    )
  );
}

function readsEnvironmentFile(context: BuildContext): boolean {
  const sources = readSources(context, context.files.keys());
  const manifests = ['package.json', 'requirements.txt', 'pyproject.toml', 'Gemfile', 'composer.json', 'go.mod'].map(
    (path) => context.read(path) ?? '',
  );
  return (
    !sources ||
    [...sources.map(({ text }) => text), ...manifests].some((text) =>
      /dotenv|\.env\b|env-file|environs|decouple|pydantic.settings/.test(text),
    )
  );
}
