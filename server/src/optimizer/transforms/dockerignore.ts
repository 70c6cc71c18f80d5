import { ignoreFileOf } from '../../app/ignoreFile';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { parseDockerfile } from '../../dockerfile/parse';
import { type BuildContext, environmentsIn } from '../../engine/buildContext';
import { type Dockerignore, parseDockerignore } from '../../engine/dockerignore';
import { type Phrase, phrase } from '../../l10n/phrase';
import { isDockerfile } from '../../project/fileNames';
import { baseName, isWithin } from '../../text/paths';
import { installsFirst } from '../dockerignore/installs';
import { type Entry, type Group, groupsFor, type Project } from '../dockerignore/patterns';
import { readsEnvironment } from '../dockerignore/readsEnvironment';
import { readsHistory } from '../dockerignore/readsHistory';
import type { Transform, WriteComment } from '../transform';

/** Writes a `.dockerignore` with files that no image of this ecosystem needs, whether they exist now or not. */
export const dockerignore: Transform = {
  id: 'dockerignore',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile, buildContext, comment, isNew }) {
    if (!buildContext || buildContext.unlisted.includes('') || !dockerfile.instructions.some(copiesFiles))
      return undefined;
    if (isBuiltElsewhere(dockerfile, buildContext)) return undefined;
    const file = ignoreFileOf(buildContext);
    const before = buildContext.read(file);
    // Do not overwrite a file that exists but cannot be read. With an ignore file for another Dockerfile it is unknown
    // which one applies.
    const isOther = (path: string): boolean => /[^/]\.dockerignore$/.test(path) && path !== file;
    if ((before === undefined && buildContext.files.has(file)) || [...buildContext.files.keys()].some(isOther))
      return undefined;
    const ignored = parseDockerignore(before ?? '');
    if (!ignored || ignored.isIgnored('')) return undefined;
    if (before === undefined && isElsewhere(dockerfile, buildContext)) return undefined;
    const project = projectOf(dockerfile, buildContext, isNew);
    const named = sourcesOfBuilds(dockerfile, buildContext);
    const isWanted = (entry: Entry): boolean => before === undefined || isReason(entry, buildContext);
    const added = groupsFor(project).flatMap((group): Group[] => {
      if (group.if?.(project) === false) return [];
      const entries = group.entries.filter(
        (entry) => isWanted(entry) && isMissing(entry, ignored, before) && isUnneeded(entry, project, named),
      );
      // For an ecosystem that is hardly used here, the remaining entries are noise.
      const isWorth = entries.some(({ isCompanion }) => !isCompanion) || (group.if === undefined && entries.length > 0);
      return isWorth ? [{ ...group, entries }] : [];
    });
    const reasons = added.flatMap(({ entries }) => entries.filter(({ isCompanion }) => !isCompanion));
    if (reasons.length === 0) return undefined;
    const names = reasons.map(({ pattern }) => pattern);
    const after = textOf(before, added, comment);
    return {
      title:
        before === undefined
          ? phrase('Create {file}', { file })
          : phrase('Add {names} to {file}', { names: names.join(', '), file }),
      ...wordsFor(names.join(', '), takesFolder(dockerfile, buildContext), project),
      edits: [],
      files: [{ path: file, before, after }],
    };
  },
};

/** What a build before this one may have written. */
const OUTPUT = /^(?:target|build|dist|bin|out|publish)\/|\.(?:jar|war|ear|zip|tar|t?gz)$/;

/** True if nothing that is copied by name lies here: the build context is another folder, which this one cannot show. */
function isBuiltElsewhere({ instructions }: DockerfileModel, { files, unlisted }: BuildContext): boolean {
  const named = instructions
    .filter(copiesFiles)
    .flatMap(({ args }) => args.slice(0, -1))
    .map(({ value }) => plainPart(value.replace(/^\.?\/+/, '')))
    .filter((path) => path !== '' && path !== '.' && !/^<<|^\.\./.test(path) && !OUTPUT.test(`${path}/`));
  const paths = [...files.keys(), ...unlisted];
  return named.length > 0 && !named.some((path) => paths.some((one) => isWithin(one, path) || isWithin(path, one)));
}

