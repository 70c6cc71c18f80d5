/** Numbers that look random and are the same in every run with the same seed. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const STRAYS = [
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\\',
  '\\\n',
  '"',
  "'",
  '`',
  '$',
  '${',
  '}',
  '$(',
  ')',
  '{',
  '[',
  ']',
  '<<',
  '<<-E\n',
  '\nE\n',
  '&&',
  '||',
  ';',
  '|',
  '&',
  '#',
  '\u0000',
  '\ufeff',
  '=',
  '==',
  ':',
  '/',
  '../',
  '*',
  '**/',
  '?',
  '!',
  '-',
  '--',
  '@',
  ',',
  '\n# ',
  '\nRUN ',
  '\nFROM ',
  '\nARG ',
  '\nENV A=$A',
  ' AS x',
  'ONBUILD ',
  '--from=',
  '--mount=type=cache',
  '["',
  '"]',
  '日',
  '\ud83d',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e99',
  '0',
  'sha256:',
  '\u0001',
  '\u00ff',
];

/** A neighbour of one input, or a child of two. */
export function mutate(input: string, other: string, random: (below: number) => number): string {
  let text = input;
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(text.length + 1);
    const length = random(random(4) === 0 ? text.length + 1 : 12);
    const from = random(other.length + 1);
    const inserted = [
      () => '',
      () => STRAYS[random(STRAYS.length)] ?? '',
      () => String.fromCharCode(random(256)),
      () => text.slice(at, at + length),
      () => other.slice(from, from + length),
      () => other.slice(from),
    ][random(6)] as () => string;
    text = text.slice(0, at) + inserted() + text.slice(at + (random(2) === 0 ? 0 : length));
  }
  return text.slice(0, 20_000);
}
