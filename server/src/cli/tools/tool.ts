import type { ToolData } from '../../agents/toolInterface';
import { MAX_LENGTH } from '../../dockerfile/limits';
import type { ToolCall } from '../../mcp/serve';
import { readArguments } from '../arguments';
import { Failure } from '../failure';
import { tooLarge } from '../readFile';
import { createSession, type Session } from '../session';
import type { Roots } from './roots';

/** Runs a tool of `mcp`: a command of the command line with the part of its JSON that an agent needs. */
export type RunTool = (call: Call, input: ToolData) => Promise<ToolData>;

export interface Call extends Pick<ToolCall, 'signal' | 'tell'> {
  /** That of `mcp`. */
  readonly server: Session;
  readonly roots: Roots;
}

/** A Dockerfile on disk, or a text that is not saved. */
export interface Source {
  /** `-` for a text without a place. */
  readonly path: string;
  readonly text?: string | undefined;
}

const MAX_PROGRESS = 200;

export function sourceOf({ roots, server }: Call, input: ToolData): Source {
  const { localize } = server.engine;
  const { path, text: given, write } = input as { path?: string; text?: string; write?: boolean };
  if (given === undefined) {
    if (path === undefined) throw new Failure(localize('path or text is required'));
    return { path: roots.findDockerfile(path) };
  }
  if (write) throw new Failure(localize('write requires a file: path without text'));
  if (given.length > MAX_LENGTH) throw new Failure(tooLarge(localize));
  return { path: path === undefined ? '-' : roots.find(path), text: given };
}

/**
 * Runs a command on a file or folder and returns its JSON; what is wrong with the configuration is `problems`.
 * @throws Failure with the reason when there is none
 */
export async function runCommand<T>(
  { server, roots, signal, tell }: Call,
  command: (session: Session) => number | Promise<number>,
  argv: readonly string[],
  { path, text: given }: Source,
): Promise<{ readonly json: T; readonly problems?: readonly string[] }> {
  const { engine, language, options } = server;
  const { configPath, rules, engine: builder, buildOptions } = options;
  let out = '';
  const session = await createSession({
    engine,
    language,
    options: {
      ...readArguments([...argv, '--format', 'json', '--', path], engine.localize),
      ...{ configPath, rules, engine: builder, buildOptions },
    },
    host: roots.host,
    roots: roots.folders,
    hasColour: false,
    out: (part) => {
      out += part;
    },
    // What an engine writes arrives in parts of several lines.
    err: (part) => tell(part.trimEnd().split('\n').at(-1)?.slice(0, MAX_PROGRESS) ?? ''),
    interruptible: (work) => work(signal),
    write: (to, content) => server.write(roots.find(to), content),
    ...(given === undefined ? {} : { readDockerfile: () => ({ ok: true, text: given }) }),
  });
  await command(session);
  const problems = [...session.failures];
  const json = out === '' ? { error: problems.join('\n') } : JSON.parse(out);
  const reason = json.error ?? json.files?.[0]?.error;
  if (reason !== undefined) throw new Failure(`${path === '-' ? '' : `${roots.shown(path)}: `}${reason}`);
  return { json, ...(problems.length > 0 ? { problems } : {}) };
}
