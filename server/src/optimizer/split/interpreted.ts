import { copiedAgain, copiedBy, copyTarget, workdirAt } from '../../app/copiedFiles';
import { madeBy } from '../../app/madeFolders';
import { callsHttps } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { isAside } from '../../app/sources';
import { startKind } from '../../app/start/startKind';
import { commandKind } from '../../commands/commandKinds';
import { copyLine } from '../../dockerfile/edits/writePaths';
import type { Instruction, Stage } from '../../dockerfile/model';
import type { Phrase } from '../../l10n/phrase';
import { USER_COMMANDS } from '../../rules/shared/switchUser';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import { isUsedIn } from './argUse';
import { editedSource, type Split, StageLines, switchesUserBefore } from './compose';
import { dataCopies } from './dataCopies';
import { lackingIn } from './debianPackages';
import { bringsNode } from './nodeBeside';
import { finalLines } from './passedWorkdirs';
import { removedBy, removedFiles } from './removedFiles';
import { givesFiles, isSetup, setupOf, withoutStaying } from './setupOf';
import { installedPackages, systemNeeds } from './systemNeeds';
import { fetchGuard, type Role, rolesOf, SplitStages, type Step } from './walk';

/**
 * install: dependencies; setting: configures the installing tool; build: compiles or generates something from the
 * dependencies and sources; check: tests; cleanup: removes what a step has left; stay: also runs in the final image;
 * final: runs only there.
 */
export type LanguageKind = 'install' | 'setting' | 'build' | 'check' | 'cleanup' | 'stay' | 'final';

/** How the programs of a language are built and which parts run. */
export interface Interpreter {
  readonly language: string;
  readonly runtimeImage: string;
  readonly builderComment: Phrase;
  /** Undefined for commands of other languages; a guard if the stage cannot be split. */
  kindOf(command: ShellCommand): LanguageKind | Guard | undefined;
  /** Instructions before the first install, in the builder and in the final stage. */
  readonly prelude?: { readonly builder: readonly string[]; readonly final: readonly string[] };
  /** Lines above an instruction in every stage that contains it. */
  before?(node: Instruction): readonly string[];
  /** The RUN that the prelude precedes; undefined: the first install. */
  isPreludeBefore?(node: Instruction): boolean;
  /** Paths that the final stage copies from the builder, at the position of the last install. */
  readonly artefacts: readonly Artefact[];
  /** They are copied before the sources, which change more often, wherever the installs are. */
  readonly takesFirst?: boolean;
  /** Further paths, copied at the position of the last build. */
  readonly outputs?: readonly Artefact[];
  /** True for a RUN before the last build, or one of its commands, whose effects are contained in the outputs. */
  isInOutputs?(node: Instruction, command?: ShellCommand): boolean;
  /** Edits to a RUN of the builder. */
  edits?(run: Instruction): readonly TextEdit[];
  /** The new text of a RUN of the builder. */
  rewrite?(text: string, run: Instruction): string;
  /** The last lines of the builder. */
  readonly epilogue?: readonly string[];
  /** Replaces a COPY from the build context in the final stage; undefined: unchanged. */
  copyInFinal?(node: Instruction): readonly string[] | undefined;
  /** Replaces an ENV in the final stage; undefined: unchanged. */
  envInFinal?(node: Instruction): readonly string[] | undefined;
  isForInstall?(path: string): boolean;
  /** The new text of CMD, ENTRYPOINT or a staying RUN in the final stage; undefined: unchanged. */
  startFinal?(node: Instruction): string | undefined;
  /** Library packages that dependencies need, in addition to those that the file installs. */
  readonly libraries: readonly string[];
  /** False for a RUN before the last build that reads no file of the build context. */
  readsContext?(node: Instruction): boolean;
  /** Packages that only the build calls, such as Node.js if it only builds a program's pages. */
  readonly buildOnly?: readonly string[];
  /** A stage next to the builder that installs only production dependencies. */
  readonly dependencies?: { readonly name: string; readonly comment: Phrase; rewrite(text: string): string };
  /** The command that CMD starts instead of a package manager. */
  readonly start?: string | undefined;
  readonly risk?: Phrase;
  /** False, or the reason, if the split gains nothing. */
  readonly isWorthIt?: (left: readonly string[]) => boolean | Guard;
  /** Files that a non-root user builds are in the program's directory. */
  readonly buildsAsUser?: boolean;
  /** Root can install what a user installs: the program only reads it. */
  readonly installsAsRoot?: boolean;
}

export interface Artefact {
  /** Path in the source stage, and in the final one unless another target is given. */
  readonly path: string;
  readonly target?: string;
  readonly stage?: string;
}

/**
 * Splits a stage of an interpreted language: a separate stage installs the dependencies, and the final stage copies
 * them.
 */
