import type { Instruction } from '../dockerfile/model';
import type { Vulnerability } from './scanReport';

/** The instruction that each vulnerability came in with: the one that made its layer, where that is known, else the FROM. */
export function placeRows(
  vulnerabilities: readonly Vulnerability[],
  from: Instruction,
  layers: ReadonlyMap<string, Instruction>,
): ReadonlyMap<Instruction, readonly Vulnerability[]> {
  const places = new Map<Instruction, Vulnerability[]>();
  for (const row of vulnerabilities) {
    const node = (row.layer === undefined ? undefined : layers.get(row.layer)) ?? from;
    const rows = places.get(node);
    if (rows) rows.push(row);
    else places.set(node, [row]);
  }
  return places;
}
