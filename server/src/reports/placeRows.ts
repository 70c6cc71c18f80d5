import type { Instruction } from '../dockerfile/model';
import type { Vulnerability } from './scanReport';

/** Assigns each vulnerability to an instruction: the one that made its layer if that is known, else the FROM. */
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
