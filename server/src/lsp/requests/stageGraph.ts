import { estimateSizes } from '../../app/estimateSizes';
import { type GraphNode, stageGraph as graphOf } from '../../app/stageGraph';
import type { Stage } from '../../dockerfile/model';
import type { ShownNode, StageGraphParams, StageGraphResult } from '../../protocol';
import { exactBytes } from '../../text/byteText';
import { sizeOnDisk } from '../aboutSize';
import type { Analysis } from '../analyses';
import type { Session } from '../session';
import { analysisFor } from './optimize';

/** The stages of a document, for the page that draws them; null: the document is not checked. */
export function stageGraph(session: Session, params: StageGraphParams): StageGraphResult | null {
  const analysis = analysisFor(session, params);
  if (!analysis) return null;
  const { nodes, links } = graphOf(analysis.dockerfile);
  const lineOf = (offset: number): number => analysis.lines.positionAt(offset).line;
  const sizeOf = sizes(session, analysis);
  return {
    nodes: nodes.map((node) => shown(node, lineOf, sizeOf)),
    links: links.map(({ from, to, takes }) => ({
      from,
      to,
      takes: takes.map(({ kind, paths, node }) => ({ kind, paths, line: lineOf(node.span.start) })),
    })),
  };
}

function shown(
  node: GraphNode,
  lineOf: (offset: number) => number,
  sizeOf: (stage: Stage) => string | undefined,
): ShownNode {
  if (node.kind === 'other') return node;
  const { stage, isNeeded } = node;
  const { name, index, from, instructions, isFinal } = stage;
  const size = sizeOf(stage);
  return {
    kind: 'stage',
    name: name ?? String(index),
    base: from.args[0]?.text ?? '',
    line: lineOf(from.span.start),
    instructions: instructions.length,
    isNeeded,
    isTarget: isFinal,
    ...(size === undefined ? {} : { size }),
  };
}

/** What was measured of the built image; else the estimates that the plan is made of. */
function sizes({ engine, measurements }: Session, analysis: Analysis): (stage: Stage) => string | undefined {
  const { localize, knowledge } = engine;
  const { uri, text, dockerfile, buildContext } = analysis;
  const measured = measurements.of(uri, text)?.before;
  const estimates = new Map(
    estimateSizes(dockerfile, knowledge, buildContext).map(({ stage, bytes }) => [stage, bytes]),
  );
  return (stage) => {
    if (stage.isFinal && measured)
      return localize('{size} on disk, measured on {date}', {
        size: exactBytes(measured.bytes),
        date: measured.measuredAt.slice(0, 10),
      });
    const bytes = estimates.get(stage);
    return bytes === undefined ? undefined : localize('{size}, estimated', { size: sizeOnDisk(localize, bytes) });
  };
}
