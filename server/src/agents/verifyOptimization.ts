import type { Verification } from '../reports/verification';
import { given } from '../text/jsonValue';
import { LEVEL, PATH, WRITE } from './inputs';
import { choice, flag, list, number, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

export function verifyInterface(mayWrite: boolean): ToolInterface {
  return {
    name: 'verify_optimization',
    title: 'Verify Optimization',
    description:
      'Optimize a Dockerfile, build and run the image before and after in containers without a network, and drop the steps with which it behaves differently. Takes as long as several builds.',
    inputSchema: object({ path: PATH, level: LEVEL, ...(mayWrite ? { write: flag(WRITE) } : {}) }, ['path']),
    outputSchema: object(
      {
        isProven: flag('False: nothing is written'),
        unproven: text('Why it is not proven'),
        same: list(text('What is alike before and after')),
        steps: list(
          object(
            {
              id: text(),
              title: text(),
              state: choice(['proven', 'untouched', 'built', 'dropped']),
              differences: list(text()),
            },
            ['id', 'title', 'state'],
          ),
        ),
        before: FIGURES,
        after: FIGURES,
        text: text('The new text, unless it is written or nothing changes'),
        problems: list(text('What is wrong with the configuration')),
      },
      ['isProven', 'same', 'steps'],
    ),
    isReadOnly: !mayWrite,
    isOnline: true,
  };
}

/** @param text to be sent, if there is one; without a verification, nothing was to be built */
export function verifyAnswer(verification: Verification | undefined, text: string | undefined): ToolData {
  if (!verification) return { isProven: true, same: [], steps: [] };
  const { unproven } = verification;
  return {
    isProven: unproven === undefined,
    ...(unproven === undefined ? {} : { unproven }),
    same: verification.same,
    steps: verification.steps.map(({ id, title, state, differences }) => ({
      id,
      title,
      state,
      ...(differences ? { differences: differences.map((one) => one.text) } : {}),
    })),
    before: figures(verification.before),
    ...(verification.after ? { after: figures(verification.after) } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

const FIGURES = object(
  { bytes: number(), layers: number(), user: text('Empty: root'), rebuildMs: number(), readyMs: number() },
  [],
);

function figures({ bytes, layers, user, rebuildMs, readyMs }: Verification['before']) {
  return given({ bytes, layers, user, rebuildMs, readyMs });
}
