import { absolutePath, copiedAgain, copiedBy, workdirAt, workdirAtEnd } from '../../app/copiedFiles';
import { callsHttps, startsPrograms } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { isAside } from '../../app/sources';
import { startedCommands } from '../../app/start/startedCommands';
import { startWords } from '../../app/start/startWords';
import { commandKind } from '../../commands/commandKinds';
import { copyLine } from '../../dockerfile/edits/writePaths';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { baseWorkdir } from '../../knowledge/baseWorkdir';
import { type Phrase, phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { firstPlaced, keptWorkdir } from '../keptWorkdir';
import { type Guard, isGuard, refuse } from '../transform';
import { browserInstall } from './browserInstall';
import { editedSource, type Split, sourceOf, switchesUserBefore } from './compose';
import { lackingIn } from './debianPackages';
import { finalLines } from './passedWorkdirs';
import { isAsideOf, narrowedCopy } from './runtimeFiles';
import { givesFiles, setupOf } from './setupOf';
import { systemNeeds } from './systemNeeds';
import { fetchGuard, type Role, rolesOf, SplitStages } from './walk';

/** How programs of a compiled language are built, and what they need to run. */
export interface Compiler {
  readonly language: string;
  kindOf(command: ShellCommand, node: Instruction): 'build' | 'check' | Guard | undefined;
  /**
   * Paths in the builder that the final stage copies, with a trailing `/` for directories; a guard if they are
   * unknown.
   */
  readonly artefacts: readonly string[] | Guard;
  /** Programs that are only on the PATH of the build image, and their new location. */
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  /** Files of the build context that only the build reads. */
  isSource(path: string): boolean;
  /** Files next to the sources that the running program reads; all of them if undefined. */
  isRead?(path: string): boolean;
  isBuildVariable(name: string, value: string): boolean;
  /** Library packages that the program is linked against, in addition to those whose headers the file installs. */
  readonly libraries: readonly string[];
  /** For packages with the headers of many libraries: the libraries that the program is linked against. */
  readonly linked?: ReadonlyMap<string, readonly string[]>;
  readonly isJava?: boolean;
  /** Packages that the runtime image already has. */
  readonly present?: readonly string[];
  /** The program is linked against the C library of its build image. */
  readonly needsItsLibc?: boolean;
  /** What it needs on Alpine in addition. */
  readonly alpinePackages?: readonly string[];
  /** Something in it verifies servers with the system's CA certificates. */
  readonly checksCertificates?: boolean;
  /** Chooses the runtime image by the needs of the program; a guard if none is certain. */
  runtimeImage(needs: RuntimeNeeds): string | Guard;
  /** Lines of the builder before its first build. */
  readonly prelude?: readonly string[];
  /**
   * Lines of the builder after everything that the stage copies and runs: the build of a program that was compiled at
   * each start.
   */
  readonly epilogue?: readonly string[];
  /** True for a RUN that does the same as the epilogue. */
  isReplaced?(run: Instruction): boolean;
  /** The new text of each CMD and ENTRYPOINT that starts something else now. */
  readonly start?: ReadonlyMap<Instruction, string>;
  /** The build image, if it differs from the one in the file. */
  readonly buildImage?: string;
  /** The build writes files that the program may read, so they are copied from the builder. */
  readonly generates?: boolean;
  /** Edits to a RUN of the builder. */
  edits?(run: Instruction): readonly TextEdit[];
  /** The program writes only into its working directory. */
  readonly ownsWorkdir?: boolean;
  /** It also writes elsewhere, so the final stage makes folders for its user. */
  readonly writesElsewhere?: boolean;
  /** Lines right after the programs. */
  readonly setup?: readonly string[];
  readonly risk?: Phrase;
}

export interface RuntimeNeeds {
  /** Something in the final stage runs in a shell. */
  readonly shell: boolean;
  /** Its packages, or the C library that it is linked against, come from Alpine. */
  readonly staysOnAlpine: boolean;
  readonly packages: readonly string[];
}

/** An empty directory of the build stage. */
const WRITABLE = '/writable';
const MAKE_WRITABLE = `RUN mkdir ${WRITABLE}`;
const NOTES = new Map([[MAKE_WRITABLE, phrase('Becomes the folder that the program writes in')]]);

/** Splits a stage of a compiled language: the final stage gets the program and its data at the same paths. */
export function splitCompiled(site: Site, compiler: Compiler): Split | Guard {
  const { dockerfile, stage } = site;
  const { artefacts } = compiler;
  if (isGuard(artefacts)) return artefacts;
  const found = rolesOf(stage, (command, node) => kindOf(command, node, compiler, artefacts));
  if (isGuard(found)) return found;
  const fetched = fetchGuard(found);
  if (fetched) return fetched;
  const roles = found.map(({ node, kinds }) => ({
    node,
    kinds: kinds.has('setup') && isMadeAnyway(site, node, compiler) ? new Set(['folders']) : kinds,
  }));
  const isBuilt = ({ kinds }: Role) => kinds.has('build') || kinds.has('check');
  const isSetup = ({ kinds }: Role) => kinds.has('setup') || kinds.has('user');
  const firstBuilt = roles.findIndex(isBuilt);
  const lastBuilt = compiler.epilogue ? lastBeforeStart(roles) : roles.findLastIndex(isBuilt);
  const user = userOfBuild(site, compiler, roles[lastBuilt]?.node.span.start ?? -1);
  if (isGuard(user)) return user;
  const setups = roles.filter((role) => isSetup(role) && !isBuilt(role)).map(({ node }) => node);
  const staying = [
    ...stage.instructions.filter(({ keyword }) => ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword)),
    ...setups,
  ];
  const shell =
    setups.length > 0 ||
    roles.some((role) => isBuilt(role) && isSetup(role)) ||
    compiler.setup !== undefined ||
    compiler.writesElsewhere === true ||
    needsShell(site, compiler.start) ||
    startsPrograms(site);
  const isAlpine = site.facts.distro === 'alpine';
  const options = {
    libraries: compiler.libraries,
    linked: compiler.linked ?? new Map(),
    isJava: compiler.isJava ?? false,
    startsOwnProgram: true,
  };
  const apart =
    isAlpine && (shell || compiler.needsItsLibc || compiler.isJava)
      ? undefined
      : systemNeeds(site, staying, { ...options, leavesAlpine: true });
  const staysOnAlpine = isAlpine && (apart === undefined || isGuard(apart));
  const needs = staysOnAlpine ? systemNeeds(site, staying, options) : (apart ?? systemNeeds(site, staying, options));
  if (isGuard(needs)) return needs;
  const image = compiler.runtimeImage({ shell, packages: needs.packages, staysOnAlpine });
  if (typeof image === 'object') return image;

  const packages = [
    ...lackingIn(/(?:^|\/)(debian|ubuntu):/.exec(image)?.[1], needs.packages).filter(
      (one) => !compiler.present?.includes(one),
    ),
    ...(staysOnAlpine ? (compiler.alpinePackages ?? []) : []),
    ...(/(?:^|\/)(?:debian|ubuntu):/.test(image) && (compiler.checksCertificates || callsHttps(site))
      ? ['ca-certificates']
      : []),
  ];
  const stages = new SplitStages(site, packages);
  const { name, builder, final } = stages;
  const last = roles.findLast(isBuilt)?.node.span.end ?? 0;
  const needsUsers = user !== undefined || givesFiles(dockerfile, stage.from.span.start, last);
  const kept = keptWorkdir(stage, image);
  const placed = firstPlaced(stage);
  if (placed?.keyword !== 'WORKDIR') final.push(...kept);
  const takeMoved = () => {
    for (const { from, to } of compiler.moved ?? []) final.push(copyLine(`--from=${name} `, from.split(' '), to));
    final.push(...(compiler.setup ?? []));
  };
  const takePrograms = () => {
    stages.install();
    final.push(...takeAll(`--from=${name} ${user === undefined ? '' : `--chown=${user} `}`, artefacts));
    if (user === undefined) takeMoved();
  };
  // Without a shell, the final stage cannot change the owner.
  if (compiler.ownsWorkdir && image.endsWith(':nonroot')) {
    builder.push(MAKE_WRITABLE);
    final.push(`COPY --from=${name} --chown=nonroot:nonroot ${WRITABLE} ${workdirAtEnd(stage.instructions)}`);
  }
  // What changes least comes first.
  if (!roles.some(({ kinds }) => kinds.has('packages'))) stages.install();
  // Only root may write there.
  if (user !== undefined) takeMoved();
  const refused = stages.walk({
    roles,
    lastBuilt,
    staying: roles
      .filter(
        (role) =>
          isSetup(role) ||
          role.node.flags.some((flag) => flag.name === 'from') ||
          !['RUN', 'COPY', 'ADD'].includes(role.node.keyword),
      )
      .map(({ node }) => node),
    user,
    isBuilt,
    setting({ node, text }) {
      if (node.keyword === 'ENV') return withoutBuildVariables(dockerfile, node, compiler);
      if (node.keyword === 'SHELL') return setups.length > 0 ? [text] : [];
      // A relative path below the working directory of the build image.
      return [node === placed && kept.length > 0 ? `WORKDIR ${workdirAfter(node)}` : text];
    },
    copy({ node, text, isBefore }) {
      if (isBefore) builder.push(text);
      if (!isBefore || node.flags.some((flag) => flag.name === 'from')) return [text];
      const isNeeded = neededOf(site, node, compiler);
      return narrowedCopy(site, node, isNeeded, compiler.generates ? name : undefined) ?? [intoFolder(site, node)];
    },
    build(step) {
      const { node, kinds, index } = step;
      if (compiler.isReplaced?.(node)) return [];
      if (index === firstBuilt) builder.push(...(compiler.prelude ?? []));
      builder.push(editedSource(dockerfile, node, compiler.edits?.(node) ?? []));
      const setup = setupOf(dockerfile, node);
      if (isGuard(setup) && kinds.has('setup')) return setup;
      if (index === lastBuilt && !compiler.epilogue) takePrograms();
      return isGuard(setup) || !isSetup(step) ? [] : setup;
    },
    stay(step) {
      const { text, kinds, isBefore } = step;
      const isForBuild = kinds.has('folders') || (isSetup(step) && (needsUsers || !kinds.has('user')));
      if (isBefore && isForBuild) builder.push(text);
      return isSetup(step) ? [text] : [];
    },
    packages: (_, needed) => builder.push(needed),
    below({ index }) {
      if (!compiler.epilogue || index !== lastBuilt) return;
      builder.push(...(firstBuilt < 0 ? (compiler.prelude ?? []) : []), ...compiler.epilogue);
      takePrograms();
    },
    start: (node) => compiler.start?.get(node),
  });
  if (refused) return refused;
  return {
    language: compiler.language,
    builders: [{ name, comment: phrase('Build stage: compile the app'), lines: builder.lines }],
    notes: NOTES,
    ...(compiler.buildImage === undefined ? {} : { buildImage: compiler.buildImage }),
    runtimeImage: image,
    final: finalLines(stage, final.lines),
    ...(compiler.risk === undefined ? {} : { risk: compiler.risk }),
  };
}

