import { type Phrase, phrase } from '../../l10n/phrase';
import type { ManagerName } from './installs';
import { isSource } from './sourceFolder';

/** What is known from the build context and from the commands of the Dockerfile. */
export interface Project {
  readonly files: ReadonlyMap<string, unknown>;
  /** True if a file of the build context has a path that matches. */
  has(name: RegExp): boolean;
  runs(program: RegExp): boolean;
  /** True if each image that is built from this folder installs its packages itself. */
  installs(manager: ManagerName): boolean;
  /** True if a command builds the program, or runs it in development. */
  readonly builds: boolean;
  /** The program or the build reads `.env` files. */
  readonly readsEnvironment: boolean;
  readonly readsHistory: boolean;
  /** Directories of virtual environments. */
  readonly environments: readonly string[];
  /** True if the image uses the virtual environment that is copied into it. */
  entersEnvironment(folder: string): boolean;
}

export interface Entry {
  readonly pattern: string;
  /** A path that the pattern excludes. */
  readonly example: string;
  readonly if?: (project: Project) => boolean;
  /** By itself not a reason to write or extend the file. */
  readonly isCompanion?: boolean;
  /** A reason to extend the file only if it matches files in the build context. */
  readonly isMinor?: boolean;
}

export interface Group {
  readonly heading: Phrase | string;
  readonly if?: (project: Project) => boolean;
  readonly entries: readonly Entry[];
}

const PYTHON_INSTALL = /^(?:pip[\d.]*|python[\d.]*|uv|poetry|pipenv|pdm|conda|mamba)$/;

/** People who call these create environments themselves; uv, Poetry and PDM name them `.venv`. */
const NAMES_VENV = /^(?:pip[\d.]*|python[\d.]*|virtualenv)$/;

/** The groups of the table, and this project's virtual environments by name. */
export function groupsFor({ environments, entersEnvironment }: Project): readonly Group[] {
  const named = environments
    .filter((folder) => !entersEnvironment(folder))
    .map((folder) => ({ pattern: folder, example: `${folder}/pyvenv.cfg` }));
  return GROUPS.map((group) =>
    group.heading === PYTHON ? { ...group, entries: [...group.entries, ...named] } : group,
  );
}

const PYTHON = 'Python';

/**
 * Grouped by what a person looks for in such a file. Patterns of an ecosystem cover only files that its own tools
 * write and that the build writes again.
 */
