import { absolutePath, copiedBy, workdirAt, workdirAtEnd } from '../../app/copiedFiles';
import { callsHttps, startsPrograms } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { isAside } from '../../app/sources';
import { startedCommands } from '../../app/start/startedCommands';
import { startWords } from '../../app/start/startWords';
import { commandKind } from '../../commands/commandKinds';
import { copyLine } from '../../dockerfile/edits/writePaths';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { baseWorkdir } from '../../knowledge/baseWorkdir';
import type { Phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { type Guard, isGuard, refuse } from '../transform';
import { isUsedIn } from './argUse';
import { buildPackages } from './buildPackages';
import {
  editedSource,
  freeStageName,
  installOf,
  type Split,
  StageLines,
  sourceOf,
  switchesUserBefore,
} from './compose';
import { lackingIn } from './debianPackages';
import { withoutPassedWorkdirs } from './passedWorkdirs';
import { narrowedCopy } from './runtimeFiles';
import { givesFiles, setupOf } from './setupOf';
import { systemNeeds, usesForeignRepository } from './systemNeeds';
import { unknownEffect } from './unknownEffect';

/** How programs of a compiled language are built, and what is left of it to run. */
export interface Compiler {
  readonly language: string;
  kindOf(command: ShellCommand, node: Instruction): 'build' | 'check' | Guard | undefined;
  /** What the final stage takes from the builder, by its path there, folders with a `/` behind them; a guard where it is not known. */
  readonly artefacts: readonly string[] | Guard;
  /** Programs that lie on the PATH of the build image alone, and where they go. */
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  /** Files of the context that only the build reads. */
  isSource(path: string): boolean;
  /** Files beside the sources that the running program reads; all of them where it is not told. */
  isRead?(path: string): boolean;
  /** Variables that only the build reads. */
  isBuildVariable(name: string, value: string): boolean;
  /** Library packages that the program is linked against beside those that the file installs headers of. */
  readonly libraries: readonly string[];
  /** Of packages with the headers of many libraries: those that it is linked against. */
  readonly linked?: ReadonlyMap<string, readonly string[]>;
  readonly isJava?: boolean;
  /** Packages that the image to run on has from the start. */
  readonly present?: readonly string[];
  /** It is linked against the C library of the image that it is built on. */
  readonly needsItsLibc?: boolean;
  /** What it needs on Alpine beside that. */
  readonly alpineLibraries?: readonly string[];
  /** Something in it checks servers by the certificates of the system. */
  readonly checksCertificates?: boolean;
  /** The image to run on, by what has to be in it; a refusal where none is certain. */
  runtimeImage(needs: RuntimeNeeds): string | Guard;
  /** Lines of the builder before its first build. */
  readonly prelude?: readonly string[];
  /** Lines of the builder behind all that the stage copies and runs: what was compiled at each start. */
  readonly epilogue?: readonly string[];
  /** A RUN that does what the epilogue does. */
  isReplaced?(run: Instruction): boolean;
  /** CMD and ENTRYPOINT that start something else now. */
  readonly start?: ReadonlyMap<Instruction, string>;
  /** The image to build on, where it is not the one that is written. */
  readonly buildImage?: string;
  /** The build writes files that the program may read: they are taken from the builder. */
  readonly generates?: boolean;
  /** What a RUN of the builder has beside what is written. */
  edits?(run: Instruction): readonly TextEdit[];
  /** The program writes in its working directory, and nowhere else. */
  readonly ownsWorkdir?: boolean;
  /** Lines right behind the programs. */
  readonly setup?: readonly string[];
  readonly risk?: Phrase;
}

export interface RuntimeNeeds {
  /** Something in the final stage is run by a shell. */
  readonly shell: boolean;
  /** Its packages, or the C library that it is linked against, are Alpine's. */
  readonly staysOnAlpine: boolean;
  readonly packages: readonly string[];
}

/** An empty folder of the build stage. */
const WRITABLE = '/writable';

/** Splits a stage of a compiled language: the final stage gets the program and its data, at the same paths. */
export function splitCompiled(site: Site, compiler: Compiler): Split | Guard {
  const { dockerfile, stage } = site;
  const { artefacts } = compiler;
  if (isGuard(artefacts)) return artefacts;
  if (usesForeignRepository(stage.instructions)) return refuse('packages come from a third-party repository');
  const kinds = new Map<Instruction, ReadonlySet<string>>();
  for (const node of stage.instructions) {
    if (node.keyword === 'ONBUILD') return refuse('ONBUILD means that other images are built from this one');
    if (node.keyword === 'SHELL' && !node.args.some(({ value }) => /(?:^|\/)(?:ba)?sh$/.test(value)))
      return refuse('SHELL sets an unknown shell');
    if (node.keyword !== 'RUN') continue;
    const found = kindsOf(node, compiler, artefacts);
    if (isGuard(found)) return found;
    if (found.has('fetch'))
      return refuse('cannot determine what the files from `{name}` are used for', {
        name: node.script?.commands.find((command) => commandKind(command) === 'fetch')?.name ?? '',
      });
    kinds.set(node, found.has('setup') && isMadeAnyway(site, node, compiler) ? new Set(['folders']) : found);
  }
  const isBuilt = (node: Instruction) => kinds.get(node)?.has('build') || kinds.get(node)?.has('check');
  const builds = stage.instructions.filter(isBuilt);
  const lastBuilt = (compiler.epilogue ? lastBeforeStart(stage.instructions) : builds.at(-1))?.span.start ?? -1;
  if (switchesUserBefore(stage, lastBuilt)) return refuse('USER is set before the program is built');
  const setups = stage.instructions.filter(
    (node) => (kinds.get(node)?.has('setup') || kinds.get(node)?.has('user')) && !isBuilt(node),
  );
  const staying = [
    ...stage.instructions.filter(({ keyword }) => ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword)),
    ...setups,
  ];
  const shell =
    setups.length > 0 ||
    builds.some((node) => kinds.get(node)?.has('setup') || kinds.get(node)?.has('user')) ||
    compiler.setup !== undefined ||
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
    ...lackingIn(image.startsWith('debian:') ? 'debian' : undefined, needs.packages).filter(
      (one) => !compiler.present?.includes(one),
    ),
    ...(staysOnAlpine && compiler.needsItsLibc ? (compiler.alpineLibraries ?? []) : []),
    ...(/^(?:debian|ubuntu):/.test(image) && (compiler.checksCertificates || callsHttps(site))
      ? ['ca-certificates']
      : []),
  ];
  const name = freeStageName(dockerfile, 'build');
  const builder = new StageLines(dockerfile);
  const final = new StageLines(dockerfile);
  const needsUsers = givesFiles(dockerfile, stage.from.span.start, builds.at(-1)?.span.end ?? 0);
  const home = stage.base.kind === 'image' ? baseWorkdir(stage.base.image) : '/';
  const [firstWorkdir] = stage.instructions.filter(({ keyword }) => keyword === 'WORKDIR');
  if (home !== '/' && !firstWorkdir) final.push(`WORKDIR ${home}`);
  let hasPackages = packages.length === 0;
  const installPackages = () => {
    if (!hasPackages) final.push(installOf(site, packages));
    hasPackages = true;
  };
  const takePrograms = () => {
    installPackages();
    final.push(...takeAll(name, artefacts));
    for (const { from, to } of compiler.moved ?? []) final.push(copyLine(`--from=${name} `, from.split(' '), to));
    final.push(...(compiler.setup ?? []));
  };
  // Without a shell it cannot be given away there.
  if (compiler.ownsWorkdir && image.endsWith(':nonroot')) {
    builder.push('# Becomes the folder that the program writes in', `RUN mkdir ${WRITABLE}`);
    final.push(`COPY --from=${name} --chown=nonroot:nonroot ${WRITABLE} ${workdirAtEnd(stage.instructions)}`);
  }
  // What changes least comes first.
  if (![...kinds.values()].some((found) => found.has('packages'))) installPackages();
  for (const node of stage.instructions) {
    const text = sourceOf(dockerfile, node);
    for (const lines of [builder, final]) lines.at(node);
    const isBefore = node.span.start <= lastBuilt;
    switch (node.keyword) {
      case 'ARG':
        if (isBefore) builder.push(text);
        if (
          isUsedIn(
            node,
            stage.instructions.filter(({ keyword }) => !['RUN', 'COPY', 'ADD'].includes(keyword)),
          )
        )
          final.push(text);
        break;
      case 'ENV':
        if (isBefore) builder.push(text);
        final.push(...withoutBuildVariables(dockerfile, node, compiler));
        break;
      case 'WORKDIR':
      case 'SHELL':
        if (isBefore) builder.push(text);
        if (node.keyword === 'WORKDIR') final.push(isLost(node, home) ? `WORKDIR ${workdirAfter(node)}` : text);
        else if (setups.length > 0) final.push(text);
        break;
      case 'COPY':
      case 'ADD': {
        if (isBefore) builder.push(text);
        const isForeign = node.flags.some((flag) => flag.name === 'from');
        if (isForeign || !isBefore) final.push(text);
        else {
          const isNeeded = neededOf(site, node, compiler);
          final.push(
            ...(narrowedCopy(site, node, isNeeded, compiler.generates ? name : undefined) ?? [intoFolder(site, node)]),
          );
        }
        break;
      }
      case 'RUN':
        if (kinds.get(node)?.has('packages')) installPackages();
        if (isBuilt(node)) {
          if (compiler.isReplaced?.(node)) break;
          if (node === builds[0]) builder.push(...(compiler.prelude ?? []));
          builder.push(editedSource(dockerfile, node, compiler.edits?.(node) ?? []));
          const setup = setupOf(dockerfile, node);
          if (isGuard(setup) && kinds.get(node)?.has('setup')) return setup;
          if (node.span.start === lastBuilt && !compiler.epilogue) takePrograms();
          if (!isGuard(setup) && (kinds.get(node)?.has('setup') || kinds.get(node)?.has('user'))) final.push(...setup);
        } else if (kinds.get(node)?.has('packages')) {
          const needed = buildPackages(site, node);
          if (needed !== undefined) builder.push(needed);
          const setup = setupOf(dockerfile, node);
          if (isGuard(setup)) return setup;
          final.push(...setup);
        } else if (kinds.get(node)?.has('folders')) {
          if (isBefore) builder.push(text);
        } else if (setups.includes(node)) {
          if (isBefore && (!kinds.get(node)?.has('user') || needsUsers)) builder.push(text);
          final.push(text);
        }
        break;
      default:
        final.push(compiler.start?.get(node) ?? text);
    }
    if (compiler.epilogue && node.span.start === lastBuilt) {
      builder.push(...(builds.length === 0 ? (compiler.prelude ?? []) : []), ...compiler.epilogue);
      takePrograms();
    }
  }
  return {
    language: compiler.language,
    builders: [{ name, comment: 'Build stage: compile the app', lines: builder.lines }],
    ...(compiler.buildImage === undefined ? {} : { buildImage: compiler.buildImage }),
    runtimeImage: image,
    final: withoutPassedWorkdirs(final.lines),
    ...(compiler.risk === undefined ? {} : { risk: compiler.risk }),
  };
}

