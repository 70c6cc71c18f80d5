import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import { readInImage } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { startWords } from '../../app/start/startWords';
import type { Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { baseName } from '../../text/paths';
import { wordList } from '../../text/wordList';
import { type Guard, isGuard, refuse } from '../transform';
import { type BuiltPages, linesUntil } from './nodePages';

/** A generator of sites with a development server. */
interface Generator {
  readonly language: string;
  readonly program: string;
  readonly serve: RegExp;
  /** The command that builds the pages. */
  readonly build: readonly string[];
  readonly port: string;
  readonly portOption: RegExp;
  /** Options of the server alone; the first list has those with a value. */
  readonly dropped: readonly [RegExp, RegExp];
  /** Options that the build knows too. */
  readonly kept: readonly [RegExp, RegExp];
  readonly settings: RegExp;
  readonly output: string;
  readonly outputSetting: RegExp;
  /** The address of the site, or its path. */
  readonly addressSetting: RegExp;
  readonly portSetting?: RegExp;
  /** The pages contain the address. */
  readonly linksToAddress: boolean;
  readonly environment?: readonly [string, string];
}

/**
 * https://gohugo.io/commands/hugo_server, https://jekyllrb.com/docs/configuration/options,
 * https://www.mkdocs.org/user-guide/cli (2026-11).
 */
const GENERATORS: readonly Generator[] = [
  {
    language: 'Hugo',
    program: 'hugo',
    serve: /^serve(?:r)?$/,
    build: [],
    port: '1313',
    portOption: /^(?:-p|--port)$/,
    dropped: [
      wordList`--bind --liveReloadPort --poll`,
      wordList`-w --watch --disableFastRender --disableLiveReload --noHTTPCache -N --navigateToChanged -M --renderToMemory --renderToDisk --appendPort -v --verbose --debug`,
    ],
    kept: [
      wordList`-e --environment -t --theme`,
      wordList`-D --buildDrafts -F --buildFuture -E --buildExpired --gc --minify --enableGitInfo --cleanDestinationDir`,
    ],
    settings: /^(?:config\/_default\/)?(?:hugo|config)\.(?:toml|ya?ml|json)$/,
    output: 'public',
    outputSetting: /^[ \t]{0,9}"?publishDir\b/im,
    addressSetting: /^[ \t]{0,9}"?baseURL"?[ \t]{0,9}[=:][ \t]{0,9}["']?([^"'\s,]{1,300})/im,
    linksToAddress: true,
  },
  {
    language: 'Jekyll',
    program: 'jekyll',
    serve: /^(?:s|serve|server)$/,
    build: ['build'],
    port: '4000',
    portOption: /^(?:-P|--port)$/,
    dropped: [
      wordList`-H --host --livereload-port`,
      wordList`-w --watch --no-watch -l --livereload --force_polling -I --incremental -V --verbose`,
    ],
    kept: [wordList`--layouts`, wordList`-D --drafts --future --unpublished --trace --strict_front_matter`],
    settings: /^_config\.ya?ml$/,
    output: '_site',
    outputSetting: /^(?:destination|source|host):/m,
    addressSetting: /^baseurl:[ \t]{0,9}["']?(\/[^"'\s#]{1,300})/m,
    portSetting: /^port:[ \t]{0,9}(\S{1,9})/m,
    linksToAddress: false,
    environment: ['JEKYLL_ENV', 'production'],
  },
  {
    language: 'MkDocs',
    program: 'mkdocs',
    serve: /^serve$/,
    build: ['build'],
    port: '8000',
    portOption: /^(?:-a|--dev-addr)$/,
    dropped: [
      wordList`-w --watch`,
      wordList`-o --open --livereload --no-livereload --dirty --dirtyreload -q --quiet -v --verbose --watch-theme`,
    ],
    kept: [wordList`-t --theme`, wordList`-s --strict --use-directory-urls --no-directory-urls`],
    settings: /^mkdocs\.ya?ml$/,
    output: 'site',
    outputSetting: /^(?:site_dir|INHERIT):/m,
    addressSetting: /^site_url:[ \t]{0,9}["']?([^"'\s#]{1,300})/m,
    portSetting: /^dev_addr:[ \t]{0,9}["']?(\S{1,99}?)["']?[ \t\r]{0,9}$/m,
    linksToAddress: false,
  },
];

/**
 * ENTRYPOINT and CMD of images of generators: Dockerfiles of klakegg/docker-hugo (2023-06) and squidfunk/mkdocs-material
 * (2026-11).
 */
const STARTS: ReadonlyMap<string, readonly [readonly string[], readonly string[]]> = new Map([
  ['klakegg/hugo', [['hugo'], []]],
  ['squidfunk/mkdocs-material', [['mkdocs'], ['serve', '--dev-addr=0.0.0.0:8000']]],
]);

/** These start the program that follows. */
const RUNNERS = /^(?:bundle exec|python[\d.]* -m|(?:poetry|uv|pipenv) run)$/;

/** The pages of a site whose generator serves them itself. */
export function sitePages(site: Site): BuiltPages | Guard | undefined {
  const { stage } = site;
  const words = wordsAtStart(stage);
  const at = RUNNERS.test(words.slice(0, 2).join(' ')) ? 2 : 0;
  const generator = GENERATORS.find(({ program }) => program === baseName(words[at] ?? ''));
  if (!generator?.serve.test(words[at + 1] ?? '')) return undefined;
  const calls = stage.instructions.filter((node) => callsFor(node, generator));
  if (!isUsable(site, calls) || calls.some((node) => !isPlainBuild(node, generator))) return undefined;
  if (stage.instructions.some(({ keyword }) => /^(?:USER|HEALTHCHECK|VOLUME|ONBUILD)$/.test(keyword))) return undefined;
  const folder = workdirAtEnd(stage.instructions);
  const settings = settingsIn(site, folder, generator);
  const server = settings && serverOf(generator, words.slice(at + 2), settings.text);
  if (!settings || !server || generator.outputSetting.test(settings.text)) return undefined;
  const address = addressOf(generator, server, settings);
  if (isGuard(address)) return address;
  const [name, value] = generator.environment ?? [];
  const isSet = name === undefined || stage.instructions.at(-1)?.resolve(name) !== undefined;
  const command = [...words.slice(0, at + 1), ...generator.build, ...server.options, ...address].join(' ');
  return {
    language: generator.language,
    comment: phrase('Build stage: build the pages'),
    folder: absolutePath(generator.output, folder),
    port: server.port,
    lines: linesUntil(site, `RUN ${isSet ? '' : `${name}=${value} `}${command}`, { without: calls }),
    isDevelopment: true,
    isSinglePage: false,
  };
}

function wordsAtStart(stage: Stage): readonly string[] {
  const words = startWords(stage);
  const image = stage.base.kind === 'image' ? stage.base.image.name : '';
  const [entrypoint, cmd] = STARTS.get(image) ?? [[], []];
  if (stage.instructions.some(({ keyword }) => keyword === 'ENTRYPOINT')) return words ?? [];
  if (!stage.instructions.some(({ keyword }) => keyword === 'CMD')) return [...entrypoint, ...cmd];
  return words ? [...entrypoint, ...words] : [];
}

/** False where nothing shows that a RUN can start the generator. */
function isUsable({ stage, facts }: Site, calls: readonly Instruction[]): boolean {
  return (
    calls.length > 0 || facts.shell !== undefined || (stage.base.kind === 'image' && STARTS.has(stage.base.image.name))
  );
}

function callsFor({ keyword, script }: Instruction, { program }: Generator): boolean {
  return (
    keyword === 'RUN' &&
    (script?.commands ?? []).some(
      ({ words }) =>
        words.slice(0, 3).some(({ value }) => value === program) &&
        !words.some(({ value }) => /^(?:install|add|-?-?version)$/.test(value)),
    )
  );
}

/** Builds the pages where they are, as the plan does: the step of the plan takes its place. */
function isPlainBuild({ script }: Instruction, { program, build }: Generator): boolean {
  const [only, ...others] = script?.commands ?? [];
  const words = only?.words.map(({ value }) => value) ?? [];
  const own = RUNNERS.test(words.slice(0, 2).join(' ')) ? words.slice(2) : words;
  return (
    others.length === 0 &&
    [program, ...build].join(' ') === own.filter((word) => !/^--(?:minify|gc)$/.test(word)).join(' ')
  );
}

interface Settings {
  readonly file: string;
  readonly text: string;
}

function settingsIn(site: Site, folder: string, { settings }: Generator): Settings | undefined {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const paths = [...site.copied.files.keys()].filter(
    (path) => path.startsWith(prefix) && settings.test(path.slice(prefix.length)),
  );
  const [path] = paths;
  if (path === undefined) return undefined;
  return { file: path.slice(prefix.length), text: paths.map((one) => readInImage(site, one) ?? '').join('\n') };
}

interface Server {
  readonly port: number;
  /** Options that the build knows too. */
  readonly options: readonly string[];
  readonly address: string | undefined;
  readonly addsPort: boolean;
}

function serverOf(generator: Generator, words: readonly string[], settings: string): Server | undefined {
  const { portOption, dropped, kept, portSetting } = generator;
  const options: string[] = [];
  let port = portSetting?.exec(settings)?.[1] ?? generator.port;
  let address: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [name = '', inside] = word.split(/=(.*)/s);
    const isValued = [portOption, ADDRESS, dropped[0], kept[0]].some((pattern) => pattern.test(name));
    const value = inside ?? (isValued ? words[++index] : undefined);
    if (isValued && (value === undefined || !/^[\w./:@,-]*$/.test(value))) return undefined;
    if (portOption.test(name)) port = value ?? '';
    else if (ADDRESS.test(name)) address = value;
    else if (kept[0].test(name)) options.push(inside === undefined ? `${word} ${value}` : word);
    else if (kept[1].test(name)) options.push(word);
    else if (!dropped.some((pattern) => pattern.test(name))) return undefined;
  }
  const [, number] = /(?:^|:)(\d{1,5})$/.exec(port) ?? [];
  return number === undefined
    ? undefined
    : { port: Number(number), options, address, addsPort: !words.includes('--appendPort=false') };
}

const ADDRESS = /^(?:-b|--base(?:URL|url))$/;

/** The option for the address that the pages link to; a guard where they would not work at `/`. */
function addressOf(
  { addressSetting, linksToAddress }: Generator,
  { address, addsPort, port }: Server,
  { file, text }: Settings,
): readonly string[] | Guard {
  const written = address ?? addressSetting.exec(text)?.[1] ?? '';
  const [start = '', host = ''] = /^(?:https?:)?\/\/([^/]{1,300})/.exec(written) ?? [];
  if (!/^\/?$/.test(written.slice(start.length))) return refuse('the pages are not served at `/`');
  if (!linksToAddress) return address === undefined ? [] : [`--baseurl '${address}'`];
  if (address === undefined) {
    const isKnown = host === '' ? written === '/' : !/(?:^|\.)example\.\w+$|^localhost\b/.test(host);
    return isKnown
      ? []
      : refuse('{file} does not set `baseURL` to the address of the site, which the pages link to', { file });
  }
  // The server adds its port to the address: https://gohugo.io/commands/hugo_server (2026-11).
  const withPort = addsPort && host !== '' ? written.replace(host, `${host.replace(/:\d+$/, '')}:${port}`) : written;
  return [`--baseURL ${withPort}`];
}
