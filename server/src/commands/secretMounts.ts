import type { Flag, Instruction } from '../dockerfile/model';

/** Secrets that only root can read: `--mount=type=secret` without `uid` and `mode`. */
export function secretsOfRoot(run: Instruction): readonly Flag[] {
  return run.flags.filter(
    ({ name, options }) =>
      name === 'mount' && options.get('type') === 'secret' && !options.has('uid') && !options.has('mode'),
  );
}
