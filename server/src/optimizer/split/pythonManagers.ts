import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import { pythonMinor } from '../../app/pythonVersion';
import type { Site } from '../../app/site';
import { startLines } from '../../app/start/startLines';
import { packageCommand } from '../../commands/packageCommand';
import type { Instruction, Pair } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import type { Word } from '../../text/word';
import { type Guard, isGuard, refuse } from '../transform';
import { editedSource } from './compose';
import { isUvImage } from './pythonImage';

/** A tool that installs the dependencies of a project file. */
export interface ProjectManager {
  readonly name: ManagerName;
  /** Absolute path of the environment that the tool creates; undefined: it uses the active one. */
  readonly folder?: string;
  /** Absolute path where a setting can have it created, next to the sources. */
  readonly possibleFolder?: string;
}

type ManagerName = 'poetry' | 'pipenv' | 'uv' | 'pdm';

/** Tools that only install: no running program needs them once the environment exists. */
const TOOLS = /^(?:poetry|poetry-plugin-export|pipenv|uv|pdm)(?:[=<>~!@[].*)?$/;
const BESIDE_TOOLS = /^(?:pip|setuptools|wheel|virtualenv)(?:[=<>~!@[].*)?$/;

/** The words of a call of such a tool, with `python -m pdm install` as `pdm install`; undefined for other commands. */
export function managerWords(words: readonly Word[]): readonly Word[] | undefined {
  const isModule = /^python[\d.]*$/.test(words[0]?.value ?? '') && words[1]?.value === '-m';
  const own = isModule ? words.slice(2) : words;
  return /^(?:.*\/)?(?:poetry|pipenv|uvx?|pdm)$/.test(own[0]?.value ?? '') ? own : undefined;
}

/** `poetry install`, `pipenv install --system`, `uv sync`: calls after which the environment can be copied. */
export function managerIn(command: ShellCommand): ManagerName | undefined {
  const words = managerWords(command.words) ?? [];
  const name = baseName(words[0]?.value ?? '');
  const subcommand = words.find(({ value }, index) => index > 0 && !value.startsWith('-'))?.value;
  if (subcommand !== 'install' && subcommand !== 'sync') return undefined;
  if (name === 'uv') return subcommand === 'sync' ? name : undefined;
  return name === 'poetry' || name === 'pipenv' || name === 'pdm' ? name : undefined;
}

/** The manager of the stage and the path of its environment; a guard if that is uncertain. */
export function projectManager(site: Site, runs: readonly Instruction[]): ProjectManager | Guard | undefined {
  for (const run of runs) {
    const command = run.script?.commands.find((one) => managerIn(one) !== undefined);
    const name = command && managerIn(command);
    if (!name) continue;
    const own = folderOf(site, name, run);
    if (isGuard(own)) return own;
    const folder = own !== undefined && isMountedOver(site, own) ? undefined : own;
    if (own !== folder && startLines(site).some((line) => line.includes('.venv/')))
      return refuse('Compose mounts a directory over the packages in {folder}', { folder: own ?? '' });
    const doubt = name === 'uv' ? versionDoubt(site) : undefined;
    if (doubt) return doubt;
    if (folder !== undefined) return { name, folder };
    const possibleFolder = own === undefined && name === 'poetry' ? inProject(site, run) : undefined;
    return possibleFolder === undefined ? { name } : { name, possibleFolder };
  }
  return undefined;
}

/** A bind mount hides the directory, so the environment has to be elsewhere. */
function isMountedOver({ services }: Site, folder: string): boolean {
  const mounts = services.flatMap((service) => service.mounts);
  return (
    mounts.some(({ kind, target }) => kind === 'bind' && isWithin(folder, target)) &&
    !mounts.some(({ target }) => target === folder)
  );
}

/** Where the environment is created; undefined if the tool uses the active one. */
function folderOf(site: Site, name: ManagerName, run: Instruction): string | Guard | undefined {
  const text = textOf(site);
  if (
    /\bWORKON_HOME\b|virtualenvs\.path|POETRY_VIRTUALENVS_PATH|PIPENV_IGNORE_VIRTUALENVS|__pypackages__|use_venv/.test(
      text,
    )
  )
    return refuse('the Dockerfile sets the environment directory of {name}', { name });
  if (name === 'uv') {
    const written = run.resolve('UV_PROJECT_ENVIRONMENT')?.value ?? '.venv';
    const folder = absolutePath(written, workdirAt(run));
    // In a system directory it could not be separated from the system's files, so the packages go into the plan's own
    // environment.
    return /^\/(?:usr(?:\/local)?|root.*)?$/.test(folder) ? undefined : folder;
  }
  const isInProject =
    name === 'pdm' ||
    /virtualenvs\.in-project\s+true|VIRTUALENVS_IN_PROJECT=["']?(?:1|true)/.test(text) ||
    (name === 'pipenv' && /PIPENV_VENV_IN_PROJECT/.test(text) && !text.includes('--system')) ||
    (name === 'poetry' && /^in-project = true/m.test(site.context.read('poetry.toml') ?? ''));
  return isInProject && !IS_OFF.test(text) ? absolutePath('.venv', workdirAt(run)) : undefined;
}

/** Where Poetry creates an environment if nothing else is said, Compose mounts nothing there, and no other is active. */
function inProject(site: Site, run: Instruction): string | undefined {
  const folder = absolutePath('.venv', workdirAt(run));
  const isSet = IS_OFF.test(textOf(site)) || /\bVIRTUAL_ENV\b|\bvenv\b|\bvirtualenv /.test(textOf(site));
  const isCopied = [...site.copied.files.keys()].some((path) => isWithin(path, folder));
  return isSet || isCopied || folder === '/.venv' || isMountedOver(site, folder) ? undefined : folder;
}

const IS_OFF = /virtualenvs\.create\s+false|VIRTUALENVS_CREATE=["']?(?:0|false)/;

/** uv downloads another Python if the project does not accept the image's, and that one would have to be copied too. */
function versionDoubt({ stage, context }: Site): Guard | undefined {
  const image = pythonMinor(stage)?.toString();
  const pinned = /^(?:cpython@?)?(\d+)(?:\.(\d+))?/m.exec(context.read('.python-version') ?? '');
  const wanted = pinned?.[2];
  const least = /^requires-python\s*=\s*["']\s*(?:>=|~=|==)\s*3\.(\d+)/m.exec(
    context.read('pyproject.toml') ?? '',
  )?.[1];
  if (image !== undefined && wanted !== undefined && wanted !== image)
    return refuse(
      '`.python-version` requires Python 3.{wanted}, which uv would download: use an image with that version',
      { wanted },
    );
  if (image !== undefined && least !== undefined && Number(least) > Number(image))
    return refuse('the project requires Python 3.{wanted}, which uv would download: use an image with that version', {
      wanted: least,
    });
  return undefined;
}

/** pip or an installer script that installs such a tool, or a call that only configures it. */
export function isToolSetup(command: ShellCommand): boolean {
  const pip = packageCommand(command, ['pip']);
  if (pip)
    return (
      pip.subcommand?.value === 'install' &&
      !pip.has('-r', '--requirement', '-e', '--editable') &&
      pip.operands.some(({ value }) => TOOLS.test(value)) &&
      pip.operands.every(({ value }) => TOOLS.test(value) || BESIDE_TOOLS.test(value))
    );
  if (isInstallerScript(command)) return true;
  const [tool, subcommand] = managerWords(command.words) ?? [];
  return (
    /^(?:.*\/)?(?:poetry|pipenv|uv|pdm)$/.test(tool?.value ?? '') &&
    /^(?:config|lock|cache|--version|-V|self|export|check|compile|requirements|python|shell|venv)$/.test(
      subcommand?.value ?? '',
    ) &&
    !(command.name === 'uv' && /^(?:venv|python)$/.test(subcommand?.value ?? ''))
  );
}

/** `curl -sSL https://install.python-poetry.org | python3 -`, both commands of the pipe. */
function isInstallerScript(command: ShellCommand): boolean {
  const item = command.chain.items[command.itemIndex];
  return (
    /^(?:curl|wget|sh|bash|python[\d.]*)$/.test(command.name) &&
    item?.kind === 'pipeline' &&
    item.commands.some(({ words }) =>
      words.some(({ value }) =>
        /^https:\/\/(?:install\.python-poetry\.org|astral\.sh\/uv\/(?:[\d.]+\/)?install\.sh|pdm-project\.org\/install-pdm\.py)$/.test(
          value,
        ),
      ),
    )
  );
}

/** True if the image, an installer or pip adds a manager that the program does not need. */
export function bringsTool({ stage }: Site): boolean {
  return (
    isUvImage(stage) ||
    stage.instructions.some(
      (node) => copiesTool(node) || (node.keyword === 'RUN' && node.script?.commands.some(isToolSetup)),
    )
  );
}

/** `COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/`. */
export function copiesTool(node: Instruction): boolean {
  return (
    node.keyword === 'COPY' &&
    node.flags.some(({ name, value }) => name === 'from' && /(?:^|\/)astral-sh\/uv(?::|@|$)/.test(value ?? ''))
  );
}

const TOOL_SETTING = /^(?:POETRY|PIPENV|PDM|UV)_/;
const TOOL_FOLDER =
  /^(?:\$\{?(?:POETRY_HOME|UV_INSTALL_DIR)\}?\/bin|\/root\/\.(?:local|cargo)\/bin|\/opt\/poetry\/bin|\$\{?PATH\}?)$/;

/** `rm -r $POETRY_HOME/lib` would remove `/lib` without the variable. */
const REMOVES_INSIDE = /\brm [^&;|]{0,300}\$\{?\w+\}?["']?\//;

/** An ENV without settings of these tools: [] if nothing is left; undefined if it has none of them. */
export function withoutToolSettings(site: Site, node: Instruction): readonly string[] | undefined {
  const { dockerfile, stage } = site;
  if (node.keyword !== 'ENV' || !bringsTool(site)) return undefined;
  const isTools = ({ name, valueText = '' }: Pair) =>
    TOOL_SETTING.test(name) ||
    (name === 'PATH' &&
      valueText
        .replace(/["']/g, '')
        .split(':')
        .every((part) => TOOL_FOLDER.test(part)));
  const kept = node.pairs.filter((pair) => !isTools(pair));
  if (kept.length === node.pairs.length) return undefined;
  const gone = node.pairs.filter(isTools).map(({ name }) => name);
  const isRead = stage.instructions.some(
    (other) =>
      (!/^(?:RUN|COPY)$/.test(other.keyword) || REMOVES_INSIDE.test(other.bodyText)) &&
      gone.some((name) => name !== 'PATH' && mentionsVariable(other.bodyText, name)) &&
      !(other.keyword === 'ENV' && other.pairs.every(isTools)),
  );
  if (isRead) return undefined;
  const written = kept.map(({ span }) => dockerfile.text.slice(span.start, span.end));
  return written.length === 0 ? [] : [`ENV ${written.join(' \\\n    ')}`];
}

const RUN_OPTIONS = ['--no-sync', '--frozen', '--locked', '--no-dev', '--no-cache', '--'];

/**
 * The instruction with `uv run x` as `x`, because the environment is on the PATH; a guard if the tool does more than
 * that.
 */
export function withoutRunner({ dockerfile }: Site, node: Instruction): string | Guard | undefined {
  const edits: TextEdit[] = [];
  const calls: readonly (readonly Word[])[] =
    node.script === undefined ? [node.args] : node.script.commands.map(({ words }) => words);
  const isList = node.script === undefined && node.form === 'exec';
  for (const words of calls) {
    const [first, second, ...others] = managerWords(words) ?? [];
    const [start] = words;
    if (!first || !start) continue;
    const program = others.find(({ value }) => !RUN_OPTIONS.includes(value));
    if (second?.value !== 'run' || !program || (program.value.startsWith('-') && program.value !== '-m'))
      return refuse('cannot determine what `{name}` starts', { name: first.value });
    const python = isList ? '"python", ' : 'python ';
    const needsPython = program.value === '-m' || /\.py$/.test(program.value);
    edits.push({
      span: { start: start.span.start, end: program.span.start },
      newText: needsPython ? python : '',
    });
  }
  return edits.length === 0 ? undefined : editedSource(dockerfile, node, edits);
}

/**
 * CMD without the tool that starts it. uv and PDM end on SIGTERM together with what they started, and the others are
 * replaced by it. Python as the first process ignores SIGTERM unless the program handles it, but stops on SIGINT.
 */
export function startWithoutRunner(site: Site, node: Instruction): string | undefined {
  const start = withoutRunner(site, node);
  if (typeof start !== 'string') return undefined;
  const { stage } = site;
  const stops =
    node.form !== 'exec' ||
    !/(?:^|\/)(?:uv|pdm)$/.test(node.args[0]?.value ?? '') ||
    !/^\w+ \["python[\d.]*", ?"[^"-][^"]*\.py"/.test(start) ||
    stage.instructions.some(({ keyword }) => keyword === 'STOPSIGNAL') ||
    (sourcesOf(site) ?? []).some(({ text }) => /\bSIGTERM\b/.test(text));
  return stops ? start : `STOPSIGNAL SIGINT\n${start}`;
}

const MANAGER_CALL = /(?:^|[\s;&"'(])(poetry|pipenv|uv|pdm) (?:run|sync|install|shell)\b/;

/** Why the tool has to be in the final image. */
export function runnerDoubt(site: Site): Guard | undefined {
  const { stage, context } = site;
  for (const node of stage.instructions) {
    if (!/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(node.keyword)) continue;
    const answer = withoutRunner(site, node);
    if (isGuard(answer)) return answer;
    const script = scriptOfProject(site, node);
    if (script) return script;
  }
  for (const line of site.services.flatMap(({ starts }) => starts)) {
    const tool = MANAGER_CALL.exec(line)?.[1];
    if (tool !== undefined)
      return refuse(
        '{path} calls `{name}`, which only the build stage would have: call the program directly, since the plan puts it on the PATH',
        {
          path: 'Compose',
          name: tool,
        },
      );
  }
  const text = textOf(site);
  for (const { path, text: script } of sourcesOf(site) ?? []) {
    const name = baseName(path);
    const tool = MANAGER_CALL.exec(withoutComments(script))?.[1];
    if (tool !== undefined && /\.(?:sh|bash)$|^[^.]+$/.test(name) && text.includes(name))
      return refuse(
        '{path} calls `{name}`, which only the build stage would have: call the program directly, since the plan puts it on the PATH',
        { path, name: tool },
      );
  }
  return context.files.has('.env') && /["\s]pipenv["',\s]+run\b/.test(text)
    ? refuse('`pipenv run` reads `.env`: set these variables when you start the container')
    : undefined;
}

/** `pipenv run start` if the project file defines `start`. */
function scriptOfProject({ context }: Site, node: Instruction): Guard | undefined {
  const words = node.script?.commands.flatMap((command) => command.words) ?? node.args;
  for (const [index, { value: name }] of words.entries()) {
    if (!/^(?:pipenv|pdm)$/.test(name) || words[index + 1]?.value !== 'run') continue;
    const script = words[index + 2]?.value ?? '';
    const text = context.read(name === 'pdm' ? 'pyproject.toml' : 'Pipfile') ?? '';
    const [, scripts = ''] = /^\[(?:tool\.pdm\.)?scripts\]\s*\n((?:(?!\[).*\n?)*)/m.exec(text) ?? [];
    if (scripts.split('\n').some((line) => line.split('=')[0]?.trim().replace(/["']/g, '') === script))
      return refuse('`{name} run {script}` runs a script of the project: start its command directly', { name, script });
  }
  return undefined;
}

function textOf({ dockerfile, stage }: Site): string {
  return dockerfile.text.slice(stage.from.span.start, stage.instructions.at(-1)?.span.end);
}

function withoutComments(script: string): string {
  return script
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
}