/**
 * The user that builds the program, if it is not root: both stages have it, and the program belongs to it. A guard if
 * the final stage cannot have it, or also needs root.
 */
function userOfBuild({ stage }: Site, compiler: Compiler, offset: number): string | undefined | Guard {
  if (!switchesUserBefore(stage, offset)) return undefined;
  const node = stage.instructions.findLast(({ keyword, span }) => keyword === 'USER' && span.start < offset);
  const user = node?.expand(node.args[0]?.text ?? '') ?? '';
  const [name = ''] = user.split(':');
  const isMade = stage.instructions.some(({ keyword, script }) =>
    (keyword === 'RUN' ? (script?.commands ?? []) : []).some(
      (one) => /^(?:useradd|adduser)$/.test(one.name) && one.words.some(({ value }) => value === name),
    ),
  );
  if ((compiler.setup && !compiler.moved?.length) || compiler.epilogue || user === '')
    return refuse('USER is set before the program is built');
  return isMade || /^(?:\d+|nobody)$/.test(name) ? user : refuse('the user {name} exists only in this image', { name });
}

/**
 * The paths of a COPY that the final stage needs: its data. A COPY that contains only data is there for the program.
 */
function neededOf(site: Site, node: Instruction, compiler: Compiler): (path: string) => boolean {
  const paths = [...(copiedBy(node, site.context)?.values() ?? [])];
  const isData = (path: string) => !compiler.isSource(path) && !isAsideOf(site, path);
  const isMixed = paths.some((path) => compiler.isSource(path));
  const again = isMixed ? copiedAgain(site.stage, node, site.context) : new Set<string>();
  // Files next to the Dockerfile; directories that are copied again do not have to be complete.
  return (path) =>
    isData(path) && !(again.has(path) && !path.includes('/')) && (!isMixed || (compiler.isRead?.(path) ?? true));
}

