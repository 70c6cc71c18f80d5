import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { defaultConfig, resolveConfig } from '../../server/src/engine/config';
import { CORPORA } from '../helpers/corpora';
import { differenceOf } from '../trace/buildTrace';

const engine = createAnalyzer();
const everything = resolveConfig({ ...defaultConfig, extends: 'all' }, engine.rules, 'Dockerfile');

/** Says what a safe fix of the text does wrong; '' when nothing. */
function faultOf(text: string): string {
  const options = { config: everything, upTo: 'safe' } as const;
  const result = engine.fixAll(text, options);
  const isParsed = (source: string) =>
    parseDockerfile(source)
      .errors.map(({ kind }) => kind)
      .join();
  if (result.passes > 10) return `${result.passes} passes`;
  const stuck = result.skipped.filter(({ reason }) => reason === 'did-not-converge' || reason === 'changes-meaning');
  if (stuck.length > 0) return stuck.map(({ finding, reason }) => `${finding.ruleId}: ${reason}`).join(', ');
  if (isParsed(result.text) !== isParsed(text)) return 'the result parses in another way';
  if (engine.fixAll(result.text, options).text !== result.text) return 'a second run changes more';
  const left = engine
    .lint(result.text, { config: everything })
    .findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'));
  if (left.length > 0) return `left: ${left.map(({ ruleId }) => ruleId).join(', ')}`;
  const difference = differenceOf(text, result.text);
  if (difference === undefined) return '';
  return `another build by ${[...new Set(result.applied.map(({ finding }) => finding.ruleId))].join(', ')}: ${difference}`;
}

describe.each(CORPORA)('Dockerfiles, $title', ({ files }) => {
  if (files.length === 0) {
    it.skip('let no rule fail and are built the same after safe fixes');
    return;
  }
  it('let no rule fail', () => {
    const failed = files.flatMap(({ name, text }) =>
      engine
        .lint(text, { config: everything })
        .findings.filter(({ ruleId }) => ruleId === 'internal-error')
        .map(({ message }) => `${name}: ${message}`),
    );
    expect(failed).toEqual([]);
  });

  it('are built the same after safe fixes, which settle', () => {
    expect(files.map(({ name, text }) => [name, faultOf(text)]).filter(([, fault]) => fault !== '')).toEqual([]);
  }, 120_000);

  it('are built the same after safe fixes when lines are lost, doubled or moved', () => {
    const mutation = fc.record({
      file: fc.constantFrom(...files),
      edits: fc.array(fc.record({ kind: fc.constantFrom('drop', 'double', 'move'), at: fc.nat(), to: fc.nat() }), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(mutation, ({ file, edits }) => {
        const lines = file.text.split('\n');
        for (const { kind, at, to } of edits) {
          const index = at % lines.length;
          const [line = ''] = kind === 'double' ? [lines[index]] : lines.splice(index, 1);
          if (kind !== 'drop') lines.splice(to % (lines.length + 1), 0, line);
        }
        expect(faultOf(lines.join('\n'))).toBe('');
      }),
      { numRuns: 300, seed: 1 },
    );
  }, 120_000);
});