export function splitInterpreted(site: Site, language: Interpreter): Split | Guard {
  const { dockerfile, stage } = site;
  const roles = rolesOf(stage, language.kindOf);
  if (isGuard(roles)) return roles;
  const isBuilt = ({ kinds }: Role) => ['install', 'setting', 'build', 'check'].some((kind) => kinds.has(kind));
  const firstInstall = roles.findIndex(({ kinds }) => kinds.has('install'));
  const prelude = language.isPreludeBefore
    ? roles.findIndex(({ node }) => language.isPreludeBefore?.(node))
    : firstInstall;
  const preludeAt = aboveCopies(roles, prelude);
  const lastInstall = roles.findLastIndex(({ kinds }) => kinds.has('install'));
  const lastOutput = roles.findLastIndex(({ kinds }) => kinds.has('build'));
  const lastBuilt = roles.findLastIndex(isBuilt);
  if (firstInstall < 0 && lastOutput < 0) return refuse('nothing is installed or built here');
  const isSwitched = switchesUserBefore(stage, roles[lastBuilt]?.node.span.start ?? 0);
  const user = isSwitched && language.buildsAsUser ? onlyUser(stage) : undefined;
  if (isSwitched && user === undefined && !language.installsAsRoot)
    return refuse('USER is set before the dependencies are installed');
  const fetched = fetchGuard(roles);
  if (fetched) return fetched;
  const staying = roles
    .filter((role) => !isBuilt(role) && !role.kinds.has('packages'))
    .filter((role) => role.node.keyword !== 'RUN' || !isOnlyCleanup(role))
    .map(({ node }) => node);
  const certificates =
    /(?:^|\/)(?:debian|ubuntu)(?::|$)/.test(language.runtimeImage) && callsHttps(site) ? ['ca-certificates'] : [];
  const needs = systemNeeds(site, staying, {
    libraries: [...language.libraries, ...certificates],
    buildOnly: language.buildOnly ?? [],
  });
  if (isGuard(needs)) return needs;
  const isReadInBuilder = (copy: Instruction, at: number) =>
    !isIntoProgram(copy) ||
    roles.some(
      ({ node }, index) =>
        index > at && index <= lastBuilt && node.keyword === 'RUN' && (language.readsContext?.(node) ?? true),
    );
  const hasOtherNode = stage.instructions.some(({ script }) => script?.commands.some(bringsNode));
  if (hasOtherNode && needs.packages.includes('nodejs')) return refuse('packages come from a third-party repository');
  const isWorthIt = language.isWorthIt?.(needs.left.filter((left) => !SMALL.test(left))) ?? true;
  if (isWorthIt === false)
    return keepsBuildPackages(site)
      ? refuse('cannot determine what the container starts')
      : refuse('the image contains nothing that only the build needs');
  if (isWorthIt !== true) return isWorthIt;

  const stages = new SplitStages(site, lackingIn(site.facts.distro, needs.packages));
  const { name, builder, final } = stages;
  const dependencies = new StageLines(dockerfile);
  const owner = user === undefined ? '' : `--chown=${user} `;
  const take = ({ path, target = path, stage: from = name }: Artefact) =>
    copyLine(`--from=${from} ${owner}`, [path], target);
  const last = roles[lastBuilt]?.node.span;
  const ofBuild = roles.slice(0, lastBuilt + 1).map(({ node }) => node);
  // COPY gives what the final stage takes to root, or to the owner that it names.
  const isOwnerless = user === undefined && ofBuild.every((node) => givesNothing(node) || isOnlyOwnership(node));
  const needsUsers = !isOwnerless && last !== undefined && givesFiles(dockerfile, stage.from.span.start, last.end);
  // A RUN between two installs needs the result of the first one.
  const isUsedBetween = roles.slice(firstInstall, lastInstall).some(({ kinds }) => kinds.has('stay'));
  const taken = isUsedBetween ? firstInstall : language.takesFirst && prelude >= 0 ? prelude : lastInstall;
  const stays = (command: ShellCommand) => /^(?:stay|final)$/.test(`${language.kindOf(command)}`);
  const isWanted = (command: ShellCommand) => stays(command) || (!language.kindOf(command) && isSetup(command));
  let isTaken = false;
  const takeArtefacts = (): void => {
    isTaken = true;
    stages.install();
    final.push(...(language.prelude?.final ?? []), ...language.artefacts.map(take));
  };
  const removed = removedFiles(
    site,
    roles.filter((role) => !isBuilt(role)).map(({ node }) => node),
  );
  const copiesWithout = (node: Instruction) =>
    [...(copiedBy(node, site.context)?.values() ?? [])].some((path) => removed.has(path))
      ? dataCopies(site, node, (path) => !removed.has(path) && !isAside(path) && !language.isForInstall?.(path))
      : undefined;
  const installing = roles.slice(0, lastInstall + 1).map(({ node }) => node);
  const isOfDependencies = ({ index, isBefore }: Step) => isBefore && index <= lastInstall;
  const refused = stages.walk({
    roles,
    lastBuilt,
    staying: [...staying, ...stage.instructions.filter(({ keyword }) => keyword !== 'RUN')],
    user,
    isBuilt,
    above(step) {
      const { node, index, isBefore } = step;
      dependencies.at(node);
      const above = language.before?.(node) ?? [];
      if (isBefore) builder.push(...above);
      if (isOfDependencies(step)) dependencies.push(...above);
      if (node.keyword === 'ARG' && (isUsedIn(node, installing) || isInSettings(site, node)))
        dependencies.push(step.text);
      final.push(...above);
      if (index === preludeAt) builder.push(...(language.prelude?.builder ?? []));
    },
    setting(step) {
      if (isOfDependencies(step)) dependencies.push(step.text);
      return language.envInFinal?.(step.node) ?? [step.text];
    },
    copy(step) {
      const { node, index, text, isBefore } = step;
      const inBuilder = isOwnerless ? text.replace(/ --chown=\S+/, '') : text;
      if (isBefore && isReadInBuilder(node, index)) builder.push(inBuilder);
      if (isOfDependencies(step)) dependencies.push(inBuilder);
      if (index < lastInstall && isForInstallOnly(site, node, roles.slice(index + 1), isBuilt)) return [];
      const copies = language.copyInFinal?.(node) ?? copiesWithout(node) ?? [text];
      if (language.takesFirst && copies.length > 0 && index < taken && !isTaken) {
        takeArtefacts();
        final.at(node);
      }
      return copies;
    },
    build(step) {
      const { node, kinds, index, text } = step;
      const edited = editedSource(dockerfile, node, language.edits?.(node) ?? []);
      const written = language.rewrite?.(edited, node) ?? edited;
      const rewritten =
        (written === text
          ? withoutStaying(dockerfile, node, (command) => stays(command) && !language.isInOutputs?.(node, command))
          : undefined) ?? written;
      builder.push(rewritten);
      if (kinds.has('install') || kinds.has('setting'))
        dependencies.push(language.dependencies?.rewrite(rewritten) ?? rewritten);
      const setup = setupOf(
        dockerfile,
        node,
        (command) => isWanted(command) && !(index <= lastOutput && language.isInOutputs?.(node, command)),
      );
      if (isGuard(setup)) return setup;
      if (index === taken && !isTaken) takeArtefacts();
      if (index === lastOutput && lastInstall < 0) stages.install();
      if (index === lastOutput) final.push(...(language.outputs ?? []).map(take));
      return setup;
    },
    ...(language.edits ? { edits: language.edits } : {}),
    packages(step, needed) {
      builder.push(language.rewrite?.(needed, step.node) ?? needed);
      if (isOfDependencies(step)) dependencies.push(needed);
    },
    stay(step) {
      const { node, kinds, index, text, isBefore } = step;
      if (isOnlyCleanup(step)) return [];
      const isForLater = lastOutput < 0 && makesOtherFolders(node, roles.slice(0, lastBuilt + 1));
      const isForUsers = isOwnerless && isOnlyOwnership(node);
      if (
        isBefore &&
        !isForLater &&
        !isForUsers &&
        !kinds.has('final') &&
        (!kinds.has('user') || needsUsers || user !== undefined)
      )
        builder.push(text);
      if (kinds.has('stay') && isOfDependencies(step)) dependencies.push(text);
      if (removed.size > 0 && removedBy(site, node)) return [];
      return index < lastOutput && language.isInOutputs?.(node) ? [] : [language.startFinal?.(node) ?? text];
    },
    start: (node) => language.startFinal?.(node),
  });
  if (refused) return refused;
  return {
    language: language.language,
    builders: [
      ...(language.dependencies
        ? [{ name: language.dependencies.name, comment: language.dependencies.comment, lines: dependencies.lines }]
        : []),
      { name, comment: language.builderComment, lines: [...builder.lines, ...(language.epilogue ?? [])] },
    ],
    runtimeImage: language.runtimeImage,
    final: finalLines(stage, final.lines),
    ...(language.start === undefined ? {} : { start: language.start }),
    ...(language.risk === undefined ? {} : { risk: language.risk }),
  };
}

