/** True if a name has one letter too many, one too few or a wrong one, or two swapped letters; digits are versions. */
export function isSlip(name: string, meant: string): boolean {
  if (name === meant || /\d/.test(name)) return false;
  const first = [...name].findIndex((letter, at) => letter !== meant[at]);
  const at = first < 0 ? name.length : first;
  const rest = name.slice(at);
  const right = meant.slice(at);
  return (
    rest.slice(1) === right ||
    rest === right.slice(1) ||
    rest.slice(1) === right.slice(1) ||
    (rest[0] === right[1] && rest[1] === right[0] && rest.slice(2) === right.slice(2))
  );
}
