import { baseFacts } from '../../app/effectiveUser';
import type { Writes } from '../../app/writtenFolders';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import { userCreation } from '../../knowledge/userCreation';
import { readOptions } from '../../shell/options';
import type { TextEdit } from '../../text/edits';
import { startWithComments } from './lines';
import { lineEndOf } from './runLayout';

export interface TargetUser {
  readonly name: string;
  /** Shell commands that make the user; undefined when it is there already. */
  readonly creation?: string;
}

/** These run the program or lay files down: USER goes after the last of them. */
const NEEDS_ROOT = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME', 'SHELL', 'ONBUILD', 'USER']);
const STARTING = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
const NEW_USER = 'app';

/** A user that the stage makes, one that the image brings along, or a new one in the way of its distribution. */
export function userFor(stage: Stage, knowledge: KnowledgeBase): TargetUser | undefined {
  const created = createdUsers(stage);
  if (created.length > 1) return undefined;
  const [name] = created;
  if (name !== undefined) return { name };
  const facts = baseFacts(stage, knowledge);
  if (facts?.readyUser !== undefined) return { name: facts.readyUser };
  const creation = facts && userCreation(facts, NEW_USER);
  return creation === undefined ? undefined : { name: NEW_USER, creation };
}

/** The edits that make `user` the one the image runs as; undefined where no place for it is certain. */
export function switchUser(
  dockerfile: DockerfileModel,
  stage: Stage,
  user: TargetUser,
  rootUser: Instruction | undefined,
  writes: Writes,
): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const copies = appCopies(stage).map((copy) => giveTo(copy, user.name));
  edits.push(...copies);
  const last = stage.instructions.findLast((node) => NEEDS_ROOT.has(node.keyword));
  const eol = lineEndOf(dockerfile);
  const workdir = workdirOf(stage);
  const isOwner =
    workdir !== undefined && (user.creation !== undefined || writes.isInWorkdir) && isRootsFolder(stage, workdir);
  const owned = [...(isOwner ? [workdir] : []), ...writes.folders];
  const commands = [
    ...(user.creation === undefined ? [] : [user.creation]),
    ...(writes.folders.length > 0 ? [`mkdir -p ${writes.folders.join(' ')}`] : []),
    ...(owned.length > 0 ? [`chown ${user.name}:${user.name} ${owned.join(' ')}`] : []),
  ];
  const creation = commands.length === 0 ? '' : `RUN ${commands.join(' && ')}${eol}`;
  // Copied files can only be given to a user that is there already.
  const firstCopy = copies.length > 0 && creation !== '' ? appCopies(stage)[0] : undefined;
  if (firstCopy) edits.push(insertBefore(dockerfile, firstCopy, creation));
  const userLine = `${firstCopy ? '' : creation}USER ${user.name}`;
  if (rootUser && last === rootUser) {
    edits.push({ span: rootUser.span, newText: userLine });
  } else {
    edits.push(placeUser(dockerfile, stage, last, userLine, eol));
  }
  return edits.sort((a, b) => a.span.start - b.span.start);
}

/** The folder that the program is started in; undefined for `/` and where it is not known. */
export function workdirOf({ instructions }: Stage): string | undefined {
  const last = instructions.findLast(({ keyword }) => keyword === 'WORKDIR');
  const path = last?.expand(last.args[0]?.text ?? '');
  return path?.startsWith('/') && path !== '/' ? path.replace(/\/$/, '') : undefined;
}

/** WORKDIR makes a folder for the user in force, which is root until now; those of the system stay as they are. */
function isRootsFolder(stage: Stage, workdir: string): boolean {
  return (
    stage.base.kind === 'image' &&
    !/^\/(?:etc|usr\/(?:local|share|lib|bin)|bin|sbin|lib|root|tmp|home|var|var\/(?:lib|log|www|www\/html)|opt|srv)?$/.test(
      workdir,
    )
  );
}

function placeUser(
  dockerfile: DockerfileModel,
  stage: Stage,
  last: Instruction | undefined,
  line: string,
  eol: string,
): TextEdit {
  const after = last?.span.start ?? stage.from.span.start;
  const start = stage.instructions.find((node) => node.span.start > after && STARTING.has(node.keyword));
  if (start) return insertBefore(dockerfile, start, `${line}${eol}`);
  const end = (stage.instructions.at(-1) ?? stage.from).span.end;
  return { span: { start: end, end }, newText: `${eol}${line}` };
}

/** Puts lines before an instruction and the comments that stand right above it. */
function insertBefore(dockerfile: DockerfileModel, node: Instruction, lines: string): TextEdit {
  const at = startWithComments(dockerfile.text, node.span.start);
  return { span: { start: at, end: at }, newText: lines };
}

/** COPY and ADD of the build context into the working directory: the application, which may write beside its files. */
function appCopies(stage: Stage): Instruction[] {
  let workdir: string | undefined;
  const copies: Instruction[] = [];
  for (const node of stage.instructions) {
    if (node.keyword === 'WORKDIR') workdir = node.expand(node.args[0]?.text ?? '');
    if (node.keyword !== 'COPY' && node.keyword !== 'ADD') continue;
    if (node.flags.some((flag) => flag.name === 'chown')) continue;
    const destination = node.expand(node.args.at(-1)?.text ?? '');
    if (workdir === undefined || workdir === '/' || destination === undefined) continue;
    // Of another stage only the whole folder: parts of it are what was built, and are read.
    const isFrom = node.flags.some((flag) => flag.name === 'from');
    if (isFrom && destination !== workdir) continue;
    const isInside = !destination.startsWith('/') || `${destination}/`.startsWith(`${workdir.replace(/\/$/, '')}/`);
    if (isInside && !destination.includes('..')) copies.push(node);
  }
  return copies;
}

function giveTo(copy: Instruction, user: string): TextEdit {
  const at = copy.keywordSpan.end;
  return { span: { start: at, end: at }, newText: ` --chown=${user}:${user}` };
}

/** Users that RUN instructions of the stage make, by their static names. */
function createdUsers(stage: Stage): string[] {
  const names = new Set<string>();
  for (const node of stage.instructions) {
    for (const command of node.script?.commands ?? []) {
      if (command.name !== 'useradd' && command.name !== 'adduser') continue;
      const operands = readOptions(command).operands;
      // `adduser user group` puts a user into a group; the first operand of useradd is the name.
      const word = operands[0];
      if (word?.isStatic && /^[a-z_][a-z0-9_-]*$/i.test(word.value)) names.add(word.value);
    }
  }
  return [...names];
}
