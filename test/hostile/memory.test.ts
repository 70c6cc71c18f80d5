import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { analyzer } from '../helpers/plan';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapAfter(edits: number, textOf: (edit: number) => string): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  // A text that an editor sends is no piece of another one.
  for (let edit = 0; edit < edits; edit++) analyzer.lint(Buffer.from(textOf(edit)).toString());
  collect();
  return (process.memoryUsage().heapUsed - before) / 1024 / 1024;
}

it.each([
  [
    'a large file',
    120,
    (edit: number) =>
      `FROM debian:12\n${`# ${'x'.repeat(98)}\n`.repeat(2000)}RUN echo some words ${edit} && apt-get install curl\n`,
  ],
  ['a long script', 15, (edit: number) => `FROM debian:12\nRUN echo ${edit}${' && true '.repeat(5000)}\n`],
])('typing in %s keeps no earlier version of it', (_, edits, textOf) => {
  heapAfter(1, textOf);
  // Each version has 0.2 MB, and its parsed script up to 4 MB; 18 MB of scripts are kept on purpose.
  expect(heapAfter(edits, textOf)).toBeLessThan(22);
});
