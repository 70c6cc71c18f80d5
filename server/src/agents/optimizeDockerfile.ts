import type { ImageSummary } from '../optimizer/plan';
import { LEVEL, PROBLEMS, SOURCE, WRITE } from './inputs';
import { flag, list, number, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

export function optimizeInterface(mayWrite: boolean): ToolInterface {
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
        problems: list(text(PROBLEMS)),
      },
      ['steps', 'left', 'before', 'after'],
    ),
    isReadOnly: !mayWrite,
    isOnline: false,
  };
}

/** A plan as its JSON and the protocol have it. */
interface Planned extends PlanParts {
  readonly before: string;
  readonly after: string;
}

export interface PlanParts {
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly reason: string;
    readonly risk?: string;
    readonly impactBytes?: number;
  }[];
  readonly skipped: readonly {
    readonly id: string;
    readonly title: string;
    readonly reason: string;
    readonly why: string;
  }[];
  readonly files: readonly { readonly path: string; readonly after: string }[];
  readonly summary: { readonly before: ImageSummary; readonly after: ImageSummary };
}

export function optimizeAnswer(
  { before, after, steps, skipped, files, summary }: Planned,
  wants: { readonly reasons: boolean; readonly texts: boolean },
  problems: readonly string[] = [],
): ToolData {
  return {
    steps: steps.map(({ id, title, risk, impactBytes, reason }) => ({
      id,
      title,
      ...(risk === undefined ? {} : { risk }),
      ...(impactBytes === undefined ? {} : { bytes: Math.round(impactBytes) }),
      ...(wants.reasons ? { reason } : {}),
    })),
    // Of what only a person can do, the finding says why.
    left: skipped.map(({ id, title, reason, why }) => ({ id, title, ...(reason === 'manual' ? {} : { why }) })),
    before: rounded(summary.before),
    after: rounded(summary.after),
    ...(before === after || !wants.texts ? {} : { text: after }),
    files: files.map((file) => ({ path: file.path, ...(wants.texts ? { text: file.after } : {}) })),
    ...(problems.length > 0 ? { problems } : {}),
  };
}

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
