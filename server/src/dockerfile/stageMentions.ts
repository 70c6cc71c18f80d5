import { isAt, type Span } from '../text/span';
import { fromFlags } from './fromFlags';
import type { DockerfileModel, Instruction, Stage } from './model';
import { findStage } from './parse';

/** A place that names a stage. */
export interface StageMention {
  readonly stage: Stage;
  readonly span: Span;
  /** The trigger for what is inside ONBUILD. */
  readonly node: Instruction;
  /** After AS. */
  readonly isDefinition: boolean;
  /** The span is exactly the name; else it is an index, or more than the name. */
  readonly isExact: boolean;
}

/** All places that name a stage of the file: `FROM x`, `--from=x`, `--mount=from=x` and `AS x`, in source order. */
export function stageMentions({ text, stages }: DockerfileModel): StageMention[] {
  const mention = (stage: Stage, span: Span, node: Instruction, isDefinition = false): StageMention => ({
    stage,
    span,
    node,
    isDefinition,
    isExact: text.slice(span.start, span.end).toLowerCase() === stage.name,
  });
  return stages.flatMap((stage) => {
    const { base, from, nameSpan } = stage;
    const word = from.args[0];
    return [
      ...(base.kind === 'stage' && word ? [mention(base.stage, word.span, from)] : []),
      ...(nameSpan ? [mention(stage, nameSpan, from, true)] : []),
      ...stage.instructions.flatMap((outer) => {
        const node = outer.trigger ?? outer;
        return fromFlags(node, text).flatMap(({ reference, span }) => {
          const meant = findStage(stages, stage, reference);
          return meant ? [mention(meant, span, node)] : [];
        });
      }),
    ];
  });
}

/** The places that mean the same stage as the one at an offset. */
export function stageAt(dockerfile: DockerfileModel, offset: number): readonly StageMention[] | undefined {
  const all = stageMentions(dockerfile);
  const here = all.find(({ span }) => isAt(span, offset));
  return here && all.filter(({ stage }) => stage === here.stage);
}
