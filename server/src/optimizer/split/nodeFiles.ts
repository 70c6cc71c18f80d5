import { copiedBy } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { isAside } from '../../app/sources';
import type { PackageStart } from '../../app/start/packageStart';
import type { Instruction } from '../../dockerfile/model';
import { isNodeLock } from '../../project/fileNames';
import { baseName } from '../../text/paths';
import { anyOf, escapePattern } from '../../text/pattern';
import { wordList } from '../../text/wordList';
import { dataCopies } from './dataCopies';
import type { Project } from './nodeOutputs';
import { bundlesSources, NEXT_SETTINGS } from './nodeStart';

/** Sources that a build compiles. */
const BUILT = /\.(?:[cm]?tsx?|jsx|vue|svelte|astro|s[ac]ss|less|styl)$/;

/**
 * Folders that `next build` compiles: https://nextjs.org/docs/app/getting-started/project-structure (2026-11), and
 * their usual siblings.
 */
const COMPILED_FOLDER = anyOf(
  /^(?:app|assets|components|containers)\/.*\.(?:[cm]?js|json|css|svg|png|jpe?g|webp|gif|ico|woff2?|ttf)$/,
  /^(?:contexts?|features|helpers|hooks)\/.*\.(?:[cm]?js|json|css|svg|png|jpe?g|webp|gif|ico|woff2?|ttf)$/,
  /^(?:layouts?|libs?|modules|pages|providers)\/.*\.(?:[cm]?js|json|css|svg|png|jpe?g|webp|gif|ico|woff2?|ttf)$/,
  /^(?:sections|services|src|stores?|styles)\/.*\.(?:[cm]?js|json|css|svg|png|jpe?g|webp|gif|ico|woff2?|ttf)$/,
  /^(?:theme|types|ui|utils?|views|widgets)\/.*\.(?:[cm]?js|json|css|svg|png|jpe?g|webp|gif|ico|woff2?|ttf)$/,
);

/** Settings of tools that build, test or publish, according to their documentation. */
const TOOL_SETTING = wordList`
  [jt]sconfig[^/]*\.json
  (?:babel|jest|vitest|webpack[\w.-]*|rollup|vite|postcss|tailwind|prettier|eslint|commitlint|lint-staged|cypress|playwright[\w-]*|karma|tsup|esbuild|metro|stylelint|craco|svelte|vue|nyc|release|typedoc|wdio|astro|nuxt|remix|tsdown|vitest\.[\w-]+|protractor)\.(?:conf|config)\.[cm]?[jt]s
  \.(?:eslint|prettier|stylelint|commitlint|lintstaged|mocha|nyc|c8|babel|swc|browserslist|huskyrc|cracorc|lintstagedrc)[^/]*
  babel\.config\.json
  (?:nest-cli|angular|tslint|nodemon|turbo|nx|lerna|components|renovate|vercel|railway|netlify|app|jest\.config|biome|cypress|firebase|typedoc|knip)\.jsonc?
  \.npmrc \.npmignore \.yarnrc(?:\.yml)? \.nvmrc \.node-version \.tool-versions \.gitattributes
  \.env\.(?:example|sample|template|dist|test) env\.example package-lock\.json npm-shrinkwrap\.json yarn\.lock
  pnpm-lock\.yaml pnpm-workspace\.yaml bun\.lockb? Makefile Procfile Vagrantfile
  (?:build|deploy|release|publish)[\w.-]*\.(?:sh|bat|cmd|ps1) CNAME gulpfile[^/]* Gruntfile[^/]* \.?travis\.yml
  sonar-project\.properties \.gitlab-ci\.yml \.gitpod\.yml \.pre-commit-config\.yaml
  (?:heroku|render|app|railway|fly|netlify|cloudbuild|azure-pipelines|appveyor|codecov|docker-compose[\w.-]*|compose[\w.-]*)\.(?:ya?ml|toml)
  [^/]*\.(?:[cm]?tsx?|vue|svelte|astro|tsbuildinfo|md|sln|code-workspace|iml)
`;

