import { existsSync } from 'node:fs';
import { isDockerfile, MAIN_DOCKERFILES } from '../project/fileNames';
import { hostKind } from '../project/inline/inlineDockerfiles';
import { Failure } from './failure';
import type { Session } from './session';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * The Dockerfile of a command that builds it: the operand, else the one in the current folder.
 * @throws Failure when there are several, or it cannot be read
 */
export function oneDockerfile(session: Session): Source {
  const { operands, command } = session.options;
  const { localize } = session.engine;
  if (operands.length > 1) throw new Failure(localize('{command} requires one Dockerfile', { command: command ?? '' }));
  const path = operands[0] ?? MAIN_DOCKERFILES.find((name) => existsSync(name)) ?? 'Dockerfile';
  if (!isDockerfile(path) && hostKind(path))
    throw new Failure(localize('{path}: this takes a Dockerfile that is a file of its own', { path }));
  const file = session.readDockerfile(path);
  if (!file.ok) throw new Failure(`${path}: ${file.reason}`);
  return { path, text: file.text };
}
