import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import { readPackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { type PackageStart, packageStart } from '../../app/start/packageStart';
import type { Instruction } from '../../dockerfile/model';
import { type Phrase, phrase } from '../../l10n/phrase';
import { isComposeFile } from '../../project/fileNames';
import { parseText } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';
import { type Guard, isGuard, refuse } from '../transform';
import { StageLines, sourceOf } from './compose';
import { nodeKind } from './nodeCommands';
import { outputFolders, type Project, readOf, settingsOf } from './nodeOutputs';
import { lineOf, startedPrograms } from './nodeStart';

/** A front end that one stage both builds and serves. */
export interface BuiltPages {
  /** The language or tool that builds them. */
  readonly language: string;
  /** The comment above the build stage. */
  readonly comment: Phrase;
  /** Absolute path of the built pages. */
  readonly folder: string;
  readonly port: number;
  /** Lines that build them. */
  readonly lines: readonly string[];
  /** The current server compiles the pages itself, for development. */
  readonly isDevelopment: boolean;
  /** Unknown paths are answered with index.html. */
  readonly isSinglePage: boolean;
}

type PageServer = Pick<BuiltPages, 'port' | 'isDevelopment' | 'isSinglePage'>;

/** Pages that a preview or development server of a front end serves from the stage with the sources. */
export function builtPages(site: Site): BuiltPages | Guard | undefined {
  const { stage } = site;
  const last = stage.instructions.at(-1);
  if (!last) return undefined;
  const folder = workdirAt(last);
  const json = readPackageJson(site, folder);
  const started = json && packageStart(site, json.scripts);
  if (!json || !started) return undefined;
  const project: Project = { site, folder, json };
  const server = serverOf(project, started, last);
  if (!server || isGuard(server)) return server;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const kindOf = (command: ShellCommand) => nodeKind(command, json, started);
  const builds = runs.filter((run) => run.script?.commands.some((command) => kindOf(command) === 'build'));
  const added = builds.length === 0 && server.isDevelopment ? `${managerOf(started)} run build` : undefined;
  const commands = [...builds.flatMap(({ script }) => script?.commands ?? []), ...parseText(added ?? '').commands];
  const outputs = outputFolders(
    project,
    commands.filter((command) => kindOf(command) === 'build'),
  );
  if (outputs?.length !== 1) return undefined;
  const end = builds.at(-1)?.span.end ?? Number.POSITIVE_INFINITY;
  const later = stage.instructions.filter(({ span }) => span.start > end);
  if (later.some(({ keyword }) => /^(?:RUN|COPY|ADD|HEALTHCHECK|VOLUME|ONBUILD)$/.test(keyword))) return undefined;
  return {
    language: 'Node.js',
    comment: phrase('Build stage: install all dependencies and build the app'),
    folder: absolutePath(outputs[0] ?? '', folder),
    ...server,
    lines: linesUntil(site, added && `RUN ${added}`, { end }),
  };
}

interface BuildPart {
  /** The offset after which nothing builds. */
  readonly end?: number;
  readonly without?: readonly Instruction[];
}

/** The instructions of the stage that build the pages, and one that the plan adds. */
export function linesUntil(
  { dockerfile, stage }: Site,
  added: string | undefined,
  { end = Number.POSITIVE_INFINITY, without = [] }: BuildPart,
): readonly string[] {
  const lines = new StageLines(dockerfile);
  for (const node of stage.instructions) {
    const isOther = node.span.end > end || /^(?:CMD|ENTRYPOINT|EXPOSE|LABEL|STOPSIGNAL)$/.test(node.keyword);
    if (isOther || without.includes(node)) continue;
    lines.at(node);
    lines.push(sourceOf(dockerfile, node));
  }
  if (added !== undefined) lines.push(added);
  return lines.lines;
}

function serverOf(project: Project, started: PackageStart, last: Instruction): PageServer | Guard | undefined {
  const [server, ...others] = startedPrograms(started);
  if (!server || others.length > 0) return undefined;
  const line = lineOf(server);
  const tool = SERVERS.find(({ command }) => command.test(line));
  if (tool) return toolServer(project, tool, line);
  if (!/^(?:react-scripts|react-app-rewired|craco) start$/.test(line) || differsInProduction(project)) return undefined;
  const environment = readOf(project, '.env') ?? '';
  const port =
    server.assignments.find(({ name }) => name === 'PORT')?.value ??
    last.resolve('PORT')?.value ??
    /^PORT=(\d+)/m.exec(environment)?.[1] ??
    '3000';
  const isOther =
    // Its build checks types, which its development server only reports.
    readOf(project, 'tsconfig.json') !== undefined ||
    /"(?:proxy|homepage)"\s*:/.test(readOf(project, 'package.json') ?? '') ||
    /^HTTPS=true/m.test(environment);
  return isOther || !/^\d+$/.test(port) ? undefined : { port: Number(port), isDevelopment: true, isSinglePage: true };
}

/** A server of a build tool, and where its settings are. */
interface ToolServer {
  readonly command: RegExp;
  readonly settings: RegExp;
  /** The part of the settings that has its port. */
  readonly part: string;
  readonly port: string;
  /** Settings of another kind of program. */
  readonly unlike: RegExp;
  /** A setting that puts the pages elsewhere than at `/`. */
  readonly elsewhere: RegExp;
  readonly isDevelopment: boolean;
  readonly isSinglePage: boolean;
}

const BASE = /\bbase ?:(?! ?["'`]\.?\/["'`])/;
const VITE = { settings: /^vite\.config\./, elsewhere: BASE, isSinglePage: true };
const NO_PAGES = /\b(?:sveltekit|appType|ssr|laravel|remix|reactRouter|nitro)\b/i;

/** https://vite.dev/config/preview-options, https://vite.dev/config/server-options, https://docs.astro.build/en/reference/cli-reference/#astro-preview, https://docusaurus.io/docs/cli (2026-11). */
const SERVERS: readonly ToolServer[] = [
  { ...VITE, command: /^vite preview\b/, part: 'preview', port: '4173', unlike: NO_PAGES, isDevelopment: false },
  {
    ...VITE,
    command: /^vite(?: dev| serve)?(?= -|$)/,
    part: 'server',
    port: '5173',
    unlike: NO_PAGES,
    isDevelopment: true,
  },
  {
    command: /^astro preview\b/,
    settings: /^astro\.config\./,
    part: 'server',
    port: '4321',
    unlike: /\badapter\b|\boutput ?:/,
    elsewhere: BASE,
    isDevelopment: false,
    isSinglePage: false,
  },
  {
    command: /^docusaurus serve\b/,
    settings: /^docusaurus\.config\./,
    part: 'server',
    port: '3000',
    unlike: /\boutDir\b/,
    elsewhere: /\bbaseUrl ?:(?! ?["'`]\/["'`])/,
    isDevelopment: false,
    isSinglePage: false,
  },
];

function toolServer(project: Project, tool: ToolServer, line: string): PageServer | Guard | undefined {
  const { part, isDevelopment, isSinglePage } = tool;
  const [name = ''] = tool.command.exec(line) ?? [];
  const options = /^(?: --host(?:[= ][\w.:]+)?| --strictPort| --no-open| --port[= ]\d+){0,6}$/.test(
    line.slice(name.length),
  );
  const settings = settingsOf(project, tool.settings);
  const own =
    new RegExp(`\\b${part} ?: ?\\{[^}]{0,1000}?\\bport ?: ?([^\\s,}]{1,20})`).exec(settings)?.[1] ?? tool.port;
  const port = /--port[= ](\d+)/.exec(line)?.[1] ?? own;
  if (!options || !/^\d+$/.test(port) || tool.unlike.test(settings)) return undefined;
  if (isDevelopment && differsInProduction(project)) return undefined;
  if (/\bproxy ?:/.test(settings)) return refuse('`{name}` forwards requests to another server', { name });
  if (tool.elsewhere.test(settings)) return refuse('the pages are not served at `/`');
  return { port: Number(port), isDevelopment, isSinglePage };
}

/**
 * False only if a production build makes the same pages:
 * https://create-react-app.dev/docs/adding-custom-environment-variables, https://vite.dev/guide/env-and-mode (2026-11).
 */
function differsInProduction(project: Project): boolean {
  const { site, json } = project;
  return (
    !Object.hasOwn(json.scripts, 'build') ||
    /\b(?:vue-)?tsc\b/.test(json.scripts['build'] ?? '') ||
    ['.env.development', 'src/setupProxy.js'].some((file) => readOf(project, file) !== undefined) ||
    (sourcesOf(site)?.some(({ text }) =>
      /NODE_ENV|import\.meta\.env\.(?:DEV|PROD|MODE)|import\.meta\.hot/.test(text),
    ) ??
      true) ||
    isGivenAtStart(site)
  );
}

/** True if a Compose file sets variables of the pages, which are then only known when the container starts. */
function isGivenAtStart({ project }: Site): boolean {
  return [...project.files.keys()].some(
    (path) => isComposeFile(path) && /REACT_APP_|VITE_/.test(project.read(path) ?? ''),
  );
}

function managerOf({ managers }: PackageStart): string {
  return ['yarn', 'pnpm'].find((name) => managers.has(name)) ?? 'npm';
}