const ASIDE_FOLDER = anyOf(
  /^(?:\.git|\.github|\.gitlab|\.circleci|\.husky|\.vscode|\.idea|\.devcontainer|\.storybook|\.yarn)\//,
  /^(?:\.changeset|\.cursor|\.claude|cypress|e2e|__tests__|__mocks__|tests?|coverage|docker|k8s|kubernetes)\//,
  /^(?:helm|terraform|charts)\//,
);

/**
 * A static file server only reads the build output. If its package comes from the project, package.json goes with it.
 */
export function servedCopies(
  { site, folder }: Project,
  node: Instruction,
  needsManifest: boolean,
): readonly string[] | undefined {
  const copied = copiedBy(node, site.context);
  const prefix = folder === '/' ? '/' : `${folder}/`;
  if (!copied || ![...copied.keys()].every((path) => path.startsWith(prefix))) return undefined;
  return needsManifest ? dataCopies(site, node, (path) => /(?:^|\/)package\.json$/.test(path)) : [];
}

/** Lock files that are copied by name are only read by the install. */
export function withoutLocks(site: Site, node: Instruction): string[] | undefined {
  const paths = [...(copiedBy(node, site.context)?.values() ?? [])];
  return paths.length <= 4 && paths.every((path) => isNodeLock(path) || path.endsWith('package.json'))
    ? dataCopies(site, node, (path) => !isNodeLock(path))
    : undefined;
}

/**
 * The parts of a COPY that the final stage needs besides the build output: data, views, settings that the program
 * reads.
 */
export function runtimeCopies(
  project: Project & { readonly started: PackageStart },
  node: Instruction,
  outputs: readonly string[],
  needsManifest: boolean,
): string[] | undefined {
  const { site, started } = project;
  const top = topOf(project, node);
  const copied = copiedBy(node, site.context);
  const compiled = compiledFolders(project, outputs);
  const folders = builtFolders(site, [...(copied?.values() ?? [])], compiled);
  return dataCopies(site, node, (path) => {
    const own = top === undefined || !path.startsWith(top) ? path : path.slice(top.length);
    const [entry = ''] = own.split('/');
    const isFile = own === entry;
    const isNamed = isNamedIn(started.texts, entry) || (own.startsWith('tsconfig') && readsTsconfig(started));
    // A standalone Next.js server includes its own copies.
    if (/^(?:package\.json|next\.config\.[cm]?[jt]s)$/.test(own)) return needsManifest;
    if (isNamed) return !outputs.includes(entry);
    if (outputs.includes(entry)) return false;
    const isLeft = isFile
      ? TOOL_SETTING.test(own) || isAside(own) || outputs.includes('.output') || isForPeople(site, own)
      : folders.has(entry) || ASIDE_FOLDER.test(own) || isAside(`${entry}/x`);
    return (
      !isLeft ||
      (!/^(?:package-lock\.json|yarn\.lock|README|LICENSE|\.git)/.test(entry) && isReadAtRunTime(site, entry))
    );
  });
}

/** A script next to the sources that none of them starts: people build, publish or try the program with it. */
function isForPeople(site: Site, path: string): boolean {
  return /\.(?:sh|bash|bat|cmd|ps1)$/.test(path) && !(sourcesOf(site)?.some(({ text }) => text.includes(path)) ?? true);
}

/** Files next to the sources that are in the output too. */
function compiledFolders({ site, json }: Project, outputs: readonly string[]): RegExp {
  if (outputs.includes('.next')) return COMPILED_FOLDER;
  // Nitro takes assets and public files along: https://nitro.build/guide/assets (2026-11).
  if (outputs.includes('.output')) return /\//;
  const has = (name: string) => json.dependencies.has(name) || json.devDependencies.has(name);
  // https://docs.astro.build/en/basics/project-structure (2026-11)
  if (has('astro')) return /^(?:src|public)\//;
  // Vite copies public files: https://vite.dev/guide/assets (2026-11).
  if (has('@react-router/dev') || has('@remix-run/dev')) return /^(?:app|public)\//;
  return bundlesSources(site) ? /^(?:src|static)\// : /^$/;
}