/**
 * Adds a trailing `/` to the target of a COPY of one file into a directory, which may exist only in the builder, made
 * by `mkdir`.
 */
function intoFolder(site: Site, node: Instruction): string {
  const { dockerfile, context } = site;
  const destination = node.args.at(-1);
  const [target = '', ...others] = copiedBy(node, context)?.keys() ?? [];
  const folder = absolutePath(node.expand(destination?.text ?? '') ?? '', workdirAt(node));
  const isPlain = destination !== undefined && /^[\w/${}.-]*[^/.]$/.test(destination.text);
  if (
    !isPlain ||
    node.form === 'exec' ||
    others.length > 0 ||
    folder === workdirAt(node) ||
    !target.startsWith(`${folder}/`)
  )
    return sourceOf(dockerfile, node);
  const at = destination.span.end;
  return editedSource(dockerfile, node, [insertion(at, '/')]);
}

/** True for a RUN that only makes directories that a WORKDIR or COPY of the final stage creates anyway. */
function isMadeAnyway(site: Site, node: Instruction, compiler: Compiler): boolean {
  const made = [
    ...site.stage.instructions.filter(({ keyword }) => keyword === 'WORKDIR').map((one) => workdirAfter(one)),
    ...[...site.copied.files].flatMap(([target, path]) =>
      compiler.isSource(path) || isAside(path) || compiler.isRead?.(path) === false ? [] : [target],
    ),
  ];
  // The build image's own working directory is not in the final image.
  const home = site.stage.base.kind === 'image' ? `${baseWorkdir(site.stage.base.image)}/` : '/';
  const isLeft = (path: string) =>
    home !== '//' && path.startsWith(home) && !`${workdirAtEnd(site.stage.instructions)}/`.startsWith(home);
  return (node.script?.commands ?? []).every(
    (command) =>
      command.name === 'mkdir' &&
      command.words.slice(1).every(({ value }) => {
        const path = absolutePath(value, workdirAt(node));
        return /^(?:-p|--parents)$/.test(value) || isLeft(path) || made.some((one) => isWithin(one, path));
      }),
  );
}

