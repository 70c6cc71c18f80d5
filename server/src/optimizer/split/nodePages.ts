import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import { readPackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { type PackageStart, packageStart } from '../../app/start/packageStart';
import type { Instruction } from '../../dockerfile/model';
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
  /** Absolute path of the built pages. */
  readonly folder: string;
  readonly port: number;
  /** Lines that build them. */
  readonly lines: readonly string[];
  /** The current server compiles the pages itself, for development. */
  readonly isDevelopment: boolean;
}

interface PageServer {
  readonly port: number;
  readonly isDevelopment: boolean;
}

/** Pages that `vite preview`, or the development server of Create React App, serves from the stage with the sources. */
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
    folder: absolutePath(outputs[0] ?? '', folder),
    port: server.port,
    isDevelopment: server.isDevelopment,
    lines: linesUntil(site, end, added),
  };
}

function linesUntil({ dockerfile, stage }: Site, end: number, added: string | undefined): readonly string[] {
  const lines = new StageLines(dockerfile);
  for (const node of stage.instructions) {
    if (node.span.end > end || /^(?:CMD|ENTRYPOINT|EXPOSE|LABEL|STOPSIGNAL)$/.test(node.keyword)) continue;
    lines.at(node);
    lines.push(sourceOf(dockerfile, node));
  }
  if (added !== undefined) lines.push(`RUN ${added}`);
  return lines.lines;
}

function serverOf(project: Project, started: PackageStart, last: Instruction): PageServer | Guard | undefined {
  const [server, ...others] = startedPrograms(started);
  if (!server || others.length > 0) return undefined;
  const line = lineOf(server);
  if (/^vite preview\b/.test(line)) return viteServer(project, line);
  return /^(?:react-scripts|react-app-rewired|craco) start$/.test(line)
    ? reactServer(project, server, last)
    : undefined;
}

/** Ports and other options according to https://vite.dev/config/preview-options (2026-11). */
function viteServer(project: Project, line: string): PageServer | Guard | undefined {
  const options = /^vite preview(?: --host(?:[= ][\w.:]+)?| --strictPort| --port[= ]\d+){0,6}$/.test(line);
  const settings = settingsOf(project, /^vite\.config\./);
  const own = /\bpreview ?: ?\{[^}]{0,1000}?\bport ?: ?([^\s,}]{1,20})/.exec(settings)?.[1] ?? '4173';
  const port = /--port[= ](\d+)/.exec(line)?.[1] ?? own;
  if (!options || !/^\d+$/.test(port) || /\b(?:sveltekit|appType|ssr)\b/.test(settings)) return undefined;
  if (/\bproxy ?:/.test(settings))
    return refuse('`{name}` forwards requests to another server', { name: 'vite preview' });
  if (/\bbase ?: ?(?!["'`]\.?\/["'`])/.test(settings)) return refuse('the pages are not served at `/`');
  return { port: Number(port), isDevelopment: false };
}

/**
 * Only if a production build makes the same pages:
 * https://create-react-app.dev/docs/adding-custom-environment-variables (2026-11).
 */
function reactServer(project: Project, server: ShellCommand, last: Instruction): PageServer | undefined {
  const { site, json } = project;
  const manifest = readOf(project, 'package.json') ?? '';
  const environment = readOf(project, '.env') ?? '';
  const differs =
    !Object.hasOwn(json.scripts, 'build') ||
    /"(?:proxy|homepage)"\s*:/.test(manifest) ||
    ['tsconfig.json', '.env.development', 'src/setupProxy.js'].some((file) => readOf(project, file) !== undefined) ||
    /^HTTPS=true/m.test(environment) ||
    (sourcesOf(site)?.some(({ text }) => text.includes('NODE_ENV')) ?? true) ||
    isGivenAtStart(site);
  const port =
    server.assignments.find(({ name }) => name === 'PORT')?.value ??
    last.resolve('PORT')?.value ??
    /^PORT=(\d+)/m.exec(environment)?.[1] ??
    '3000';
  return differs || !/^\d+$/.test(port) ? undefined : { port: Number(port), isDevelopment: true };
}

/** True if a Compose file sets variables of the pages, which are then only known when the container starts. */
function isGivenAtStart({ project }: Site): boolean {
  return [...project.files.keys()].some((path) => isComposeFile(path) && /REACT_APP_/.test(project.read(path) ?? ''));
}

function managerOf({ managers }: PackageStart): string {
  return ['yarn', 'pnpm'].find((name) => managers.has(name)) ?? 'npm';
}
