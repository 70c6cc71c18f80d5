import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from './plan';

type Options = Parameters<typeof planFor>[2];

/** A Dockerfile and the files next to it for which the step is taken. */
export interface TakenCase {
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: Options;
}

/** The only difference in a refused case, so that the guard alone decides. */
export interface GuardCase {
  /** The sentence that the user reads. */
  readonly guard: string;
  /** Texts in the Dockerfile and their replacements. */
  readonly change?: Readonly<Record<string, string>>;
  /** Changed or additional files; undefined: the file does not exist. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly options?: Options;
}

/** One test for each guard of a step, and one that the step is taken without any of them. */
export function testGuards(name: string, step: string, taken: TakenCase, cases: readonly GuardCase[]): void {
  describe(`${step}, ${name}`, () => {
    it('is taken where no guard speaks against it', () => {
      const plan = planFor(taken.dockerfile, taken.files, taken.options);
      expect(guardOf(plan, step)).toBeUndefined();
      expect(plan.steps.map(({ id }) => id)).toContain(step);
    });
    it.each(cases.map((one) => [titleOf(one), one] as const))(
      'is refused: %s',
      (_, { guard, change, files, options }) => {
        let { dockerfile } = taken;
        for (const [text, by] of Object.entries(change ?? {})) {
          if (!dockerfile.includes(text)) throw new Error(`"${text}" is not in the Dockerfile`);
          dockerfile = dockerfile.replace(text, () => by);
        }
        const there = Object.entries({ ...taken.files, ...files }).flatMap(([path, text]) =>
          text === undefined ? [] : [[path, text] as const],
        );
        const plan = planFor(dockerfile, Object.fromEntries(there), options ?? taken.options);
        expect(guardOf(plan, step)).toBe(guard);
        expect(plan.steps.map(({ id }) => id)).not.toContain(step);
      },
    );
  });
}

function titleOf({ guard, change = {}, files = {} }: GuardCase): string {
  return `${guard} (${JSON.stringify([...Object.values(change), ...Object.keys(files)].join(' ')).slice(1, -1)})`;
}
