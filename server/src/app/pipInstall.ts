import { packageCommand } from '../commands/packageCommand';
import type { BuildContext } from '../engine/buildContext';
import { readOptions } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { baseName } from '../text/paths';
import { absolutePath, normalPath } from './copiedFiles';
import type { ManifestInstall, Place } from './manifestInstall';

/** `pip install -r requirements.txt`, `uv pip install -r …`, `uv pip sync …`, `pip-sync`. */
export function pipInstall(command: ShellCommand): ManifestInstall | undefined {
  const call = callOf(command);
  if (!call) return undefined;
  const { files, operands } = call;
  // `-r <(…)` and `-r /dev/stdin` are not files of the project.
  if (files.length === 0 || files.some((file) => !/^[\w./-]+$/.test(file) || file.startsWith('/dev/')))
    return undefined;
  const isLocal =
    operands.some(isLocalFile) || readOptions(command).has('-e', '--editable', '-f', '--find-links', '--no-index');
  const names = files.map((file) => baseName(file));
  return {
    isManifest: (path) => names.includes(baseName(path)) || /^(?:\*\.txt|requirements[^*]*\*.*)$/s.test(path),
    manifestsFor(context, place) {
      const inContext = files.map((file) => fromSources(file, place));
      if (isLocal || context?.files.has('pip.conf')) return undefined;
      const [file, ...others] = inContext;
      // The install names the file, so it must be among the copied ones; files that it includes itself may not be.
      const isKnown = context?.isComplete && context.files.size > 1;
      if (!context || (!isKnown && file !== undefined && !context.files.has(file)))
        return file === undefined || others.length > 0 || file.includes('/') ? undefined : [file];
      return withNamedFiles(inContext, context, place);
    },
  };
}

interface RequirementsCall {
  /** As named, relative to the working directory or absolute. */
  readonly files: readonly string[];
  /** Packages that are installed in addition. */
  readonly operands: readonly string[];
}

function callOf(command: ShellCommand): RequirementsCall | undefined {
  if (command.name === 'pip-sync') {
    const named = readOptions(command).operands.map(({ value }) => plain(value));
    return { files: named.length > 0 ? named : ['requirements.txt'], operands: [] };
  }
  const call = packageCommand(command, ['pip', 'uv']);
  if (!call) return undefined;
  const files = requirementFiles(command);
  if (call.tool === 'pip')
    return call.subcommand?.value === 'install' && call.has('-r', '--requirement')
      ? { files, operands: call.operands.map(({ value }) => value) }
      : undefined;
  if (call.subcommand?.value !== 'pip') return undefined;
  const [subcommand, ...operands] = call.operands.map(({ value }) => value);
  if (subcommand === 'sync') return { files: [...operands.map(plain), ...files], operands: [] };
  return subcommand === 'install' && call.has('-r', '--requirement') ? { files, operands } : undefined;
}

/** True for `.`, `./lib`, `lib/x`, `x.whl`, `x @ file:…`, but not for `flask[async]`. */
export function isLocalFile(operand: string): boolean {
  return (
    /^[./~$]|\/|\.(?:whl|zip|tar\.gz)$/.test(operand) && !/^[\w.\][,-]+ ?@ ?(?:git\+)?https:|^https:/.test(operand)
  );
}

/** The path in the build context of a file that an install reads; undefined for a file outside the sources. */
function fromSources(file: string, { sources, workdir }: Place): string | undefined {
  const path = absolutePath(file, workdir);
  const folder = sources === '/' ? '/' : `${sources}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : undefined;
}

function requirementFiles(command: ShellCommand): string[] {
  const files: string[] = [];
  for (const [index, word] of command.words.entries()) {
    const joined = /^(?:-[rc]|--(?:requirement|constraint)=)(.+)$/.exec(word.value)?.[1];
    const isOption = /^(?:-[a-zA-Z]*[rc]|--requirement|--constraint)$/.test(word.value) && word.value !== '--no-deps';
    const file = isOption ? command.words[index + 1]?.value : joined;
    if (file !== undefined) files.push(plain(file));
  }
  return files;
}

function plain(file: string): string {
  return file.replace(/^\.\//, '');
}

/**
 * Adds the files that these files include with `-r` and `-c`, and the folders of packages among the sources; undefined
 * when one is unknown.
 */
function withNamedFiles(
  given: readonly (string | undefined)[],
  context: BuildContext,
  place: Place,
): string[] | undefined {
  const found = new Set<string>();
  const folders = new Set<string>();
  const waiting = [...given];
  while (waiting.length > 0) {
    const file = waiting.shift();
    if (file === undefined || found.size > 20) return undefined;
    if (found.has(file)) continue;
    const text = context.read(file);
    if (text === undefined || namesUnknownFile(text)) return undefined;
    found.add(file);
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    for (const [, name = ''] of text.matchAll(/^[ \t]*(?:-[rc]|--requirement|--constraint)[ \t=]*([^\s#]+)/gm))
      waiting.push(/^(?:https?:|\/)|\.\.\//.test(name) ? undefined : normalPath(folder + name));
    for (const [, name = ''] of text.matchAll(LOCAL_PACKAGE)) {
      // pip resolves it from the working directory, not from the folder of the requirements file.
      const path = fromSources(name, place);
      if (path === undefined || !isPackage(path, context)) return undefined;
      folders.add(`${path}/`);
    }
  }
  return [...found, ...folders];
}

/** `-e ./lib`, `-e lib[extra]`, `./lib`. */
const LOCAL_PACKAGE =
  /^[ \t]*(?:(?:-e|--editable)[ \t=]+(?![\w+]+:|git@)|(?=\.\.?\/))([\w./-]+)(?:\[[\w, -]*\])?[ \t]*(?:#.*)?$/gm;

/** True for a self-contained folder whose install reads nothing outside of it. */
function isPackage(folder: string, context: BuildContext): boolean {
  if (folder === '' || folder === '.' || folder.startsWith('.')) return false;
  const manifests = ['pyproject.toml', 'setup.py', 'setup.cfg']
    .filter((name) => context.files.has(`${folder}/${name}`))
    .map((name) => context.read(`${folder}/${name}`));
  // `parent` and `git describe` reach outside the folder.
  return (
    manifests.length > 0 &&
    manifests.every((text) => text !== undefined && !/\.\.[/"']|\bparents?\b|file:|scm|versioneer|\bgit\b/.test(text))
  );
}

/** `.`, `file:`, `x @ ../y`, `--find-links wheels`, `/srv/x`. */
function namesUnknownFile(requirements: string): boolean {
  return requirements
    .split(/\r?\n/)
    .some(
      (line) =>
        /^\s*(?:--find-links|-f\b|(?:-e\s*|--editable[\s=]+)?(?:\.$|\.\[|\.\s|\/))|\bfile:|@\s*\.{0,2}\/|^\s*-e\S/.test(
          line,
        ) ||
        (/^\s*(?:-e|--editable|\.)/.test(line) &&
          !/:\/\/|git@/.test(line) &&
          !new RegExp(LOCAL_PACKAGE.source).test(line)),
    );
}
