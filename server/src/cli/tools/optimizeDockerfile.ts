import type { ToolData } from '../../mcp/serve';
import { LEVELS } from '../../optimizer/levels';
import type { ImageSummary } from '../../optimizer/plan';
import type { planJson } from '../formatters/planJson';
import { choice, flag, list, number, object, text } from './schema';
import { runCommand, SOURCE, sourceOf, type Tool, WRITE } from './tool';

export const LEVEL = choice(
  LEVELS,
  'Which steps the plan may have; recommended by default: those that change behavior only where a build or a start shows it',
);

export function optimizeDockerfile(mayWrite: boolean): Tool {
  return {
    name: 'optimize_dockerfile',
    title: 'Optimize Dockerfile',
    description:
      'Rewrite a whole Dockerfile for a small, fast and secure image: multi-stage build, order of layers, another user than root, slim base image. Each step has its risk. Sizes are estimates; measure_image measures them.',
    inputSchema: object(
      {
        ...SOURCE,
        level: LEVEL,
        reasons: flag('Also say why each step is there'),
        ...(mayWrite ? { write: flag(WRITE) } : {}),
      },
      [],
    ),
    outputSchema: object(
      {
        steps: list(
          object(
            {
              id: text(),
              title: text(),
              risk: text('What could break; none for a safe step'),
              bytes: number('Estimated change of the size'),
              reason: text(),
            },
            ['id', 'title'],
          ),
        ),
        left: list(object({ id: text(), title: text(), why: text('Why it is not applied') }, ['id', 'title'])),
        before: SUMMARY,
        after: SUMMARY,
        text: text('The new text, unless it is written or nothing changes'),
        files: list(object({ path: text('Relative to the build context'), text: text() }, ['path'])),
        problems: list(text('What is wrong with the configuration')),
      },
      ['steps', 'left', 'before', 'after'],
    ),
    isReadOnly: !mayWrite,
    isOnline: false,
    async run(call, input) {
      const { optimize } = await import('../commands/optimize');
      const { level, reasons, write } = input as { level?: string; reasons?: boolean; write?: boolean };
      const argv = ['optimize', ...(level ? ['--level', level] : []), ...(write ? ['--write'] : [])];
      const { json, ...others } = await runCommand<{ files: readonly [Planned] }>(
        call,
        optimize,
        argv,
        sourceOf(call, input),
      );
      const [{ before, after, steps, skipped, files, summary }] = json.files;
      return {
        steps: steps.map(({ id, title, risk, impactBytes, reason }) => ({
          id,
          title,
          ...(risk === undefined ? {} : { risk }),
          ...(impactBytes === undefined ? {} : { bytes: Math.round(impactBytes) }),
          ...(reasons ? { reason } : {}),
        })),
        // Of what only a person can do, the finding says why.
        left: skipped.map(({ id, title, reason, why }) => ({ id, title, ...(reason === 'manual' ? {} : { why }) })),
        before: rounded(summary.before),
        after: rounded(summary.after),
        ...(before === after || write ? {} : { text: after }),
        files: files.map((file) => ({ path: file.path, ...(write ? {} : { text: file.after }) })),
        ...others,
      };
    },
  };
}

type Planned = ReturnType<typeof planJson> & { readonly before: string; readonly after: string };

const SUMMARY = object(
  {
    layers: number('That the file adds'),
    rebuiltSteps: number('RUN instructions that run again after a source file changes'),
    baseBytes: number('Estimate'),
    imageBytes: number('Estimate'),
  },
  ['layers', 'rebuiltSteps'],
);

/** Estimates have no fractions of bytes. */
function rounded(summary: ImageSummary): ToolData {
  return Object.fromEntries(Object.entries(summary).map(([name, value]) => [name, Math.round(value)]));
}