/** `//registry.npmjs.org/:_authToken=${NPM_TOKEN}` */
function isInSettings({ copied, context }: Site, { pairs }: Instruction): boolean {
  const settings = [...copied.files.values()].filter((path) => /(?:^|\/)\.(?:npmrc|yarnrc\.yml)$/.test(path));
  return settings.some((path) => pairs.some(({ name }) => context.read(path)?.includes(`\${${name}`)));
}

/** The result of the prelude does not depend on copied files, so it goes above the COPYs right before its place. */
function aboveCopies(roles: readonly Role[], place: number): number {
  const last = roles.slice(0, Math.max(place, 0)).findLastIndex(({ node }) => !/^(?:COPY|ADD)$/.test(node.keyword));
  return place < 0 ? place : last + 1;
}

/** True for a COPY from the build context into the program's own directory; settings of tools go elsewhere. */
function isIntoProgram(node: Instruction): boolean {
  const workdir = workdirAt(node);
  return workdir !== '/' && !node.flags.some(({ name }) => name === 'from') && isWithin(copyTarget(node), workdir);
}

/** A manifest that only the install reads: nothing later uses it, or the sources contain it again. */
function isForInstallOnly(
  site: Site,
  node: Instruction,
  later: readonly Role[],
  isBuilt: (role: Role) => boolean,
): boolean {
  if (isNamedByInstalls(site, node, later, isBuilt)) return true;
  const sources = [...(copiedBy(node, site.context)?.values() ?? [])];
  const again = copiedAgain(site.stage, node, site.context);
  return sources.length > 0 && sources.every((source) => again.has(source));
}

