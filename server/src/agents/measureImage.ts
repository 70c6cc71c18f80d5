import type { Measurement } from '../reports/measurement';
import { PATH } from './inputs';
import { flag, list, number, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

export const measureInterface: ToolInterface = {
  name: 'measure_image',
  title: 'Measure Image',
  description:
    'Build the image of a Dockerfile, measure what each line adds and wastes, and remove the image. Takes as long as a build.',
  inputSchema: object({ path: PATH, compare: flag('Also build and measure the optimized Dockerfile') }, ['path']),
  outputSchema: object(
    {
      before: measured(),
      after: measured(),
      problems: list(text('What is wrong with the configuration')),
    },
    ['before'],
  ),
  isReadOnly: true,
  isOnline: true,
};

export function measureAnswer({
  before,
  after,
}: {
  readonly before: Measurement;
  readonly after?: Measurement;
}): ToolData {
  return { before: figures(before), ...(after ? { after: figures(after) } : {}) };
}

function measured(): object {
  return object(
    {
      engine: text(),
      platform: text(),
      measuredAt: text(),
      bytes: number('Unpacked, of all layers'),
      compressedBytes: number(),
      wastedBytes: number('In a layer, and replaced or deleted by a later one'),
      baseBytes: number('Of the layers of the base image'),
      layers: list(
        object({ line: number('From 1'), createdBy: text(), bytes: number(), wastedBytes: number() }, [
          'createdBy',
          'bytes',
          'wastedBytes',
        ]),
      ),
    },
    ['engine', 'platform', 'measuredAt', 'bytes', 'wastedBytes', 'baseBytes', 'layers'],
  );
}

/** Without the files: there are thousands. */
function figures({ engine, platform, measuredAt, bytes, compressedBytes, wastedBytes, layers }: Measurement) {
  const sum = layers.filter(({ isBase }) => isBase).reduce((total, layer) => total + layer.bytes, 0);
  return {
    engine,
    platform,
    measuredAt,
    bytes,
    ...(compressedBytes === undefined ? {} : { compressedBytes }),
    wastedBytes,
    baseBytes: sum,
    layers: layers
      .filter(({ isBase }) => !isBase)
      .map((layer) => ({
        ...(layer.line === undefined ? {} : { line: layer.line + 1 }),
        createdBy: layer.createdBy.slice(0, SHOWN),
        bytes: layer.bytes,
        wastedBytes: layer.wastedBytes,
      })),
  };
}

/** Of a long RUN, its start tells which one it is. */
const SHOWN = 120;
