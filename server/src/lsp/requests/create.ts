import { createDockerfile, findPrograms } from '../../create/createDockerfile';
import { whyNone } from '../../create/whyNone';
import { MAIN_DOCKERFILES } from '../../project/fileNames';
import type { CreateParams, CreateResult } from '../../protocol';
import { contextOf } from '../sentContext';
import type { Session } from '../session';
import { failed } from './buildable';
import { placing, toFile } from './optimize';

/** A Dockerfile for a folder that has none; nothing is written. */
export async function create(
  session: Session,
  { uri, program: wanted, level, context }: CreateParams,
): Promise<CreateResult> {
  await session.settled;
  const { engine } = session;
  const { localize } = engine;
  const options = session.planOptions(uri, session.contextOf(uri));
  const buildContext = context ? contextOf(context) : options.buildContext;
  if (!buildContext) return failed(localize('the files of the project cannot be read'));
  const placed = placing(session, uri);
  const existing = [...buildContext.files.keys()].map(placed).find((path) => MAIN_DOCKERFILES.includes(path));
  if (existing !== undefined)
    return failed(localize('{path} exists; use Optimize Dockerfile to improve it', { path: existing }));
  const { programs, lacks } = findPrograms(engine, buildContext);
  if (programs.length === 0) return failed(whyNone(localize, lacks).join('; '));
  const program = programs.length === 1 ? programs[0] : programs.find(({ name }) => name === wanted);
  if (!program) return { ok: true, programs: programs.map(({ name, title }) => ({ name, title })) };
  const created = createDockerfile(engine, program, { ...options, buildContext, ...(level ? { level } : {}) });
  return {
    ok: true,
    program: program.name,
    created: { ...created, files: created.files.map((file) => toFile(file, placed)) },
  };
}