/** True if named relative to the working directory: `node src/x.js`, `./ecosystem.config.js`. */
function isNamedIn(texts: readonly string[], entry: string): boolean {
  const path = new RegExp(`(?:^|[\\s"'=])(?:\\./)?${escapePattern(entry)}(?:$|[\\s/"'])`);
  return texts.some((text) => path.test(text));
}

function readsTsconfig({ texts }: PackageStart): boolean {
  return texts.some((text) => /tsconfig-paths|ts-node|tsx\b/.test(text));
}

/** The folder of the project in the build context: `frontend/`. */
function topOf({ site, folder }: Project, node: Instruction): string | undefined {
  const manifest = site.copied.files.get(`${folder === '/' ? '' : folder}/package.json`);
  const top = manifest?.slice(0, -'package.json'.length);
  return top === '' || node.args.length === 0 ? undefined : top;
}

/** Folders that contain only sources that are built before they run. */
function builtFolders(site: Site, paths: readonly string[], compiled: RegExp): ReadonlySet<string> {
  const folders = new Map<string, boolean>();
  for (const path of paths) {
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const folder = path.slice(0, slash);
    const isBuilt =
      BUILT.test(path) ||
      compiled.test(path) ||
      /(?:^|\/)(?:\.DS_Store|\.gitkeep|README\.md|[jt]sconfig[\w.]*\.json)$/.test(path);
    folders.set(folder, (folders.get(folder) ?? true) && isBuilt);
  }
  return new Set(
    [...folders].filter(([folder, isBuilt]) => isBuilt && !isReadAtRunTime(site, folder)).map(([folder]) => folder),
  );
}

/** True if a source that runs names a file of the project, or a file in a folder of it, in order to read it. */
function isReadAtRunTime(site: Site, entry: string): boolean {
  const plain = escapePattern(entry);
  const path = new RegExp(
    `["'\`](?:\\.{0,2}/)*${plain}(?:["'\`]|/["'\`]|/[^"'\`\\n]*(?:\\*|\\.(?:[cm]?[jt]s|json|ya?ml|html?|ejs|hbs|pug|proto|g(?:raph)?ql|sql|csv|txt|md|pem|key|crt|prisma|svg|png|ttf)["'\`]))`,
  );
  // Imports in sources may omit the extension.
  const loaded = new RegExp(`["'\`]\\.{1,2}/${plain}["'\`/]`);
  return (
    sourcesOf(site)?.some(({ path: source, text }) =>
      NEXT_SETTINGS.test(source)
        ? path.test(text) || loaded.test(text) || looksFor(site, entry, text)
        : !isSetting(source) && !/(?:^|\/)\.[\w-]+\//.test(source) && path.test(text),
    ) ?? true
  );
}

/**
 * Files that Next.js plugins look for when the Next.js settings are loaded, by the package of the plugin: sources of
 * next-intl and next-translate, 2026-11.
 */
const BY_PLUGIN: readonly (readonly [RegExp, RegExp])[] = [
  [/\bnext-(?:intl|lingui)\/plugin\b/, /^(?:src\/)?i18n(?:\/request)?\.[jt]sx?$/],
  [/\bnext-translate\b/, /^(?:src\/)?(?:pages|app)\//],
];

function looksFor({ copied }: Site, entry: string, settings: string): boolean {
  return BY_PLUGIN.some(
    ([plugin, file]) =>
      plugin.test(settings) &&
      [...copied.files.values()].some((path) => path.split('/')[0] === entry && file.test(path)),
  );
}

function isSetting(path: string): boolean {
  const name = baseName(path);
  return !/\.[cm]?tsx?$/.test(name) ? TOOL_SETTING.test(name) : /\.config\.[cm]?ts$/.test(name);
}
