import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, type PlanChange, placesOf, uniqueSteps } from '../../../client/src/optimize/planChanges';
import { createAnalyzer } from '../../../server/src/analyzer';
import { createPlan } from '../../../server/src/optimizer/createPlan';
import type { OptimizeResult, OptimizeStep } from '../../../server/src/protocol';
import { applyEdits, minimalEdits } from '../../../server/src/text/edits';
import { createLineIndex } from '../../../server/src/text/lineIndex';
import { dockerfileText } from '../../properties/dockerfileText';

const SUMMARY = { before: { layers: 1, rebuiltSteps: 0 }, after: { layers: 1, rebuiltSteps: 0 } };

type Meta = Partial<Pick<OptimizeStep, 'id' | 'safety' | 'impactBytes'>>;

function stepBetween(before: string, after: string, meta: Meta): OptimizeStep {
  const lines = createLineIndex(before);
  const edits = minimalEdits(before, after).map(({ span, newText }) => ({
    range: { start: lines.positionAt(span.start), end: lines.positionAt(span.end) },
    newText,
  }));
  const id = meta.id ?? 'step';
  return { id, label: id, title: `Do ${id}`, reason: '', safety: 'safe', ...meta, edits };
}

/** A plan that takes the text through these versions. */
function planThrough(before: string, ...versions: readonly (readonly [text: string, meta?: Meta])[]): OptimizeResult {
  const steps = versions.map(([text, meta = {}], index) =>
    stepBetween(versions[index - 1]?.[0] ?? before, text, { id: `step-${index}`, ...meta }),
  );
  return {
    version: 1,
    before,
    after: versions.at(-1)?.[0] ?? before,
    steps,
    skipped: [],
    files: [],
    change: '',
    summary: SUMMARY,
  };
}

function apply(before: string, changes: readonly PlanChange[]): string {
  return applyEdits(
    before,
    changes.map(({ start, end, newText }) => ({ span: { start, end }, newText })),
  );
}

function idsOf(changes: readonly PlanChange[]): string[][] {
  return changes.map(({ steps }) => steps.map(({ id }) => id));
}

describe('changesOf', () => {
  it('gives places in the document, not in the text between the steps', () => {
    const plan = planThrough('a\nb\nc\n', ['new\na\nb\nc\n'], ['new\na\nb\nC\n']);
    expect(changesOf(plan).map(({ start, end, newText }) => [start, end, newText])).toEqual([
      [0, 0, 'new\n'],
      [4, 5, 'C'],
    ]);
    expect(idsOf(changesOf(plan))).toEqual([['step-0'], ['step-1']]);
  });

  it('joins what one step writes into the work of another', () => {
    const plan = planThrough('RUN a\nRUN b\n', ['RUN a && c && b\n'], ['RUN a && c --quiet && b\n']);
    expect(idsOf(changesOf(plan))).toEqual([['step-0', 'step-1']]);
    expect(apply(plan.before, changesOf(plan))).toBe(plan.after);
  });

  it('remembers who deleted, also when a later step writes at that place', () => {
    const plan = planThrough('a\nb\nc\n', ['a\nc\n'], ['a\nd\nc\n']);
    expect(idsOf(changesOf(plan))).toEqual([['step-0', 'step-1']]);
    expect(apply(plan.before, changesOf(plan))).toBe('a\nd\nc\n');
  });

  it('has no change where a step takes back what another did', () => {
    expect(changesOf(planThrough('a\nb\n', ['a\nx\nb\n'], ['a\nb\n']))).toEqual([]);
  });

  it('names a rule at work twice once', () => {
    const plan = planThrough('a\n', ['ab\n', { id: 'rule' }], ['abc\n', { id: 'rule' }]);
    expect(idsOf(changesOf(plan))).toEqual([['rule']]);
  });

  it('keeps Windows line ends in place', () => {
    const plan = planThrough('a\r\nb\r\nc', ['a\r\nx\r\nb\r\nc'], ['a\r\nx\r\nb\r\nd']);
    expect(apply(plan.before, changesOf(plan))).toBe(plan.after);
  });

  it('makes the planned text out of any document, in changes that are sorted and apart', () => {
    const line = fc.constantFrom('', 'a', 'ab', 'FROM a', 'RUN b', '😀 c');
    const text = fc
      .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
      .map(([lines, end]) => lines.join(end));
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 5 }), (before, versions) => {
        const plan = planThrough(before, ...versions.map((version) => [version] as const));
        const changes = changesOf(plan);
        // A position cannot lie inside a line end: such a plan is not one that a server sends.
        fc.pre(isFaithful(plan));
        expect(apply(before, changes)).toBe(plan.after);
        for (const [index, change] of changes.entries()) {
          expect(change.steps.length).toBeGreaterThan(0);
          expect(change.start).toBeGreaterThan(changes[index - 1]?.end ?? -1);
        }
      }),
    );
  });

  it('makes the planned text out of Dockerfiles with the real optimizer', () => {
    const engine = createAnalyzer();
    fc.assert(
      fc.property(dockerfileText, (text) => {
        const plan = createPlan(engine, text, { level: 'all' });
        let current = text;
        const steps = plan.steps.map((step) => {
          const before = current;
          current = applyEdits(current, step.edits);
          return stepBetween(before, current, { id: step.id, safety: step.safety });
        });
        const result: OptimizeResult = {
          version: 1,
          before: text,
          after: plan.after,
          steps,
          skipped: [],
          files: [],
          change: '',
          summary: SUMMARY,
        };
        expect(apply(text, changesOf(result))).toBe(plan.after);
      }),
      { numRuns: 50 },
    );
  });
});

/** Whether the steps' own positions lead to the planned text. */
function isFaithful({ before, after, steps }: OptimizeResult): boolean {
  let text = before;
  for (const { edits } of steps) {
    const lines = createLineIndex(text);
    const spans = edits.map(({ range, newText }) => ({
      span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
      newText,
    }));
    text = applyEdits(text, spans);
  }
  return text === after;
}

describe('placesOf', () => {
  it('finds each change in both texts', () => {
    const plan = planThrough('a\nb\nc\n', ['aa\nb\nc\n'], ['aa\nb\nCCC\nd\n']);
    expect(
      placesOf(plan).map(({ before, after, steps }) => [
        plan.before.slice(before.start, before.end),
        plan.after.slice(after.start, after.end),
        steps.map(({ id }) => id),
      ]),
    ).toEqual([
      ['', 'a', ['step-0']],
      ['c', 'CCC\nd', ['step-1']],
    ]);
  });
});

describe('uniqueSteps', () => {
  it('adds up what a rule saves in several rounds, and is unsafe when one of them is', () => {
    const steps = [
      stepBetween('a', 'b', { id: 'x', impactBytes: -10 }),
      stepBetween('b', 'c', { id: 'y' }),
      stepBetween('c', 'd', { id: 'x', impactBytes: -5, safety: 'unsafe' }),
    ];
    expect(uniqueSteps(steps)).toMatchObject([
      { id: 'x', impactBytes: -15, safety: 'unsafe' },
      { id: 'y', safety: 'safe' },
    ]);
  });

  it('has no figure where no source gives one', () => {
    const [step] = uniqueSteps([stepBetween('a', 'b', {}), stepBetween('b', 'c', {})]);
    expect(step).not.toHaveProperty('impactBytes');
  });
});