/** A directory outside of the program's own, such as `/wheels`, that only installs name. */
function isNamedByInstalls(
  { dockerfile }: Site,
  node: Instruction,
  later: readonly Role[],
  isBuilt: (role: Role) => boolean,
): boolean {
  const folder = copyTarget(node);
  const workdir = workdirAt(later.at(-1)?.node ?? node);
  if (folder === '/' || isWithin(folder, workdir) || workdir.startsWith(folder)) return false;
  const names = ({ span }: Instruction) => dockerfile.text.slice(span.start, span.end).includes(folder);
  const users = later.filter((role) => names(role.node));
  return (
    users.length > 0 &&
    users.every((role) => isBuilt(role) || isOnlyCleanup(role) || role.kinds.has('cleanup')) &&
    users.some(isBuilt)
  );
}

/** True if compilers and headers stay because the program is unknown. */
function keepsBuildPackages(site: Site): boolean {
  const packages = installedPackages(site.stage.instructions);
  return (
    startKind(site).kind === 'unknown' && packages.some((name) => /^(?:gcc|g\+\+|build-\w+|\S+-dev)$/.test(name ?? ''))
  );
}

/** Too small to be worth a separate stage. */
const SMALL =
  /^(?:apt-transport-https|bash|ca-certificates|curl|dos2unix|gnupg2?|jq|less|lsb-release|make|nano|netcat[\w-]*|procps|unzip|vim|wget|zip)$/;

/** True for a RUN that only creates users and changes owners. */
function isOnlyOwnership({ script }: Instruction): boolean {
  const commands = script?.commands ?? [];
  return commands.length > 0 && commands.every(({ name }) => name === 'chown' || USER_COMMANDS.test(name));
}

/** True where no user other than root matters. */
function givesNothing({ keyword, bodyText }: Instruction): boolean {
  return (
    keyword !== 'RUN' || !/\b(?:chown|su|sudo|gosu|su-exec|setpriv|runuser)\b|\binstall -[a-z]*[og]/.test(bodyText)
  );
}

/** True for a RUN that only makes directories that no install names: the program writes there. */
function makesOtherFolders(node: Instruction, installs: readonly Role[]): boolean {
  const folders = madeBy(node);
  return (
    folders.length > 0 &&
    (node.script?.commands ?? []).every(({ name }) => name === 'mkdir') &&
    !installs.some(({ node: other }) => other !== node && folders.some((path) => other.bodyText.includes(path)))
  );
}

function isOnlyCleanup({ node, kinds }: Role): boolean {
  return (
    [...kinds].every((kind) => kind === 'cleanup' || kind === 'shell') &&
    (node.script?.commands ?? []).every(
      (command) =>
        commandKind(command) === 'shell' ||
        // A cleanup command of the language, such as `npm cache clean`.
        commandKind(command) === undefined ||
        readOptions(command).operands.every(({ text }) =>
          /^\/(?:var\/(?:lib\/apt|cache|tmp)|tmp|(?:root|home\/\w+)\/\.)/.test(node.expand(text) ?? ''),
        ),
    )
  );
}

/** The only user that a stage switches to, if it is a literal name. */
function onlyUser({ instructions }: Stage): string | undefined {
  const users = instructions.filter(({ keyword }) => keyword === 'USER');
  const name = users[0]?.args[0]?.value ?? '';
  return users.length === 1 && /^[\w-]+(?::[\w-]+)?$/.test(name) ? name.replace(/^([\w-]+)$/, '$1:$1') : undefined;
}
