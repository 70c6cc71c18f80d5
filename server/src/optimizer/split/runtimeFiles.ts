import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { isAside } from '../../app/sources';
import { commandKind } from '../../commands/commandKinds';
import type { Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { isComposeFile } from '../../project/fileNames';

/** More COPY instructions than this would be unreadable. */
const MAX_LINES = 8;

/**
 * COPY instructions for the part of a copied directory that is needed at run time, directory by directory: `COPY . .`
 * becomes `COPY views ./views`. Undefined if the COPY cannot be resolved, or if too much would have to be named.
 */
export function narrowedCopy(
  site: Site,
  node: Instruction,
  isNeeded: (path: string) => boolean,
  from: string | undefined,
): string[] | undefined {
  const copied = copiedBy(node, site.context);
  const destination = node.args.at(-1);
  if (!copied || !destination) return undefined;
  const needed = [...copied].filter(([, path]) => isNeeded(path));
  if (needed.length === 0) return [];
  const left = [...copied].filter(([, path]) => !isNeeded(path) && !isAside(path));
  const flags = node.flags.map(({ span }) => `${site.dockerfile.text.slice(span.start, span.end)} `).join('');
  if (needed.length === copied.size && from === undefined) return undefined;
  const root = absolutePath(node.expand(destination.text) ?? '', workdirAt(node));
  const inside = root === '/' ? root : `${root}/`;
  if ([...copied.keys()].some((target) => !target.startsWith(inside))) return undefined;
  /** Target below the root → source, `''` directories first. */
  const taken = new Map<string, string>();
  for (const [target, path] of needed) {
    const parts = target.slice(inside.length).split('/');
    const depth = parts.findIndex(
      (_, index) =>
        index > 0 && !left.some(([other]) => other.startsWith(`${inside}${parts.slice(0, index).join('/')}/`)),
    );
    const above = depth < 0 ? 0 : parts.length - depth;
    taken.set(
      parts.slice(0, parts.length - above).join('/'),
      path
        .split('/')
        .slice(0, above === 0 ? undefined : -above)
        .join('/'),
    );
  }
  const folder = destination.text.replace(/\/?$/, '/');
  const lines: string[] = [];
  const files = new Map<string, string[]>();
  for (const [target, path] of [...taken].sort()) {
    const isFile = needed.some(([one]) => one === inside + target);
    const copiedPath = from === undefined ? path : inside + target;
    const source = (isFile && settingsOf(path, site.context)?.pattern(copiedPath)) || copiedPath;
    const above = target.slice(0, target.lastIndexOf('/') + 1);
    if (isFile) files.set(above, [...(files.get(above) ?? []), source]);
    else lines.push(`${source} ${folder}${target}`);
  }
  const copies = [
    ...[...files].map(([above, sources]) =>
      // A single file keeps the written target of the directory.
      above === '' && sources.length === 1 && !sources[0]?.includes('*') && /^\.\/?$/.test(destination.value)
        ? `${sources.join(' ')} ${destination.text}`
        : `${sources.join(' ')} ${folder}${above}`,
    ),
    ...lines,
  ];
  if (copies.length > MAX_LINES || copies.some((line) => /["'\\]/.test(line))) return undefined;
  if ([...taken].some((pair) => pair.some((path) => /\s/.test(path)))) return undefined;
  const option = from === undefined ? '' : `--from=${from} `;
  return copies.map((line) => `COPY ${option}${flags}${line}`);
}

/** `config.json.example`, `.env.sample`, `config.example.yaml`. */
const EXAMPLE = /[.-](?:example|sample|dist|template)(?=$|\.\w+$)/;

/**
 * For an example of settings that people copy and fill in, and that Git usually ignores: the path of the file itself,
 * which only another build context has, and a pattern that matches both.
 */
function settingsOf(
  path: string,
  { files }: BuildContext,
): { readonly path: string; pattern(example: string): string } | undefined {
  const settings = path.replace(EXAMPLE, '');
  if (settings === path || files.has(settings)) return undefined;
  return { path: settings, pattern: (example) => example.replace(EXAMPLE, '*') };
}

/**
 * Files that frameworks and libraries look for by themselves; `sign` matches the library's name in a manifest or
 * source.
 */
const BY_CONVENTION: readonly { readonly sign: RegExp; readonly file: RegExp }[] = [
  { sign: /\bgodotenv\b|\bdotenvy?\b/, file: /^\.env(?:\.[\w.-]+)?$/ },
  { sign: /\brocket\b/, file: /^Rocket\.toml$/ },
  { sign: /\brocket_dyn_templates\b/, file: /^templates\// },
  { sign: /\bloco-rs\b/, file: /^(?:config|assets)\// },
  { sign: /\bbeego\b/, file: /^(?:conf|views|static)\// },
  { sign: /\blog4rs\b/, file: /^log4rs\.\w+$/ },
];

/**
 * True for a file that the running program may read: one of its texts names the file or its directory, or a library
 * looks for it. Files that nothing names are only there for the build or for people.
 */
export function isReadAtRunTime(site: Site, given: string): boolean {
  const { names, conventions } = mentionsOf(site);
  const path = settingsOf(given, site.context)?.path ?? given;
  if (conventions.some((file) => file.test(path))) return true;
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const dot = name.indexOf('.', 1);
  const stem = dot < 0 ? name : name.slice(0, dot);
  if (parts.length === 1)
    return names.has(name) || (/\.(?:ya?ml|toml|json|ini|env|conf|properties)$/.test(name) && names.has(stem));
  return parts.some((part, index) => index < parts.length - 1 && names.has(part)) || names.has(name);
}

/** True for tests and documentation, unless a text of the program names the file or `./` with its directory. */
export function isAsideOf(site: Site, path: string): boolean {
  if (!isAside(path)) return false;
  const { literals } = mentionsOf(site);
  const parts = path.split('/');
  const folders = parts.slice(1).map((_, index) => `./${parts.slice(0, index + 1).join('/')}`);
  return ![path, `./${path}`, `/${path}`, ...folders].some((one) => literals.has(one));
}

/** True if a text that the running program uses contains this name in a path. */
export function isNamedAtRunTime(site: Site, name: string): boolean {
  return mentionsOf(site).names.has(name);
}

interface Mentions {
  readonly names: ReadonlySet<string>;
  /** String literals of sources, without a `/` at the end. */
  readonly literals: ReadonlySet<string>;
  readonly conventions: readonly RegExp[];
}

const known = new WeakMap<Site, Mentions>();

function mentionsOf(site: Site): Mentions {
  let mentions = known.get(site);
  if (!mentions) {
    mentions = readMentions(site);
    known.set(site, mentions);
  }
  return mentions;
}

/**
 * Path components in string literals of sources, in settings, in Compose files and in the instructions that the
 * Dockerfile keeps.
 */
function readMentions(site: Site): Mentions {
  const names = new Set<string>();
  const literals = new Set<string>();
  const add = (text: string) => {
    // Paths of system programs and files.
    const own = text.replace(/\/(?:bin|sbin|usr|lib|etc|dev|proc|sys|tmp)\/[\w./-]{0,200}/g, ' ');
    for (const part of own.split(/[\s/\\:=,;|'"`()[\]{}<>]+/)) if (part !== '' && part !== '.') names.add(part);
  };
  const sources = sourcesOf(site) ?? [];
  let all = '';
  for (const { path, text } of sources) {
    all += text;
    // Pages and tools of other languages are only data for this program.
    if (/(?:^|\/)(?:Makefile|Dockerfile)[^/]*$|\.(?:mk|mod|sum|py|[cm]?[jt]sx?|rb|php|java|cs)$/.test(path)) continue;
    if (/\.(?:sh|bash|conf|cfg|ini)$|(?:^|\/)[^./]+$/.test(path)) add(text);
    else
      for (const [, quoted = ''] of withoutImports(text).matchAll(/["'`]([^"'`\n]{1,300})["'`]/g)) {
        add(quoted);
        literals.add(quoted.replace(/\/$/, ''));
      }
  }
  for (const path of site.context.files.keys()) {
    if (isComposeFile(path) || /(?:^|\/)\.env[^/]*$/.test(path)) add(site.context.read(path) ?? '');
    else if (/(?:^|\/)(?:go\.mod|Cargo\.toml)$/.test(path)) all += site.context.read(path) ?? '';
    else if (/\.(?:ya?ml|toml|ini|conf|json)$/.test(path) && !isAside(path) && site.copied.isComplete) {
      const size = site.context.files.get(path)?.sizeBytes ?? 0;
      if (size < 16_384 && /(?:^|\/)(?:config|settings|app|application|default|production|server)[^/]*$/i.test(path))
        add(site.context.read(path) ?? '');
    }
  }
  for (const node of site.stage.instructions) {
    if (['CMD', 'ENTRYPOINT', 'ENV', 'HEALTHCHECK', 'VOLUME'].includes(node.keyword)) add(node.bodyText);
    for (const command of node.keyword === 'RUN' ? (node.script?.commands ?? []) : [])
      if (commandKind(command) === 'setup') for (const { value } of command.words.slice(1)) add(value);
  }
  return { names, literals, conventions: BY_CONVENTION.filter(({ sign }) => sign.test(all)).map(({ file }) => file) };
}

/**
 * Removes imports, embeds and struct tags: packages are named like directories, embedded files are part of the
 * program, and field names are not file names.
 */
function withoutImports(text: string): string {
  let isImport = false;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const start = line.trimStart();
    if (/^import\s{0,4}\(/.test(start)) isImport = true;
    if (!isImport && !NO_PATHS.test(start)) kept.push(line.replace(/`\w{1,40}:"[^`]{0,300}`/g, ''));
    if (isImport && start.includes(')')) isImport = false;
  }
  return kept.join('\n');
}

/** Lines that name files that are compiled into the program. */
const NO_PATHS =
  /^(?:import |#\s{0,4}include|\/\/go:embed|#\[(?:folder|template))|\b(?:include_str|include_bytes|embed_migrations|migrate|include_dir)!/;
