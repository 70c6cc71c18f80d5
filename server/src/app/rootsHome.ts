import { appendCommand, lineEndOf } from '../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { insertion, type TextEdit } from '../text/edits';
import { baseName } from '../text/paths';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

interface HomeTool {
  /** The name that people use. */
  readonly name: string;
  /** Matches the command of a RUN, its words separated by single blanks. */
  readonly command: RegExp;
  /** A variable that moves its files elsewhere. */
  readonly unless?: RegExp;
  /** A folder that everyone can read; setting this variable is enough to move the files there. */
  readonly elsewhere?: BrowserFolder;
  /** Only needed by start commands that match. */
  readonly start?: RegExp;
  /** It also writes to that folder at run time, unless a RUN matches. */
  readonly writesUnless?: RegExp;
}

/** A variable assignment with a folder as its value. */
export type BrowserFolder = `${string}=${string}`;

/**
 * The folder in Playwright's own images: https://playwright.dev/docs/docker; https://pptr.dev/guides/configuration
 * (2026-11).
 */
const OF_PLAYWRIGHT = 'PLAYWRIGHT_BROWSERS_PATH=/ms-playwright';
const OF_PUPPETEER = 'PUPPETEER_CACHE_DIR=/usr/local/share/puppeteer';
const OF_CYPRESS = 'CYPRESS_CACHE_FOLDER=/usr/local/share/cypress';

/**
 * Commands that install files of the program in the home folder of the user who runs them, each from its own
 * documentation (2026-11): docs.astral.sh/uv/reference/installer, rust-lang.github.io/rustup/installation,
 * github.com/nvm-sh/nvm, python-poetry.org/docs/configuration, pipenv.pypa.io/en/latest/configuration,
 * playwright.dev/docs/browsers, nltk.org/data,
 * huggingface.co/docs/huggingface_hub/package_reference/environment_variables, hexdocs.pm/mix,
 * github.com/nodejs/corepack, bun.sh/docs/installation, docs.deno.com/runtime/getting_started/installation,
 * sdkman.io/install.
 */