/** What the final stage needs of a COPY: its data. A COPY of data alone is there for the program. */
function neededOf(site: Site, node: Instruction, compiler: Compiler): (path: string) => boolean {
  const paths = [...(copiedBy(node, site.context)?.values() ?? [])];
  const isData = (path: string) => !compiler.isSource(path) && !isAside(path);
  const isMixed = paths.some((path) => compiler.isSource(path));
  const again = isMixed ? copiedAgain(site, node) : new Set<string>();
  return (path) => isData(path) && !again.has(path) && (!isMixed || (compiler.isRead?.(path) ?? true));
}

/** Files beside the Dockerfile that a later COPY puts in the same place. */
function copiedAgain({ stage, context }: Site, node: Instruction): Set<string> {
  const here = copiedBy(node, context);
  const later = stage.instructions.filter(
    ({ keyword, span, flags }) =>
      /^(?:COPY|ADD)$/.test(keyword) && span.start > node.span.start && !flags.some(({ name }) => name === 'from'),
  );
  return new Set(
    later
      .flatMap((one) => [...(copiedBy(one, context) ?? [])])
      .flatMap(([target, path]) => (!path.includes('/') && here?.get(target) === path ? [path] : [])),
  );
}

/** A COPY of one file into a folder that only a `mkdir` of the builder makes says that it is one. */
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
  return editedSource(dockerfile, node, [{ span: { start: at, end: at }, newText: '/' }]);
}

