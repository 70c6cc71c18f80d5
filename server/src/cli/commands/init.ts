import { lstatSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Created, createDockerfile, findPrograms, type LineNote } from '../../create/createDockerfile';
import type { Lack, Program } from '../../create/starter';
import { whyNone } from '../../create/whyNone';
import { nearestName } from '../../engine/nearestName';
import { MAIN_DOCKERFILES } from '../../project/fileNames';
import { createColour } from '../colour';
import { Failure, reasonOf } from '../failure';
import { printJson } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import type { Session } from '../session';

/** Shows or writes a Dockerfile for a folder that has none. */
export async function init(session: Session): Promise<number> {
  const { engine, options } = session;
  const { localize } = engine;
  const [folder = '.', ...more] = options.operands;
  if (more.length > 0) throw new Failure(localize('{command} takes one path', { command: 'init' }));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(localize('{path}: not a folder', { path: folder }));
  // A link to nowhere is there too: writing through it would not be creating.
  const existing = MAIN_DOCKERFILES.find((name) => isThere(join(folder, name), session));
  if (existing !== undefined)
    throw new Failure(localize('{path} exists: improve it with `optimize`', { path: join(folder, existing) }));
  const path = join(folder, 'Dockerfile');
  const planOptions = { ...session.lintOptions(path), ...session.planOptions };
  const { buildContext } = planOptions;
  if (!buildContext) throw new Failure(localize('{path}: cannot be read', { path: folder }));
  const { programs, lacks } = findPrograms(engine, buildContext);
  const program = chosen(programs, lacks, session);
  const created = createDockerfile(engine, program, planOptions);
  if (options.isWrite) await write(session, folder, created);
  if (options.format === 'json')
    printJson(session, { version: 1, path: portablePath(path), program: program.name, ...created });
  else session.out(asText(session, path, created));
  return 0;
}

function isThere(path: string, { engine: { localize } }: Session): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    throw new Failure(localize('{path}: cannot be read', { path }));
  }
}

function chosen(programs: readonly Program[], lacks: readonly Lack[], session: Session): Program {
  const { localize } = session.engine;
  const wanted = session.options.program;
  const names = programs.map(({ name }) => name);
  const list = names.join(', ');
  if (wanted !== undefined) {
    const found = programs.find(({ name }) => name === wanted);
    if (found) return found;
    const nearest = nearestName(wanted, names);
    throw new Failure(
      nearest === undefined
        ? [
            localize('no program "{name}" in this folder', { name: wanted }),
            ...(names.length > 0 ? [localize('choose one of {list}', { list })] : []),
            ...(lacks.length > 0 ? whyNone(localize, lacks) : []),
          ].join('\n  ')
        : localize('Unknown {what} "{value}"; did you mean "{nearest}"?', { what: '--as', value: wanted, nearest }),
    );
  }
  const [only, ...others] = programs;
  if (only && others.length === 0) return only;
  if (only) throw new Failure(localize('the folder has several programs: choose one of {list} with --as', { list }));
  throw new Failure(whyNone(localize, lacks).join('\n  '));
}

/** Writes the other files first: a Dockerfile that needs them never exists without them. */
async function write(session: Session, folder: string, { text, files }: Created): Promise<void> {
  const { localize } = session.engine;
  let path = folder;
  try {
    for (const file of files) {
      path = join(folder, file.path);
      await session.write(path, file.after);
    }
    path = join(folder, 'Dockerfile');
    // `wx`: does not overwrite a file that appeared in the meantime.
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(localize('{path}: not written: {reason}', { path, reason: reasonOf(error, localize) }));
  }
}

function asText(session: Session, path: string, { title, text, files, notes, advice }: Created): string {
  const { localize } = session.engine;
  const colour = createColour(session.hasColour);
  const lines = text.trimEnd().split('\n');
  const width = String(lines.length).length;
  const told = new Set<string>();
  const asLine = ({ why, reason }: LineNote) => {
    const isNew = reason !== undefined && !told.has(why);
    told.add(why);
    return colour.dim(`${' '.repeat(width)}    ↑ ${isNew ? `${why}: ${reason}` : why}`);
  };
  const shown = lines.flatMap((written, at) => [
    `${colour.dim(String(at + 1).padStart(width))}  ${written}`.trimEnd(),
    ...notes.filter(({ end }) => end === at + 1).map(asLine),
  ]);
  const others = files.map((file) => `${colour.bold(file.path)}\n${file.after.trimEnd()}\n`);
  const { isWrite } = session.options;
  const heading = isWrite ? localize('{path}: written', { path }) : path;
  return [
    `${colour.bold(heading)} (${title})`,
    ...shown,
    '',
    ...others,
    ...(advice.length > 0 ? [localize('Manual changes:'), ...advice.map((one) => `  - ${one}`), ''] : []),
    ...(isWrite ? [] : [localize('Use --write to write the changes')]),
  ]
    .join('\n')
    .concat('\n');
}