const HOME_TOOLS: readonly HomeTool[] = [
  {
    name: 'uv',
    command: /^(?:curl|wget) .*astral\.sh\/(?:uv|ruff)/,
    unless: /^(?:UV_INSTALL_DIR|XDG_BIN_HOME|CARGO_HOME)$/,
  },
  { name: 'rustup', command: /^(?:curl|wget) .*sh\.rustup\.rs/, unless: /^CARGO_HOME$/ },
  { name: 'nvm', command: /^(?:curl|wget) .*nvm-sh\/nvm/, unless: /^NVM_DIR$/ },
  { name: 'Poetry', command: /^(?:curl|wget) .*install\.python-poetry\.org/, unless: /^POETRY_HOME$/ },
  { name: 'bun', command: /^(?:curl|wget) .*bun\.sh\/install/, unless: /^BUN_INSTALL$/ },
  { name: 'deno', command: /^(?:curl|wget) .*deno\.land/, unless: /^DENO_INSTALL$/ },
  { name: 'pnpm', command: /^(?:curl|wget) .*get\.pnpm\.io/, unless: /^PNPM_HOME$/ },
  { name: 'SDKMAN', command: /^(?:curl|wget) .*get\.sdkman\.io/, unless: /^SDKMAN_DIR$/ },
  { name: 'foundry', command: /^(?:curl|wget) .*foundry\.paradigm\.xyz/, unless: /^FOUNDRY_DIR$/ },
  { name: 'pipx', command: /^pipx install/, unless: /^PIPX_HOME$/ },
  { name: 'uv', command: /^uv (?:python|tool) install/, unless: /^UV_(?:PYTHON|TOOL)_(?:INSTALL_)?DIR$/ },
  {
    name: 'Playwright',
    command: /\bplaywright install\b/,
    unless: /^PLAYWRIGHT_BROWSERS_PATH$/,
    elsewhere: OF_PLAYWRIGHT,
  },
  {
    name: 'Puppeteer',
    command: /\bpuppeteer browsers install\b/,
    unless: /^PUPPETEER_CACHE_DIR$/,
    elsewhere: OF_PUPPETEER,
  },
  { name: 'nltk', command: /\bnltk\.download/, unless: /^NLTK_DATA$/ },
  {
    name: 'Hugging Face',
    command: /from_pretrained|snapshot_download|SentenceTransformer|huggingface-cli download|\bhf download/,
    unless: /^(?:HF_HOME|HF_HUB_CACHE|TRANSFORMERS_CACHE|SENTENCE_TRANSFORMERS_HOME|XDG_CACHE_HOME)$/,
  },
  {
    name: 'Whisper',
    command: /\bwhisper\.load_model|load_model\(|torch\.hub\.load/,
    unless: /^(?:TORCH_HOME|XDG_CACHE_HOME)$/,
  },
  {
    name: 'Poetry',
    command: /^poetry (?:install|sync)\b/,
    unless: /^(?:POETRY_VIRTUALENVS_(?:CREATE|IN_PROJECT|PATH)|VIRTUAL_ENV)$/,
    start: /\bpoetry run\b/,
  },
  {
    name: 'Pipenv',
    command: /^pipenv (?:install|sync)\b(?!.*--system)/,
    unless: /^(?:PIPENV_VENV_IN_PROJECT|WORKON_HOME|VIRTUAL_ENV)$/,
    start: /\bpipenv run\b/,
  },
  { name: '.NET tool', command: /^dotnet tool install (?:-g|--global)/ },
];

/** Starts that run tests, with whatever devDependencies install. */
export const RUNS_TESTS =
  /\b(?:cypress|playwright|puppeteer|jest|mocha|vitest|ava|wdio|codeceptjs|nightwatch|testcafe|cucumber)\b/;

/** Node.js packages whose install downloads a browser into the home folder. */
const FETCHING_PACKAGES: Readonly<Record<string, Omit<HomeTool, 'name' | 'command' | 'start'>>> = {
  puppeteer: {
    unless: /^PUPPETEER_(?:SKIP_(?:CHROMIUM_)?DOWNLOAD|CACHE_DIR|EXECUTABLE_PATH)$/,
    elsewhere: OF_PUPPETEER,
  },
  'whatsapp-web.js': {
    unless: /^PUPPETEER_(?:SKIP_(?:CHROMIUM_)?DOWNLOAD|CACHE_DIR|EXECUTABLE_PATH)$/,
    elsewhere: OF_PUPPETEER,
  },
  // The first run writes that the browser works: github.com/cypress-io/cypress/issues/30684 (2026-11).
  cypress: {
    unless: /^CYPRESS_(?:INSTALL|RUN)_BINARY$/,
    elsewhere: OF_CYPRESS,
    writesUnless: /\bcypress verify\b/,
  },
};

/** A tool that root's RUN leaves in root's home. */
interface LeftTool extends Pick<HomeTool, 'name' | 'elsewhere' | 'writesUnless'> {
  readonly run: Instruction;
}

/** A tool in root's home that the program needs and that cannot be moved; undefined when there is none. */
export function toolInRootsHome(site: RunSite): string | undefined {
  return toolsInHome(site).find(({ elsewhere }) => elsewhere === undefined)?.name;
}

/** Moves browsers that root's RUNs download to a folder where another user finds them, and gives it to that user. */
export function browserFolders(
  dockerfile: DockerfileModel,
  site: RunSite,
  from: Instruction | undefined,
  user: string,
): TextEdit[] {
  const found = new Map<BrowserFolder, LeftTool>();
  for (const tool of toolsInHome(site))
    if (
      tool.elsewhere !== undefined &&
      !found.has(tool.elsewhere) &&
      (from === undefined || tool.run.span.start < from.span.start)
    )
      found.set(tool.elsewhere, tool);
  return [...found].flatMap(([elsewhere, { run, writesUnless }]) => {
    const [variable = '', folder = ''] = elsewhere.split('=');
    const own = run.resolve(variable)?.value;
    const isRead = site.instructions.some(({ keyword, bodyText }) => keyword === 'RUN' && writesUnless?.test(bodyText));
    const given =
      writesUnless && !isRead ? appendCommand(dockerfile, run, `chown -R ${user} ${own ?? folder}`) : undefined;
    return [
      ...(own === undefined ? [insertion(run.span.start, `ENV ${elsewhere}${lineEndOf(dockerfile)}`)] : []),
      ...(given ? [given] : []),
    ];
  });
}

function toolsInHome(site: RunSite): LeftTool[] {
  const variables = site.instructions.flatMap(({ keyword, pairs }) =>
    keyword === 'ENV' || keyword === 'ARG' ? pairs.map(({ name }) => name) : [],
  );
  const start = startOf(site)
    .texts.map(({ text }) => text)
    .join('\n');
  return site.instructions.flatMap((run) =>
    (run.keyword === 'RUN' ? (run.script?.commands ?? []) : []).flatMap((command) => {
      const written = writtenWords(command);
      const isSet = (pattern: RegExp | undefined) =>
        pattern !== undefined &&
        (variables.some((name) => pattern.test(name)) || command.assignments.some(({ name }) => pattern.test(name)));
      const tool = HOME_TOOLS.find(
        (one) => one.command.test(written) && !isSet(one.unless) && (one.start?.test(start) ?? true),
      );
      if (tool && !isConfigured(site, tool.name)) return [{ ...tool, run }];
      if (!/^(?:npm|yarn|pnpm)(?: (?:install|ci|i|--\S+))*\b/.test(written)) return [];
      if (/ --ignore-scripts\b/.test(written)) return [];
      return Object.entries(FETCHING_PACKAGES).flatMap(([name, { unless, ...others }]) =>
        hasPackage(site, name, start) && !isSet(unless) ? [{ name, run, ...others }] : [],
      );
    }),
  );
}

/** The command in one line, without the folder of its program; `python -m pip` becomes `pip`. */
function writtenWords(command: ShellCommand): string {
  return toolOf(command)
    .words.map(({ value }, index) => (index === 0 ? baseName(value) : value))
    .join(' ');
}

/** `poetry config virtualenvs.create false`, poetry.toml. */
function isConfigured({ instructions, context }: RunSite, name: string): boolean {
  if (name !== 'Poetry') return false;
  return (
    instructions.some(({ bodyText }) => /virtualenvs\.(?:create false|in-project true)/.test(bodyText)) ||
    /create\s*=\s*false|in-project\s*=\s*true/.test(context?.read('poetry.toml') ?? '')
  );
}

/** True for a package that the program uses, or its tests where the container runs them. */
function hasPackage({ context, copied }: RunSite, name: string, start: string): boolean {
  const manifests = [...copied.files.values()].filter((path) => /(?:^|\/)package\.json$/.test(path));
  const lists = RUNS_TESTS.test(start) ? /"(?:devD|d)ependencies"/ : /"dependencies"/;
  return manifests.some((path) =>
    (context?.read(path) ?? '')
      .split(lists)
      .slice(1)
      .some((list) => list.split('}')[0]?.includes(`"${name}"`)),
  );
}
