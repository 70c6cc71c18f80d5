import { byArgument } from '../../app/argumentFolders';
import { absolutePaths } from '../../app/commandFolder';
import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { baseFacts } from '../../app/effectiveUser';
import { filesWrittenBy } from '../../app/filesOfRuns';
import { isMadeBy } from '../../app/madeFolders';
import { runsAsOwner } from '../../app/npmAsOwner';
import { isOnlyRead } from '../../app/onlyReadCopies';
import type { RunSite } from '../../app/runSite';
import { secretsOfRoot } from '../../commands/secretMounts';
import { giveTo } from '../../dockerfile/edits/giveTo';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { appendCommand, lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { shellPaths } from '../../dockerfile/edits/writePaths';
import { lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Flag, Instruction, Stage } from '../../dockerfile/model';
import { baseWorkdir, isOpenWorkdir } from '../../knowledge/baseWorkdir';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import { userCreation } from '../../knowledge/userCreation';
import { readOptions } from '../../shell/options';
import { insertion, type TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { wordList } from '../../text/wordList';

export interface TargetUser {
  readonly name: string;
  /** Shell commands that create the user; undefined if it already exists. */
  readonly creation?: string;
  /** The RUN of the stage that creates it. */
  readonly madeBy?: Instruction;
}

/** What the user has to own, and where it becomes active. */
export interface Handover {
  /** Directories outside of the working directory that are written to. */
  readonly folders: readonly string[];
  /** The first RUN to run as this user; undefined: root runs all of them. */
  readonly from: Instruction | undefined;
  /** Its packages may change too: it is compiled or updated at start. */
  readonly ownsDependencies: boolean;
}

/** USER goes after the last of these: they need root, or create files. */
const NEEDS_ROOT = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME', 'SHELL', 'ONBUILD', 'USER']);
const STARTING = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
const NEW_USER = 'app';

/** Above the ids that distributions assign to their own users. */
const NEW_UID = 10001;

/**
 * A user that the stage creates, one that the image contains, or a new one, created in the way of its distribution.
 * The new user gets a fixed uid if RUNs from `from` on mount secrets.
 */
export function userFor(stage: Stage, knowledge: KnowledgeBase, from?: Instruction): TargetUser | undefined {
  const created = createdUsers(stage);
  if (created.size > 1) return undefined;
  for (const [name, madeBy] of created) return { name, madeBy };
  const facts = baseFacts(stage, knowledge);
  if (facts?.readyUser !== undefined) return { name: facts.readyUser };
  const uid = from && secretsFrom(stage, from).length > 0 ? NEW_UID : undefined;
  const creation = facts && userCreation(facts, NEW_USER, uid);
  return creation === undefined ? undefined : { name: NEW_USER, creation };
}

function secretsFrom({ instructions }: Stage, from: Instruction): Flag[] {
  return instructions.filter((run) => run.span.start >= from.span.start).flatMap(secretsOfRoot);
}

/** The edits that make the image run as `user`; undefined if there is no safe place for them. */
export function switchUser(
  dockerfile: DockerfileModel,
  site: RunSite,
  user: TargetUser,
  rootUser: Instruction | undefined,
  handover: Handover,
): TextEdit[] | undefined {
  const hasShell = baseFacts(site.stage, site.knowledge)?.shell !== undefined;
  return hasShell
    ? new Handing(dockerfile, site, user, rootUser, handover).edits()
    : withoutShell(dockerfile, site, user, rootUser, handover);
}

/** Without a shell no command can run, but WORKDIR gives its directory to the active user, so USER comes first. */
function withoutShell(
  dockerfile: DockerfileModel,
  site: RunSite,
  user: TargetUser,
  rootUser: Instruction | undefined,
  { folders, ownsDependencies }: Handover,
): TextEdit[] | undefined {
  const { stage } = site;
  if (folders.length > 0 || user.creation !== undefined || stage.instructions.some(({ keyword }) => keyword === 'RUN'))
    return undefined;
  const edits = givenCopies(site, ownsDependencies, stage.instructions).flatMap((copy) => giveTo(copy, ownerOf(user)));
  const at = stage.from.span.end;
  const removal = rootUser && removeInstruction(dockerfile, rootUser);
  if (rootUser && !removal) return undefined;
  return [insertion(at, `${lineEndOf(dockerfile)}USER ${user.name}`), ...edits, ...(removal ? [removal] : [])].sort(
    byPlace,
  );
}

/** Collects the edits that create a user, give it its directories and files, and switch to it. */
class Handing {
  readonly #eol: string;
  readonly #owner: string;
  /** Where the files and directories come from: parent stages too if they copy the program. */
  readonly #layers: readonly Instruction[];
  readonly #copies: readonly Instruction[];
  readonly #edits: TextEdit[] = [];

  constructor(
    private readonly dockerfile: DockerfileModel,
    private readonly site: RunSite,
    private readonly user: TargetUser,
    private readonly rootUser: Instruction | undefined,
    private readonly handover: Handover,
  ) {
    this.#eol = lineEndOf(dockerfile);
    this.#owner = ownerOf(user);
    this.#layers = layersOf(site, handover.ownsDependencies);
    this.#copies = givenCopies(site, handover.ownsDependencies, this.#layers);
  }

  edits(): TextEdit[] | undefined {
    const { stage } = this.site;
    const makers = this.handover.folders.map((folder) => ({ folder, run: makerOf(this.#layers, folder) }));
    for (const copy of this.#copies) this.#edits.push(...giveTo(copy, this.#owner));
    const givers = makers.flatMap(({ folder, run }) => (run ? [{ folder, run }] : []));
    for (const run of new Set(givers.map((giver) => giver.run))) {
      const own = givers.filter((giver) => giver.run === run).map(({ folder }) => folder);
      const edit = appendCommand(this.dockerfile, run, chownOf(this.#owner, own));
      if (!edit) return undefined;
      this.#edits.push(edit);
    }
    const { from } = this.handover;
    const secrets = from ? secretsFrom(stage, from) : [];
    // Its uid is unknown.
    if (secrets.length > 0 && this.user.creation === undefined) return undefined;
    for (const { span } of secrets) this.#edits.push(insertion(span.end, `,uid=${NEW_UID}`));
    const needs = [...this.#copies, ...givers.map(({ run }) => run), ...(from ? [from] : [])];
    const isMade = this.#make(
      makers.filter(({ run }) => !run).map(({ folder }) => folder),
      needs,
    );
    if (!isMade || !this.#switch()) return undefined;
    return this.#edits.sort(byPlace);
  }

  /** Creates the user and its directories before anything that needs them. */
  #make(folders: readonly string[], needs: readonly Instruction[]): boolean {
    const { workdir } = this.site;
    const firstNeed = Math.min(...needs.map(({ span }) => span.start));
    const setsWorkdir = workdirMaker(this.#layers, workdir);
    const isOwned = workdir === '/' || isOpen(this.site) || this.#isGiven(workdir) || this.#isMadeByCopy(setsWorkdir);
    const isAbove = setsWorkdir !== undefined && setsWorkdir.span.start < firstNeed;
    // The directory of a parent stage already exists.
    const isBelow = setsWorkdir === undefined && workdir !== '/';
    const lateRun = isAbove && !isOwned ? this.#lastRunAsOwner(setsWorkdir) : undefined;
    const owned = [...(!isOwned && !lateRun && (isAbove || isBelow) ? [workdir] : []), ...folders];
    const isThere = (maker: Instruction | undefined) =>
      isAbove && maker !== undefined && maker.span.start <= setsWorkdir.span.start;
    const missing = folders.filter((folder) => !isThere(workdirMaker(this.#layers, folder)));
    const commands = [
      ...(this.user.creation === undefined ? [] : [this.user.creation]),
      ...(missing.length > 0 ? [`mkdir -p ${shellPaths(missing)}`] : []),
      ...(owned.length > 0 ? [`chown ${this.#owner} ${shellPaths(owned)}`] : []),
    ];
    const madeBy = this.user.madeBy;
    if (madeBy && madeBy.span.start > firstNeed) return this.#moveUp(madeBy, needs, commands);
    if (commands.length > 0)
      this.#insertMaking(
        byArgument(this.site.stage, `RUN ${commands.join(' && ')}`),
        needs,
        isAbove && owned.length > 0 ? setsWorkdir : undefined,
      );
    const place = lateRun ?? (isAbove ? undefined : setsWorkdir);
    if (!isOwned && place)
      this.#insertAfter(place, byArgument(this.site.stage, `RUN chown ${this.#owner} ${shellPaths([workdir])}`));
    return true;
  }

  /** The last RUN of root that would behave differently in a directory of the user. */
  #lastRunAsOwner(setsWorkdir: Instruction): Instruction | undefined {
    const end = this.handover.from?.span.start ?? Number.POSITIVE_INFINITY;
    return this.site.stage.instructions.findLast(
      (run) => run.span.start > setsWorkdir.span.start && run.span.start < end && runsAsOwner(run),
    );
  }

  /** If the file creates its user after files are given to it, moves that RUN up, unless it does something else too. */
  #moveUp(madeBy: Instruction, needs: readonly Instruction[], commands: readonly string[]): boolean {
    const isAlone = (madeBy.script?.commands ?? []).every(({ name }) => USER_COMMANDS.test(name));
    const removal = isAlone ? removeInstruction(this.dockerfile, madeBy) : undefined;
    const first = [...needs].sort((a, b) => a.span.start - b.span.start)[0];
    if (!removal || !first) return false;
    const written = this.dockerfile.text.slice(madeBy.span.start, madeBy.span.end);
    const more = commands.length > 0 ? `RUN ${commands.join(' && ')}${this.#eol}` : '';
    this.#edits.push(removal, insertBefore(this.dockerfile, first, `${written}${this.#eol}${more}`));
    return true;
  }

  /** A RUN that the user already owes the directory to. */
  #isGiven(folder: string): boolean {
    return this.#layers.some((run) =>
      (run.script?.commands ?? []).some((command) => {
        const [owner, ...paths] = command.name === 'chown' ? readOptions(command).operands : [];
        return (
          owner?.value.split(':')[0] === this.user.name &&
          absolutePaths(
            run,
            command,
            paths.map(({ value }) => value),
          ).includes(folder)
        );
      }),
    );
  }

  /** COPY creates its target directory with the given owner, unless it already exists. */
  #isMadeByCopy(setsWorkdir: Instruction | undefined): boolean {
    const { stage, workdir } = this.site;
    const before = this.#copies.filter((copy) => !setsWorkdir || copy.span.start < setsWorkdir.span.start);
    const [first] = before;
    if (first && this.#layers.some((run) => run.span.start < first.span.start && isMadeBy(run, workdir))) return false;
    return before.some((copy) => goesInto(copy, workdir) && this.#brings(copy)) && !isOfBase(stage, workdir);
  }

  /**
   * A COPY into a parent directory only creates the working directory if it contains it; archives are unpacked later.
   */
  #brings(copy: Instruction): boolean {
    const { context, workdir } = this.site;
    const target = absolutePath(copy.expand(copy.args.at(-1)?.text ?? '') ?? '', workdirAt(copy));
    if (isWithin(target, workdir)) return true;
    if (copy.flags.some(({ name }) => name === 'from'))
      return !copy.args.slice(0, -1).every(({ value }) => /\.\w+$/.test(value));
    return !context || [...(copiedBy(copy, context)?.keys() ?? [])].some((path) => isWithin(path, workdir));
  }

  #insertMaking(line: string, needs: readonly Instruction[], setsWorkdir: Instruction | undefined): void {
    const { stage } = this.site;
    const after =
      this.user.madeBy && (!setsWorkdir || this.user.madeBy.span.start > setsWorkdir.span.start)
        ? this.user.madeBy
        : setsWorkdir;
    if (after) {
      this.#insertAfter(after, line);
      return;
    }
    const layers = this.#layers.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
    const [first] = [...layers, ...needs].sort((a, b) => a.span.start - b.span.start);
    const at = first ?? this.#placeOfUser();
    if (!at) {
      this.#atEnd(line);
      return;
    }
    const section = sectionOf(this.dockerfile, at.stage ?? stage, at);
    this.#edits.push(
      insertBefore(this.dockerfile, section ?? at, `${line}${this.#eol}${section ? this.#eol : this.#gapAbove(at)}`),
    );
  }

  #insertAfter(node: Instruction, line: string): void {
    const at = node.span.end;
    this.#edits.push(insertion(at, `${this.#eol}${line}`));
  }

  #switch(): boolean {
    const { stage } = this.site;
    const userLine = `USER ${this.user.name}`;
    const last = stage.instructions.findLast((node) => NEEDS_ROOT.has(node.keyword));
    if (this.rootUser && last === this.rootUser && !this.handover.from) {
      this.#edits.push({ span: this.rootUser.span, newText: userLine });
      return true;
    }
    if (this.rootUser) {
      const removal = removeInstruction(this.dockerfile, this.rootUser);
      if (!removal) return false;
      this.#edits.push(removal);
    }
    const place = this.handover.from ?? this.#placeOfUser();
    if (place)
      this.#edits.push(insertBefore(this.dockerfile, place, `${userLine}${this.#eol}${this.#gapAbove(place)}`));
    else this.#atEnd(userLine);
    return true;
  }

  /** The instruction that starts the program, after the last one that needs root. */
  #placeOfUser(): Instruction | undefined {
    const { stage } = this.site;
    const last = stage.instructions.findLast((node) => NEEDS_ROOT.has(node.keyword) && node !== this.rootUser);
    const after = last?.span.start ?? stage.from.span.start;
    return stage.instructions.find((node) => node.span.start > after && STARTING.has(node.keyword));
  }

  /**
   * A comment after a blank line belongs to its own instruction, so a line inserted before it needs a blank line too.
   */
  #gapAbove({ span }: Instruction): string {
    const { text } = this.dockerfile;
    const start = startWithComments(text, span.start);
    const hasComment = start < text.lastIndexOf('\n', span.start) + 1;
    return hasComment && /\n[ \t]*\r?\n$/.test(text.slice(0, start)) ? this.#eol : '';
  }

  #atEnd(line: string): void {
    this.#insertAfter(this.site.stage.instructions.at(-1) ?? this.site.stage.from, line);
  }
}

/** Directories for one command: if there are many, nested ones are covered by a recursive chown. */
function chownOf(owner: string, folders: readonly string[]): string {
  const outer = folders.filter((folder) => !folders.some((other) => other !== folder && isWithin(folder, other)));
  const isLong = folders.length > 3 && outer.length < folders.length;
  return `chown ${isLong ? '-R ' : ''}${owner} ${shellPaths(isLong ? outer : folders)}`;
}

/** Sorts by position in the text; edits at the same position keep their order. */
function byPlace(a: TextEdit, b: TextEdit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** The first instruction of a commented section, if `node` is further down in that section. */
function sectionOf({ text }: DockerfileModel, { instructions }: Stage, node: Instruction): Instruction | undefined {
  let at = instructions.indexOf(node);
  const isApart = (index: number): boolean =>
    /\n[ \t]*\r?\n/.test(text.slice(instructions[index - 1]?.span.end, instructions[index]?.span.start));
  while (at > 0 && !isApart(at)) at--;
  const first = instructions[at];
  const isHeaded = first && startWithComments(text, first.span.start) < text.lastIndexOf('\n', first.span.start) + 1;
  return at > 0 && first !== node && isHeaded ? first : undefined;
}

/** Inserts lines before an instruction and the comments right above it. */
function insertBefore(dockerfile: DockerfileModel, node: Instruction, lines: string): TextEdit {
  const at = startWithComments(dockerfile.text, node.span.start);
  return insertion(at, lines);
}

/** Directories that exist in official images and distributions. */
const OF_BASE = wordList`
  / /app /data /go /home(?:/\w+)? /media /mnt /opt /srv /tmp /workspace
  /var(?:/(?:cache|lib|log|spool|tmp|www(?:/html)?))? /usr(?:/(?:src|local|share)(?:/[\w.-]+)?)?
`;
const FRESH = /^\/(?:app|data|workspace)$|^\/usr\/src\/[\w.-]+$/;

/** True if the base image may already have the directory, with its own owner. */
function isOfBase({ base }: Stage, folder: string): boolean {
  if (base.kind === 'image' && isWithin(baseWorkdir(base.image), folder)) return true;
  return base.kind === 'stage' || (OF_BASE.test(folder) && !FRESH.test(folder));
}

/** True if the program starts in the working directory of the base image, and everyone may write there. */
function isOpen({ stage, workdir }: RunSite): boolean {
  const base = lineage(stage)[0]?.base;
  return base?.kind === 'image' && isOpenWorkdir(base.image) && workdir === baseWorkdir(base.image);
}

/** The first WORKDIR that creates the directory, itself or as a parent. */
function workdirMaker(instructions: readonly Instruction[], folder: string): Instruction | undefined {
  return instructions.find(
    (node) =>
      node.keyword === 'WORKDIR' &&
      isWithin(absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', workdirAt(node)), folder),
  );
}

/** The last RUN that creates a directory with mkdir, or writes a file with that name. */
function makerOf(instructions: readonly Instruction[], path: string): Instruction | undefined {
  return instructions.findLast((run) => isMadeBy(run, path) || filesWrittenBy(run).includes(path));
}

/** COPY and ADD into the working directory: the application, which may write next to its files. */
function givenCopies(site: RunSite, ownsDependencies: boolean, instructions: readonly Instruction[]): Instruction[] {
  const { workdir } = site;
  if (workdir === '/') return [];
  return instructions.filter(
    (node) =>
      (node.keyword === 'COPY' || node.keyword === 'ADD') &&
      !node.flags.some((flag) => flag.name === 'chown') &&
      goesInto(node, workdir) &&
      (ownsDependencies || !isOnlyRead(site, node)),
  );
}

/** The stage's own instructions, and those of its parents where these copy folders of the program. */
function layersOf(site: RunSite, ownsDependencies: boolean): readonly Instruction[] {
  const { stage, instructions } = site;
  const ofParents = instructions.filter((node) => node.stage !== stage);
  const isProgram = givenCopies(site, ownsDependencies, ofParents).some(
    ({ args }) => !args.slice(0, -1).every(({ value }) => /[^./]\.\w+$|\*|(?:file|lock)$/i.test(value)),
  );
  return isProgram ? instructions : stage.instructions;
}

/** Into the directory, or into one of its parents. */
function goesInto(copy: Instruction, workdir: string): boolean {
  const destination = copy.expand(copy.args.at(-1)?.text ?? '');
  if (destination === undefined) return false;
  const target = absolutePath(destination, workdirAt(copy));
  return isWithin(target, workdir) || (target !== '/' && isWithin(workdir, target));
}

/** A user that the file creates does not necessarily have a group with the same name. */
export function ownerOf({ name, madeBy }: TargetUser): string {
  return madeBy ? name : `${name}:${name}`;
}

export const USER_COMMANDS = /^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod)$/;

/** Users that RUN instructions of the stage create, by their literal names. */
function createdUsers(stage: Stage): Map<string, Instruction> {
  const users = new Map<string, Instruction>();
  for (const node of stage.instructions) {
    for (const command of node.script?.commands ?? []) {
      if (command.name !== 'useradd' && command.name !== 'adduser') continue;
      // `adduser user group` adds a user to a group. For `useradd` the name is last, after its options.
      const { operands } = readOptions(command);
      const word = command.name === 'useradd' ? operands.at(-1) : operands[0];
      if (word?.isStatic && /^[a-z_][a-z0-9_-]*$/i.test(word.value)) users.set(word.value, node);
    }
  }
  return users;
}
