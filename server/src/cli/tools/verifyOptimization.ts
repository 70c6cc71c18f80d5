import type { Verification } from '../../reports/verification';
import { given } from '../../text/jsonValue';
import { LEVEL } from './optimizeDockerfile';
import { choice, flag, list, number, object, text } from './schema';
import { PATH, runCommand, type Tool, WRITE } from './tool';

export function verifyOptimization(mayWrite: boolean): Tool {
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
    async run(call, input) {
      const { optimize } = await import('../commands/optimize');
      const { path, level, write } = input as { path: string; level?: string; write?: boolean };
      const argv = ['optimize', '--verify', ...(level ? ['--level', level] : []), ...(write ? ['--write'] : [])];
      const { json, ...others } = await runCommand<{ files: readonly [Verified] }>(call, optimize, argv, {
        path: call.roots.findDockerfile(path),
      });
      const [{ before, after, verification }] = json.files;
      // Without steps, nothing has been built.
      if (!verification) return { isProven: true, same: [], steps: [], ...others };
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
        ...(before === after || (write && unproven === undefined) ? {} : { text: after }),
        ...others,
      };
    },
  };
}

interface Verified {
  readonly before: string;
  readonly after: string;
  readonly verification?: Verification;
}

const FIGURES = object(
  { bytes: number(), layers: number(), user: text('Empty: root'), rebuildMs: number(), readyMs: number() },
  [],
);

function figures({ bytes, layers, user, rebuildMs, readyMs }: Verification['before']) {
  return given({ bytes, layers, user, rebuildMs, readyMs });
}
