import { neededStages } from '../dockerfile/baseImages';
import { fromFlags } from '../dockerfile/fromFlags';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import { findStage } from '../dockerfile/parse';

/** The stages of a file, and what they take from each other. */
export interface StageGraph {
  /** The stages in source order, then what else files are copied from. */
  readonly nodes: readonly GraphNode[];
  /** One for each pair of nodes. */
  readonly links: readonly GraphLink[];
}

export type GraphNode =
  | { readonly kind: 'stage'; readonly stage: Stage; readonly isNeeded: boolean }
  /** An image or a named context. */
  | { readonly kind: 'other'; readonly name: string };

export interface GraphLink {
  /** Places in the list of nodes. */
  readonly from: number;
  readonly to: number;
  readonly takes: readonly Taken[];
}

export interface Taken {
  readonly kind: 'base' | 'copy' | 'mount';
  /** The sources as written; empty for a base, and for a mount of everything. */
  readonly paths: readonly string[];
  readonly node: Instruction;
}

export function stageGraph(dockerfile: DockerfileModel): StageGraph {
  const { stages, text } = dockerfile;
  const needed = new Set(neededStages(dockerfile));
  const nodes: GraphNode[] = stages.map((stage) => ({ kind: 'stage', stage, isNeeded: needed.has(stage) }));
  const links = new Map<string, { from: number; to: number; takes: Taken[] }>();
  const add = (from: number, to: number, taken: Taken): void => {
    const key = `${from} ${to}`;
    const link = links.get(key);
    if (link) link.takes.push(taken);
    else links.set(key, { from, to, takes: [taken] });
  };
  const placeOf = (within: Stage, reference: string): number => {
    const stage = findStage(stages, within, reference);
    if (stage) return stage.index;
    const at = nodes.findIndex((one) => one.kind === 'other' && one.name === reference);
    return at < 0 ? nodes.push({ kind: 'other', name: reference }) - 1 : at;
  };
  for (const stage of stages) {
    if (stage.base.kind === 'stage')
      add(stage.base.stage.index, stage.index, { kind: 'base', paths: [], node: stage.from });
    for (const outer of stage.instructions) {
      const node = outer.trigger ?? outer;
      for (const { reference } of fromFlags(node, text))
        add(placeOf(stage, reference), stage.index, takenBy(node, reference));
    }
  }
  return { nodes, links: [...links.values()] };
}

function takenBy(node: Instruction, reference: string): Taken {
  if (node.keyword !== 'RUN') return { kind: 'copy', paths: node.args.slice(0, -1).map(({ text }) => text), node };
  const mount = node.flags.find(({ options }) => options.get('from') === reference)?.options;
  const source = mount?.get('source') ?? mount?.get('src');
  return { kind: 'mount', paths: source === undefined ? [] : [source], node };
}
