import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeConfig } from '../../project/writeConfig';
import { Failure, reasonOf } from '../failure';
import type { Session } from '../session';

const HADOLINT_NAMES = ['.hadolint.yaml', '.hadolint.yml'];

/** Prints hadolint's configuration as ours; --write creates a file next to it, and never overwrites one. */
export function migrate(session: Session): number {
  const { operands, isWrite } = session.options;
  const { localize } = session.engine;
  if (operands.length > 1) throw new Failure(localize('migrate requires one .hadolint.yaml'));
  const path = operands[0] ?? HADOLINT_NAMES.find((name) => existsSync(name));
  if (path === undefined) throw new Failure(localize('No .hadolint.yaml in this folder'));
  if (!/hadolint\.ya?ml$/i.test(path)) throw new Failure(localize('{path}: expected a .hadolint.yaml', { path }));
  const config = session.readConfiguration(path);
  if (session.failures.size > 0) return 2;
  const text = writeConfig(config, `From ${basename(path)}`);
  if (!isWrite) {
    session.out(text);
    return 0;
  }
  const target = join(dirname(path), '.dockerfile-optimizer.yaml');
  try {
    // `wx`: does not overwrite an existing file.
    writeFileSync(target, text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(localize('{path}: not written: {reason}', { path: target, reason: reasonOf(error, localize) }));
  }
  session.out(`${localize('{target}: written; {path} no longer applies to files in this folder', { target, path })}\n`);
  return 0;
}
