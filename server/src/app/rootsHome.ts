import { toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

interface HomeTool {
  /** What a person calls it. */
  readonly name: string;
  /** The command of a RUN, its words with one blank between. */
  readonly command: RegExp;
  /** A variable that puts its files elsewhere. */
  readonly unless?: RegExp;
  /** The one that a person would set, where it alone is enough. */
  readonly setting?: string;
  /** Of use only to what starts so. */
  readonly start?: RegExp;
}

/**
 * Commands that put files of the program into the home folder of who runs them, each by its own documentation (2026-11):
 * docs.astral.sh/uv/reference/installer, rust-lang.github.io/rustup/installation, github.com/nvm-sh/nvm, python-poetry.org/docs/configuration,
 * pipenv.pypa.io/en/latest/configuration, playwright.dev/docs/browsers, nltk.org/data, huggingface.co/docs/huggingface_hub/package_reference/environment_variables,
 * hexdocs.pm/mix, github.com/nodejs/corepack, bun.sh/docs/installation, docs.deno.com/runtime/getting_started/installation, sdkman.io/install.
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
    setting: 'PLAYWRIGHT_BROWSERS_PATH',
  },
  {
    name: 'Puppeteer',
    command: /\bpuppeteer browsers install\b/,
    unless: /^PUPPETEER_CACHE_DIR$/,
    setting: 'PUPPETEER_CACHE_DIR',
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

/** Node packages whose install fetches a browser into the home folder. */
const FETCHING_PACKAGES: Readonly<Record<string, { readonly unless: RegExp; readonly setting: string }>> = {
  puppeteer: {
    unless: /^PUPPETEER_(?:SKIP_(?:CHROMIUM_)?DOWNLOAD|CACHE_DIR|EXECUTABLE_PATH)$/,
    setting: 'PUPPETEER_CACHE_DIR',
  },
  'whatsapp-web.js': {
    unless: /^PUPPETEER_(?:SKIP_(?:CHROMIUM_)?DOWNLOAD|CACHE_DIR|EXECUTABLE_PATH)$/,
    setting: 'PUPPETEER_CACHE_DIR',
  },
  cypress: { unless: /^CYPRESS_/, setting: 'CYPRESS_CACHE_FOLDER' },
};

/** What a RUN of root leaves in root's home and the program needs; undefined when there is nothing, or it goes elsewhere. */
export function toolInRootsHome(site: RunSite): Pick<HomeTool, 'name' | 'setting'> | undefined {
  const variables = site.instructions.flatMap(({ keyword, pairs }) =>
    keyword === 'ENV' || keyword === 'ARG' ? pairs.map(({ name }) => name) : [],
  );
  const start = startOf(site)
    .texts.map(({ text }) => text)
    .join('\n');
  for (const node of site.instructions) {
    if (node.keyword !== 'RUN') continue;
    for (const command of node.script?.commands ?? []) {
      const written = writtenWords(command);
      const isSet = (pattern: RegExp | undefined) =>
        pattern !== undefined &&
        (variables.some((name) => pattern.test(name)) || command.assignments.some(({ name }) => pattern.test(name)));
      const tool = HOME_TOOLS.find(
        (one) => one.command.test(written) && !isSet(one.unless) && (one.start?.test(start) ?? true),
      );
      if (tool && !isConfigured(site, tool.name)) return tool;
      const fetched = /^(?:npm|yarn|pnpm)(?: (?:install|ci|i|--\S+))*\b/.test(written)
        ? Object.entries(FETCHING_PACKAGES).find(([name, { unless }]) => hasPackage(site, name) && !isSet(unless))
        : undefined;
      if (fetched) return { name: fetched[0], ...fetched[1] };
    }
  }
  return undefined;
}

/** With the wrappers and in one line, `pip3` and `python -m pip` as `pip`. */
function writtenWords(command: ShellCommand): string {
  return toolOf(command)
    .words.map(({ value }, index) => (index === 0 ? (value.split('/').pop() ?? value) : value))
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

function hasPackage({ context, copied }: RunSite, name: string): boolean {
  const manifests = [...copied.files.values()].filter((path) => /(?:^|\/)package\.json$/.test(path));
  return manifests.some((path) => {
    const [, dependencies = ''] = (context?.read(path) ?? '').split('"dependencies"');
    return dependencies.split('}')[0]?.includes(`"${name}"`);
  });
}