/** The last instruction before the start that may add something that is compiled. */
function lastBeforeStart(roles: readonly Role[]): number {
  return roles.findLastIndex(({ node }) => /^(?:COPY|ADD|RUN|WORKDIR)$/.test(node.keyword));
}

/** An ENV without the variables that only the build reads; no lines if no variable is left. */
function withoutBuildVariables(dockerfile: DockerfileModel, node: Instruction, compiler: Compiler): string[] {
  const kept = node.pairs.filter(
    ({ name, value, valueText }) => !compiler.isBuildVariable(name, valueText ?? value ?? ''),
  );
  if (kept.length === 0) return [];
  if (kept.length === node.pairs.length) return [sourceOf(dockerfile, node)];
  const keyword = dockerfile.text.slice(node.keywordSpan.start, node.keywordSpan.end);
  const texts = kept.map(({ span }) => dockerfile.text.slice(span.start, span.end));
  return [`${keyword} ${texts.join(' \\\n    ')}`];
}

/** Files of one directory in one COPY; a COPY of a directory copies its contents. */
function takeAll(flags: string, artefacts: readonly string[]): string[] {
  const byFolder = new Map<string, string[]>();
  for (const path of artefacts) {
    if (path.endsWith('/')) {
      byFolder.set(path, [path.slice(0, -1)]);
      continue;
    }
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  return [...byFolder].map(([folder, paths]) => {
    const [only = ''] = paths;
    const isPlain = paths.length === 1 && !only.includes('*');
    return copyLine(flags, paths, isPlain ? only : folder);
  });
}

function kindOf(command: ShellCommand, node: Instruction, compiler: Compiler, artefacts: readonly string[]) {
  const own = browserInstall(command) ?? compiler.kindOf(command, node);
  if (own !== undefined || commandKind(command) !== 'setup') return own;
  // Permissions of the program itself are copied with it.
  const isForBuild = isAboutArtefacts(command, node, artefacts) || isEntered(command, node) || configuresBuild(command);
  return isForBuild ? 'build' : undefined;
}

/** `echo … > ~/.gradle/gradle.properties`, `cp settings.xml /root/.m2/`: settings that only a build tool reads. */
function configuresBuild({ redirects, words }: ShellCommand): boolean {
  const written = redirects.find(({ operator, target }) => operator.includes('>') && target)?.target;
  const path = (written ?? words.at(-1))?.value ?? '';
  return /(?:^|\/)\.(?:cargo|gradle|ivy2|m2|nuget|sbt)(?:\/|$)|(?:^|\/)\.(?:gitconfig|netrc|npmrc)$/.test(path);
}

/** `mkdir build && cd build`: a directory to build in. */
function isEntered({ name, words, span }: ShellCommand, node: Instruction): boolean {
  const folders = new Set(words.slice(1).map(({ value }) => value.replace(/\/$/, '')));
  return (
    name === 'mkdir' &&
    (node.script?.commands ?? []).some(
      (other) =>
        other.name === 'cd' &&
        other.span.start > span.start &&
        folders.has(other.words[1]?.value.replace(/\/$/, '') ?? ''),
    )
  );
}

function isAboutArtefacts(command: ShellCommand, node: Instruction, artefacts: readonly string[]): boolean {
  const paths = readOptions(command).operands.map(({ value }) => absolutePath(value, workdirAt(node)));
  const built = artefacts.map((artefact) => artefact.replace(/\/$/, ''));
  if (/^(?:mkdir|install)$/.test(command.name))
    return paths.some((path) => built.some((artefact) => artefact.startsWith(`${path}/`)));
  const isFolder = (artefact: string) => artefacts.includes(`${artefact}/`);
  return (
    /^(?:cp|mv|ln|chmod)$/.test(command.name) &&
    paths.some((path) =>
      built.some((artefact) => isWithin(artefact, path) || (isFolder(artefact) && isWithin(path, artefact))),
    )
  );
}

/** True if CMD, ENTRYPOINT or HEALTHCHECK runs in a shell or is a script. */
export function needsShell(site: Site, rewritten: Compiler['start']): boolean {
  const { stage } = site;
  if (site.services.some(({ starts }) => starts.some((text) => /^\s*\S*\b(?:ba|da|a)?sh\b|\.sh\b/.test(text))))
    return true;
  const isWritten = (keyword: string, isMeant: (node: Instruction) => boolean) =>
    stage.instructions.some((node) => node.keyword === keyword && isMeant(node));
  if (isWritten('HEALTHCHECK', ({ form, args }) => form !== 'exec' && !/^NONE$/i.test(args[0]?.value ?? '')))
    return true;
  if (rewritten) return [...rewritten.values()].some((text) => !/^\s*(?:#.*\n\s*)*\w+\s+\[/.test(text));
  const isOfShell = ({ form, args }: Instruction) =>
    form !== 'exec' || /(?:^|\/)(?:ba|da)?sh$/.test(args[0]?.value ?? '');
  if (isWritten('CMD', isOfShell) || isWritten('ENTRYPOINT', isOfShell)) return true;
  if (startedCommands(site).scripts.length > 0) return true;
  const calls = /(?:^|\/)(?:ba|da)?sh$|\.sh$|(?:^|\/)(?:env|tini|dumb-init|gosu|su-exec|nohup|exec)$/;
  return startWords(stage)?.some((word) => calls.test(word)) ?? true;
}

function workdirAfter(node: Instruction): string {
  return absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', workdirAt(node));
}