/** The folders above a wildcard or variable. */
function plainPart(path: string): string {
  const at = path.search(/[*?[$]/);
  const end = at < 0 ? path.length : Math.max(path.lastIndexOf('/', at), 0);
  return path.slice(0, end).replace(/\/$/, '');
}

/** If only individual files are copied, none of the ignored files is in the image today. */
function wordsFor(names: string, isCopied: boolean, project: Project): { reason: Phrase; risk: Phrase } {
  if (!isCopied)
    return {
      reason: phrase(
        'No image needs {names}. Files that .dockerignore lists are never sent to the builder, so a later `COPY .` does not include them.',
        { names },
      ),
      risk: phrase('A COPY of one of these files, added later, does not find it.'),
    };
  return {
    reason: project.readsEnvironment
      ? phrase(
          'No image needs {names}. A COPY of the directory includes everything that .dockerignore does not list. `.env` is not listed, because the program or its build may read it.',
          { names },
        )
      : phrase(
          'No image needs {names}. A COPY of the directory includes everything that .dockerignore does not list.',
          {
            names,
          },
        ),
    risk: phrase('A program that reads one of these files no longer finds it.'),
  };
}

/** True for a COPY of something that is not a file, or may not be one. */
function takesFolder({ instructions }: DockerfileModel, context: BuildContext): boolean {
  const isFile = (path: string) => context.files.has(path) || /[^/]\.\w+$/.test(path);
  return instructions.some(
    (node) => copiesFiles(node) && node.args.slice(0, -1).some(({ value }) => !isFile(value.replace(/^\.?\//, ''))),
  );
}

/** What no build makes itself. */
const MANIFEST =
  /(?:^|\/)(?:package\.json|requirements\.txt|pyproject\.toml|Gemfile|composer\.json|go\.mod|Cargo\.toml|pom\.xml)$/;

/** True if nothing that is copied by name is here: someone builds the file with another folder as its context. */
function isElsewhere({ instructions }: DockerfileModel, { files }: BuildContext): boolean {
  const named = instructions.flatMap(namedSources).filter((path) => path !== '' && path !== '.');
  const isHere = (path: string) => [...files.keys()].some((file) => isWithin(file, path));
  return named.some((path) => MANIFEST.test(path)) && !named.some(isHere);
}

/** Entries that justify extending a file that someone wrote; the others are a matter of taste. */
function isReason({ pattern, isCompanion, isMinor }: Entry, context: BuildContext): boolean {
  if (isCompanion || !isMinor) return !isCompanion;
  const own = parseDockerignore(pattern);
  return [...context.files.keys(), ...context.unlisted].some((path) => own?.isIgnored(path));
}

/** Adds a comment line above each group; a file without comment lines is extended without them. */
function textOf(before: string | undefined, groups: readonly Group[], comment: WriteComment): string {
  const eol = before?.includes('\r\n') ? '\r\n' : '\n';
  if (before !== undefined && before.trim() !== '' && !/^#/m.test(before)) {
    const lines = groups.flatMap(({ entries }) => entries.map(({ pattern }) => pattern));
    return `${before.trimEnd()}${eol}${lines.join(eol)}${eol}`;
  }
  const blocks = groups.map(({ heading, entries }) =>
    [
      ...comment(typeof heading === 'string' ? { english: heading } : heading),
      ...entries.map(({ pattern }) => pattern),
    ].join(eol),
  );
  const start = before === undefined || before.trim() === '' ? '' : `${before.trimEnd()}${eol}${eol}`;
  return `${start}${blocks.join(eol + eol)}${eol}`;
}

function copiesFiles(node: Instruction): boolean {
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.flags.some(({ name }) => name === 'from'))
    return false;
  return node.args.slice(0, -1).some(({ value }) => !/^[a-z+]+:\/\//i.test(value));
}

function projectOf(dockerfile: DockerfileModel, context: BuildContext, isNew: boolean): Project {
  const paths = [...context.files.keys()];
  const programs = dockerfile.instructions.flatMap(({ script }) => script?.commands ?? []);
  const runs = (program: RegExp): boolean => programs.some(({ name }) => program.test(name));
  const others = otherBuilds(context).filter(({ folder, model }) => isOfFolder(folder, model, context));
  return {
    files: context.files,
    has: (name) => paths.some((path) => name.test(path)),
    runs,
    installs: (manager) =>
      installsFirst(dockerfile, manager) === true &&
      others.every(({ model }) => installsFirst(model, manager) !== false),
    builds: dockerfile.instructions.some(
      ({ keyword, bodyText }) =>
        /^(?:RUN|CMD|ENTRYPOINT)$/.test(keyword) && /(?:^|[^\w-])(?:build|dev|develop|generate|export)/.test(bodyText),
    ),
    readsEnvironment: readsEnvironment(dockerfile, context, isNew),
    readsHistory: readsHistory(dockerfile, context),
    environments: environmentsIn(context),
    entersEnvironment: (folder) => entersEnvironment(folder, dockerfile, context),
  };
}

/** True if a RUN, script or Compose file starts a program from the virtual environment and no RUN creates it. */
function entersEnvironment(folder: string, { text }: DockerfileModel, context: BuildContext): boolean {
  const name = baseName(folder);
  const isMade = text.split('\n').some((line) => /\b(?:venv|virtualenv)\b/.test(line) && line.includes(name));
  const callers = [...context.files.keys()].filter((path) =>
    /\.(?:sh|bash|ya?ml|conf|ini)$|(?:^|\/)Procfile$/.test(path),
  );
  return (
    !isMade && [text, ...callers.map((path) => context.read(path))].some((caller) => caller?.includes(`${name}/bin`))
  );
}

/** True if no line of the file contains the pattern or has the same effect. */
function isMissing({ pattern, example }: Entry, ignored: Dockerignore, before: string | undefined): boolean {
  const plain = (line: string): string =>
    line
      .trim()
      .replace(/^!?\/?(?:\*\*\/)?/, '')
      .replace(/\/(?:\*\*)?$/, '');
  const isWritten = (before ?? '').split(/\r?\n/).some((line) => plain(line) === plain(pattern));
  return (
    !isWritten && (example === '' || !(ignored.isIgnored(example) || ignored.isIgnored(example.split('/')[0] ?? '')))
  );
}

/** True if, as far as known, the build does not need it. */
function isUnneeded(entry: Entry, project: Project, named: readonly string[]): boolean {
  if (entry.if?.(project) === false) return false;
  const own = parseDockerignore(entry.pattern);
  return entry.pattern.startsWith('!') || !named.some((path) => own?.isIgnored(path));
}

/** Paths that this Dockerfile, and others that use the same build context, ask for by name. */
function sourcesOfBuilds(dockerfile: DockerfileModel, context: BuildContext): string[] {
  const models = otherBuilds(context).map(({ model }) => model);
  return [dockerfile, ...models].flatMap(({ instructions }) => instructions.flatMap(namedSources));
}

interface OtherBuild {
  readonly folder: string;
  readonly model: DockerfileModel;
}

function otherBuilds(context: BuildContext): OtherBuild[] {
  const others = [...context.files.keys()].filter(
    // Includes `Dockerfile-dev`: keep what such a file asks for.
    (path) => isDockerfile(path) || /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$/.test(path),
  );
  return others.slice(0, 20).map((path) => ({
    folder: path.slice(0, Math.max(path.lastIndexOf('/'), 0)),
    model: parseDockerfile(context.read(path) ?? ''),
  }));
}

/** True for a Dockerfile that copies this whole folder; one with manifests beside it has a context of its own. */
function isOfFolder(folder: string, { instructions }: DockerfileModel, { files }: BuildContext): boolean {
  const isOwn = folder !== '' && ['package.json', 'composer.json'].some((name) => files.has(`${folder}/${name}`));
  return !isOwn && instructions.flatMap(namedSources).some((path) => path === '' || path === '.');
}

function namedSources(node: Instruction): string[] {
  const { keyword, flags, args } = node;
  const mounted = flags.flatMap(({ options }) =>
    options.get('type') === 'bind' && !options.has('from') ? (options.get('source') ?? options.get('src') ?? []) : [],
  );
  const isCopy = (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from');
  const copied = isCopy ? args.slice(0, -1).map(({ text, value }) => node.expand(text) ?? value) : [];
  return [...mounted, ...copied].flatMap((source) => {
    const path = source.replace(/^["']|["']$/g, '').replace(/^\.?\/+/, '');
    const fixed = path.split(/[*?[]/, 1)[0] ?? '';
    // For `target/*.jar` this is the directory, for `Dockerfile*` every matching file.
    return path === fixed
      ? path
      : [fixed.includes('/') ? fixed.slice(0, fixed.lastIndexOf('/')) : fixed, path.replace(/[*?[\]]/g, '')];
  });
}
