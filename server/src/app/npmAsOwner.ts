import { lineage } from '../dockerfile/lineage';
import type { Instruction } from '../dockerfile/model';

/**
 * True for a RUN in which npm 7 or 8 may run scripts as the owner of the working directory, although root calls it:
 * such a script cannot write to root's home directory, where browsers and headers are kept. npm 9 came with Node.js
 * 18.14.
 * https://docs.npmjs.com/cli/v8/using-npm/scripts#user (read on 2026-11-30)
 */
export function runsAsOwner(run: Instruction): boolean {
  const calls = run.script?.commands.some(({ name }) => name === 'npm' || name === 'npx') ?? false;
  if (!calls || !run.stage || run.keyword !== 'RUN') return false;
  const base = lineage(run.stage)[0]?.base;
  const tag =
    base?.kind === 'image' && /(?:^|\/)node$/.test(base.image.repository) ? (base.image.tag ?? '') : undefined;
  if (tag === undefined) return true;
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  const release = Number(major ?? Number.POSITIVE_INFINITY);
  return release === 18 ? Number(minor ?? 20) < 14 : release > 14 && release < 18;
}