/** Folders that WORKDIR or a COPY of the final stage makes as well. */
function isMadeAnyway(site: Site, node: Instruction, compiler: Compiler): boolean {
  const made = [
    ...site.stage.instructions.filter(({ keyword }) => keyword === 'WORKDIR').map((one) => workdirAfter(one)),
    ...[...site.copied.files].flatMap(([target, path]) =>
      compiler.isSource(path) || isAside(path) || compiler.isRead?.(path) === false ? [] : [target],
    ),
  ];
  // The build image's own folder is not in the final image.
  const home = site.stage.base.kind === 'image' ? `${baseWorkdir(site.stage.base.image)}/` : '/';
  const isLeft = (path: string) =>
    home !== '//' && path.startsWith(home) && !`${workdirAtEnd(site.stage.instructions)}/`.startsWith(home);
  return (node.script?.commands ?? []).every(
    (command) =>
      command.name === 'mkdir' &&
      command.words.slice(1).every(({ value }) => {
        const path = absolutePath(value, workdirAt(node));
        return (
          /^(?:-p|--parents)$/.test(value) ||
          isLeft(path) ||
          made.some((one) => one === path || one.startsWith(`${path}/`))
        );
      }),
  );
}

/** What stands before the program is started: the last instruction that may bring what it is compiled of. */
function lastBeforeStart(instructions: readonly Instruction[]): Instruction | undefined {
  return instructions.findLast(({ keyword }) => /^(?:COPY|ADD|RUN|WORKDIR)$/.test(keyword));
}