const GROUPS: readonly Group[] = [
  {
    heading: phrase('Version control'),
    entries: [
      { pattern: '.git', example: '.git/HEAD', if: ({ readsHistory }) => !readsHistory },
      { pattern: '.gitignore', example: '.gitignore', isCompanion: true, if: ({ readsHistory }) => !readsHistory },
      { pattern: '.github', example: '.github/workflows/a.yml', isCompanion: true },
      {
        pattern: '.gitlab-ci.yml',
        example: '.gitlab-ci.yml',
        isCompanion: true,
        if: ({ has }) => has(/^\.gitlab-ci\.yml$/),
      },
      {
        pattern: '.circleci',
        example: '.circleci/config.yml',
        isCompanion: true,
        if: ({ has }) => has(/^\.circleci\//),
      },
    ],
  },
  {
    heading: 'Docker',
    entries: [
      { pattern: 'Dockerfile*', example: 'Dockerfile', isCompanion: true, if: ({ has }) => !has(/\/Dockerfile[^/]*$/) },
      {
        pattern: '**/Dockerfile*',
        example: 'a/Dockerfile',
        isCompanion: true,
        if: ({ has }) => has(/\/Dockerfile[^/]*$/),
      },
      { pattern: '.dockerignore', example: '.dockerignore', isCompanion: true },
      { pattern: 'compose*.y*ml', example: 'compose.yaml', isCompanion: true },
      { pattern: 'docker-compose*.y*ml', example: 'docker-compose.yml', isCompanion: true },
    ],
  },
  {
    heading: phrase('Editors and systems'),
    entries: [
      { pattern: '.idea', example: '.idea/a.xml', isCompanion: true },
      { pattern: '.vscode', example: '.vscode/settings.json', isCompanion: true },
      { pattern: '**/.DS_Store', example: '.DS_Store', isCompanion: true },
    ],
  },
  {
    heading: phrase('Local settings and logs'),
    entries: [
      { pattern: '.env*', isMinor: true, example: '.env', if: ({ readsEnvironment }) => !readsEnvironment },
      { pattern: '*.log', example: 'debug.log', isCompanion: true },
    ],
  },
  {
    heading: 'Node.js',
    if: ({ has }) => has(/(?:^|\/)package\.json$/),
    entries: [
      { pattern: '**/node_modules', example: 'node_modules/a/index.js', if: ({ installs }) => installs('node') },
      {
        pattern: 'coverage',
        example: 'coverage/lcov.info',
        isCompanion: true,
        if: ({ has }) => !has(/^coverage\/.*\.(?:[cm]?[jt]sx?|json)$/) || has(/^coverage\/lcov/),
      },
      {
        pattern: '.next',
        example: '.next/BUILD_ID',
        if: ({ has, installs, builds }) => has(/^next\.config\./) && installs('node') && builds,
      },
      {
        pattern: '.nuxt',
        isMinor: true,
        example: '.nuxt/a.js',
        if: ({ has, installs, builds }) => has(/^nuxt\.config\./) && installs('node') && builds,
      },
      {
        pattern: '.svelte-kit',
        isMinor: true,
        example: '.svelte-kit/a.js',
        if: ({ has, installs, builds }) => has(/^svelte\.config\./) && installs('node') && builds,
      },
      { pattern: '.turbo', isMinor: true, example: '.turbo/a.log', if: ({ has }) => has(/^turbo\.json$/) },
    ],
  },
  {
    heading: PYTHON,
    if: ({ has }) =>
      has(/(?:^|\/)(?:requirements[^/]*\.txt|pyproject\.toml|setup\.py|Pipfile)$/) ||
      (has(/^[^/]+\.py$/) && !has(/^(?:CMakeLists\.txt|Cargo\.toml|Gemfile|go\.mod|package\.json|pom\.xml)$/)),
    entries: [
      { pattern: '**/__pycache__', isMinor: true, example: '__pycache__/a.pyc' },
      { pattern: '**/*.py[cod]', example: 'a.pyc', isCompanion: true },
      { pattern: '.venv', example: '.venv/pyvenv.cfg', if: ({ runs }) => runs(PYTHON_INSTALL) },
      {
        pattern: 'venv',
        example: 'venv/pyvenv.cfg',
        isCompanion: true,
        if: (project) =>
          project.runs(NAMES_VENV) &&
          !project.environments.includes('venv') &&
          !project.entersEnvironment('venv') &&
          !isSource(project, 'venv', /^(?:bin|lib|lib64|include|Lib|Scripts|Include|pyvenv\.cfg|share|\.gitignore)/),
      },
      { pattern: '.pytest_cache', example: '.pytest_cache/a', isCompanion: true },
      { pattern: '.mypy_cache', example: '.mypy_cache/a', isCompanion: true },
      { pattern: '.ruff_cache', example: '.ruff_cache/a', isCompanion: true },
      { pattern: '.tox', example: '.tox/a', isCompanion: true, if: ({ has }) => has(/^tox\.ini$/) },
    ],
  },
  {
    heading: 'Java',
    if: ({ has }) => has(/(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/),
    entries: [
      { pattern: 'target', example: 'target/a.jar', if: ({ has, runs }) => has(/^pom\.xml$/) && runs(/^mvnw?$/) },
      { pattern: '.gradle', isMinor: true, example: '.gradle/a', if: ({ has }) => has(/^build\.gradle(?:\.kts)?$/) },
      {
        pattern: 'build',
        example: 'build/libs/a.jar',
        if: (project) =>
          project.has(/^build\.gradle(?:\.kts)?$/) &&
          project.runs(/^gradlew?$/) &&
          !isSource(
            project,
            'build',
            /^(?:classes|generated|kotlin|libs|reports|resources|test-results|tmp|distributions|scripts|install|cache)\//,
          ),
      },
    ],
  },
  {
    heading: 'Rust',
    if: ({ has }) => has(/^Cargo\.toml$/),
    entries: [{ pattern: 'target', example: 'target/release/a', if: ({ runs }) => runs(/^cargo$/) }],
  },
  {
    heading: '.NET',
    if: ({ has }) => has(/\.(?:cs|fs|vb)proj$|\.slnx?$/),
    entries: [
      {
        pattern: '**/bin',
        example: 'bin/Debug/a.dll',
        if: (project) => project.runs(/^dotnet$/) && !project.has(/(?:^|\/)bin\/(?!Debug\/|Release\/)/),
      },
      { pattern: '**/obj', example: 'obj/a.cache', if: ({ runs }) => runs(/^dotnet$/) },
      { pattern: '.vs', example: '.vs/a', isCompanion: true },
    ],
  },
  {
    heading: 'Ruby',
    if: ({ has }) => has(/^Gemfile$/),
    entries: [
      {
        pattern: '.bundle',
        isMinor: true,
        example: '.bundle/config',
        if: ({ runs, has }) => runs(/^bundle$/) && !has(/^\.bundle\/config$/),
      },
      {
        pattern: 'log/*',
        isMinor: true,
        example: 'log/development.log',
        if: ({ has }) => has(/^config\/application\.rb$/),
      },
      {
        pattern: '!log/.keep',
        isMinor: true,
        example: '',
        if: ({ has }) => has(/^config\/application\.rb$/) && has(/^log\/\.keep$/),
      },
      { pattern: 'tmp/*', isMinor: true, example: 'tmp/cache/a', if: ({ has }) => has(/^config\/application\.rb$/) },
      {
        pattern: '!tmp/.keep',
        isMinor: true,
        example: '',
        if: ({ has }) => has(/^config\/application\.rb$/) && has(/^tmp\/\.keep$/),
      },
    ],
  },
  {
    heading: 'PHP',
    if: ({ has }) => has(/^composer\.json$/),
    entries: [{ pattern: 'vendor', example: 'vendor/autoload.php', if: ({ installs }) => installs('composer') }],
  },
  {
    heading: 'Elixir',
    if: ({ has }) => has(/^mix\.exs$/),
    entries: [
      { pattern: '_build', example: '_build/dev/a', if: ({ runs }) => runs(/^mix$/) },
      { pattern: 'deps', example: 'deps/a/mix.exs', if: ({ runs }) => runs(/^mix$/) },
      { pattern: '.elixir_ls', example: '.elixir_ls/a', isCompanion: true },
    ],
  },
  {
    heading: 'CMake',
    if: ({ has }) => has(/^CMakeLists\.txt$/),
    entries: [
      {
        pattern: 'build',
        example: 'build/CMakeCache.txt',
        if: (project) =>
          project.runs(/^cmake$/) && !isSource(project, 'build', /^(?:CMakeCache\.txt|CMakeFiles\/|.*\.(?:o|a|so)$)/),
      },
    ],
  },
];
