import { packageCommand } from '../commands/packageCommand';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { readOptions } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { Word } from '../text/word';
import { wordList } from '../text/wordList';
import { absolutePath } from './copiedFiles';
import { looksAtNothing } from './dependencyInstall';
import { lockedInstall } from './lockedInstall';
import type { Place } from './manifestInstall';
import { isLocalFile } from './pipInstall';
import { dependencyList } from './projectManifest';
import { readsToml } from './pythonVersion';

/**
 * An install of the project itself, which needs the sources, and the commands that install only its dependencies
 * without them.
 */
export interface ProjectInstall {
  readonly command: ShellCommand;
  isManifest(path: string): boolean;
  readonly manifests: readonly string[];
  /** Commands that install only the dependencies. */
  readonly commands: readonly string[];
}

type Dependencies = Pick<ProjectInstall, 'manifests' | 'commands'>;

/** The first such command of a RUN whose dependencies are known; undefined when there is none. */
export function projectInstall(
  dockerfile: DockerfileModel,
  run: Instruction,
  context: BuildContext,
  place: Place,
): ProjectInstall | undefined {
  const { script } = run;
  if (run.keyword !== 'RUN' || run.form !== 'shell' || run.heredocs.length > 0 || !script) return undefined;
  if (script.errors.length > 0 || run.flags.some((flag) => flag.options.get('type') === 'bind')) return undefined;
  if (script.chain.operators.some(({ text }) => text !== '&&')) return undefined;
  for (const { kind, commands } of script.chain.items) {
    const [command] = commands;
    if (!command) return undefined;
    const found = kind === 'command' ? dependenciesOf(dockerfile, run, command, context, place) : undefined;
    if (found) return { ...found, command, isManifest: (path) => isManifest(command, path) };
    // The commands before it run before the sources are copied.
    if (!commands.every(looksAtNothing)) return undefined;
  }
  return undefined;
}

function isManifest(command: ShellCommand, path: string): boolean {
  return lockedInstall(command)?.isManifest(path) ?? /(?:^|\/)(?:pyproject\.toml|requirements[^/]*\.txt)$/.test(path);
}

function dependenciesOf(
  dockerfile: DockerfileModel,
  run: Instruction,
  command: ShellCommand,
  context: BuildContext,
  place: Place,
): Dependencies | undefined {
  if (command.wrappers.length > 0 || command.redirects.length > 0) return undefined;
  const locked = lockedInstall(command)?.dependenciesAlone(context);
  if (locked) {
    const written = dockerfile.text.slice(command.span.start, command.span.end);
    return place.sources === place.workdir
      ? { manifests: locked.manifests, commands: [[written, ...locked.options].join(' ')] }
      : undefined;
  }
  const project = pipProject(command);
  if (!project || !run.stage) return undefined;
  const folder = absolutePath(project.folder, place.workdir);
  const below = place.sources === '/' ? '/' : `${place.sources}/`;
  if (!`${folder}/`.startsWith(below)) return undefined;
  const inContext = folder === place.sources ? '' : `${folder.slice(below.length)}/`;
  const list = dependencyList(context, inContext, project.extras);
  if (!list) return undefined;
  const toImage = (file: string) => (folder === place.workdir ? file : `${folder}/${file}`);
  const install = (from: string) => {
    const { start } = command.span;
    const { words } = project;
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) return '';
    const { text } = dockerfile;
    return text.slice(start, first.span.start) + from + text.slice(last.span.end, command.span.end);
  };
  if (list.kind === 'requirements') {
    const files = list.files.map((file) => context.read(inContext + file));
    if (files.some((text) => text === undefined || /^[ \t]*(?:-|\.)|@[ \t]{0,20}(?:file:|[./])/m.test(text)))
      return undefined;
    return {
      manifests: list.files.map((file) => inContext + file),
      commands: [install(list.files.map((file) => `-r ${toImage(file)}`).join(' '))],
    };
  }
  const manifests = [`${inContext}pyproject.toml`];
  const manifest = toImage('pyproject.toml');
  if (command.name === 'uv') {
    if (/\bpath\s*=|\bworkspace\b/.test(context.read(manifests[0] ?? '') ?? '')) return undefined;
    const extras = project.extras.map((extra) => ` --extra ${extra}`).join('');
    return { manifests, commands: [install(`-r ${manifest}${extras}`)] };
  }
  if (!readsToml(run.stage)) return undefined;
  return {
    manifests,
    commands: [`${pythonOf(command)} -c "${listing(manifest, project.extras)}" > ${LIST}`, install(`-r ${LIST}`)],
  };
}

const LIST = '/tmp/requirements.txt';

/** A Python one-liner that prints the dependencies as a requirements list. */
function listing(manifest: string, extras: readonly string[]): string {
  const project = `tomllib.load(open('${manifest}', 'rb'))['project']`;
  if (extras.length === 0) return `import tomllib; print(*${project}['dependencies'], sep='\\n')`;
  const lists = ["*p['dependencies']", ...extras.map((extra) => `*p['optional-dependencies']['${extra}']`)];
  return `import tomllib; p = ${project}; print(${lists.join(', ')}, sep='\\n')`;
}

/** The Python interpreter that this pip installs for. */
function pythonOf({ name, words }: ShellCommand): string {
  const written = words[0]?.text ?? name;
  return /^pip[\d.]*$/.test(name) ? written.replace(/pip([\d.]*)$/, 'python$1') : written;
}

interface PipProject {
  /** As named in the command. */
  readonly folder: string;
  readonly extras: readonly string[];
  /** `-e .` or `.`. */
  readonly words: readonly Word[];
}

/** Options that also apply to an install of the dependencies. */
const SHARED = wordList`
  --(?:no-cache-dir|upgrade|quiet|index-url|extra-index-url|trusted-host|pre|prefer-binary|root-user-action|disable-pip-version-check|no-input|break-system-packages|timeout|default-timeout|retries|user|verbose|no-cache|system|compile|compile-bytecode|editable|progress-bar|no-warn-script-location|index|default-index)
  -[Uqvie]
`;

/** `pip install .`, `pip install -e '.[web]'`, `uv pip install ./api`. */
function pipProject(command: ShellCommand): PipProject | undefined {
  const call = packageCommand(command, ['pip', 'uv']);
  const isUv = call?.tool === 'uv';
  if (!call || !/^[\w./-]+$/.test(command.words[0]?.text ?? '')) return undefined;
  if (isUv && (call.subcommand?.value !== 'pip' || call.operands[0]?.value !== 'install')) return undefined;
  if (!isUv && call.subcommand?.value !== 'install') return undefined;
  const { options } = readOptions(command);
  if (!options.every(({ name }) => SHARED.test(name))) return undefined;
  const editable = options.filter(({ name }) => name === '-e' || name === '--editable');
  const installed = isUv ? call.operands.slice(1) : call.operands;
  const operands = installed.filter(({ value }) => isLocalFile(value));
  const named = [
    ...editable.map(({ word }) => command.words.slice(command.words.indexOf(word), command.words.indexOf(word) + 2)),
    ...operands.map((word) => [word]),
  ];
  const [words, ...others] = named;
  const [, folder, extras = ''] =
    /^(\.{1,2}|\.?\/?[\w./-]*)(?:\[([\w.,\s-]+)\])?$/.exec(words?.at(-1)?.value ?? '') ?? [];
  if (!words || others.length > 0 || !folder || /\.(?:whl|gz|zip)$/.test(folder)) return undefined;
  return { folder, words, extras: extras.split(',').flatMap((extra) => extra.trim() || []) };
}