/** An ENV without the variables that only the build reads; nothing where no other is left. */
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

/** Files of one folder in one COPY; of a folder COPY takes what is in it. */
function takeAll(stage: string, artefacts: readonly string[]): string[] {
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
    return copyLine(`--from=${stage} `, paths, isPlain ? only : folder);
  });
}

function kindsOf(node: Instruction, compiler: Compiler, artefacts: readonly string[]): Set<string> | Guard {
  const kinds = new Set<string>();
  if (!node.script || node.script.errors.length > 0) return refuse('a RUN cannot be parsed');
  for (const command of node.script.commands) {
    const own = compiler.kindOf(command, node);
    if (typeof own === 'object') return own;
    const kind = own ?? commandKind(command);
    if (kind === undefined) return unknownEffect(command);
    // Rights of the program itself go with it.
    kinds.add(
      kind === 'setup' && (isAboutArtefacts(command, node, artefacts) || isEntered(command, node)) ? 'build' : kind,
    );
  }
  return kinds;
}

/** `mkdir build && cd build`: a folder that is built in. */
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
  return (
    /^(?:cp|mv|ln|chmod)$/.test(command.name) &&
    paths.some((path) => built.some((artefact) => artefact === path || artefact.startsWith(`${path}/`)))
  );
}

/** CMD, ENTRYPOINT or HEALTHCHECK is run by a shell, or is a script. */
export function needsShell(site: Site, rewritten: Compiler['start']): boolean {
  const { stage } = site;
  if (site.services.some(({ starts }) => starts.some((text) => /^\s*\S*\b(?:ba|da|a)?sh\b|\.sh\b/.test(text))))
    return true;
  if (
    stage.instructions.some(
      (node) => node.keyword === 'HEALTHCHECK' && node.form !== 'exec' && !/^NONE$/i.test(node.args[0]?.value ?? ''),
    )
  )
    return true;
  if (rewritten) return [...rewritten.values()].some((text) => !/^\s*(?:#.*\n\s*)*\w+\s+\[/.test(text));
  if (
    stage.instructions.some((node) => (node.keyword === 'CMD' || node.keyword === 'ENTRYPOINT') && node.form !== 'exec')
  )
    return true;
  if (
    stage.instructions.some(
      (node) =>
        (node.keyword === 'CMD' || node.keyword === 'ENTRYPOINT') &&
        /(?:^|\/)(?:ba|da)?sh$/.test(node.args[0]?.value ?? ''),
    )
  )
    return true;
  if (startedCommands(site).scripts.length > 0) return true;
  const start = startWords(stage);
  if (!start) return true;
  return start.some((word) =>
    /(?:^|\/)(?:ba|da)?sh$|\.sh$|(?:^|\/)(?:env|tini|dumb-init|gosu|su-exec|nohup|exec)$/.test(word),
  );
}

/** A folder below the one that the image to build in begins in, by a path from there. */
function isLost(node: Instruction, home: string): boolean {
  const earlier = node.stage?.instructions.find(({ keyword }) => keyword === 'WORKDIR');
  return home !== '/' && earlier === node && !node.args[0]?.value.startsWith('/');
}

function workdirAfter(node: Instruction): string {
  return absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', workdirAt(node));
}
