import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { KEYWORDS } from '../../dockerfile/parse';
import type { HistoryEntry, ImageConfig } from './imageManifest';

/** The origin of a layer. */
export interface LayerOrigin {
  /** A readable form of the instruction. */
  readonly createdBy: string;
  readonly isBase: boolean;
  /** The instruction that made it. */
  readonly node?: Instruction;
}

export interface LayerOrigins {
  /** One per layer. */
  readonly layers: readonly LayerOrigin[];
  /** Why the instructions are not known; then no layer has one, because a wrong one would be worse. */
  readonly problem?: 'no-history' | 'other-instructions';
}

/**
 * Finds the instruction that made each layer. An image's history ends with the steps of the stage, one entry per
 * instruction, after those of the stages it is built on; earlier entries belong to the base image.
 * @param isBuilt the image was built from this very text; otherwise the texts in the history have to match as well
 */
export function layerOrigins(
  { history, diffIds }: ImageConfig,
  stage: Stage | undefined,
  isBuilt: boolean,
): LayerOrigins {
  const steps = history.map((entry) => ({ ...stepOf(entry), isEmpty: entry.isEmpty }));
  const made = steps.filter(({ isEmpty }) => !isEmpty);
  // The image was squashed, or made by a tool that writes no history.
  if (made.length !== diffIds.length)
    return {
      layers: diffIds.map(() => ({ createdBy: '', isBase: false })),
      ...(stage ? { problem: 'no-history' } : {}),
    };
  if (!stage) return { layers: made.map(({ text }) => ({ createdBy: text, isBase: false })) };
  const nodes = instructionsOf(stage);
  const first = steps.length - nodes.length;
  const fits =
    first >= 0 &&
    (first === 0 || lineage(stage)[0]?.base.kind !== 'scratch') &&
    nodes.every((node, index) => {
      const step = steps[first + index];
      return step?.keyword === node.keyword && (isBuilt || saysTheSame(step.rest, node));
    });
  if (!fits)
    return { layers: made.map(({ text }) => ({ createdBy: text, isBase: false })), problem: 'other-instructions' };
  return {
    layers: steps.flatMap(({ text, isEmpty }, index) => {
      if (isEmpty) return [];
      const node = nodes[index - first];
      return node ? { createdBy: text, isBase: false, node } : { createdBy: text, isBase: true };
    }),
  };
}

/** In the order of execution; a stage begins with the ONBUILD triggers of the stage that it is built on. */
function instructionsOf(stage: Stage): Instruction[] {
  return lineage(stage).flatMap(({ base, instructions }) => [
    ...(base.kind === 'stage' ? base.stage.instructions.flatMap(({ trigger }) => trigger ?? []) : []),
    ...instructions,
  ]);
}

interface Step {
  readonly keyword: string;
  readonly rest: string;
  /** Keyword and arguments, for a person. */
  readonly text: string;
}

/** `/bin/sh -c #(nop) COPY file:… in /a`: how the classic builder and buildah write instructions other than RUN. */
const NO_OPERATION = /#\(nop\)\s+([A-Za-z]+)\s?(.*)$/s;
/** The build arguments and the shell in front of a RUN command: `|1 V=1 /bin/sh -c`. */
const STARTED_WITH = /^(?:\|\d+ (?:.*? )?)?(?:\/\S*sh (?:-\S+ )*-\w*c |\/\S*sh -\w*c )/s;

/** Converts a history entry to the form of a Dockerfile instruction. */
function stepOf({ createdBy }: HistoryEntry): Step {
  const [, keyword, rest] = NO_OPERATION.exec(createdBy) ?? [];
  if (keyword !== undefined && rest !== undefined) return step(keyword.toUpperCase(), rest);
  // BuildKit writes the instruction itself.
  const written = createdBy.replace(/ # buildkit$/, '');
  const word = /^([A-Z]+)\s/.exec(written)?.[1];
  if (word !== undefined && KEYWORDS.has(word)) return step(word, written.slice(word.length + 1));
  // `# debian.sh …`: a comment by people who built the lowest layer by hand.
  return written === '' || written.startsWith('#') ? { keyword: '', rest: '', text: written } : step('RUN', written);
}

function step(keyword: string, rest: string): Step {
  const plain = (keyword === 'RUN' ? rest.replace(STARTED_WITH, '') : rest).trim();
  return { keyword, rest: plain, text: `${keyword} ${plain.replace(/\s+/g, ' ')}` };
}

function saysTheSame(rest: string, node: Instruction): boolean {
  if (node.keyword === 'RUN') return squeezed(rest).includes(squeezed(commandOf(node)));
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return true;
  const destination = nameOf(node.expand(node.args.at(-1)?.text ?? '') ?? '');
  return destination === '' || nameOf(rest) === destination;
}

function commandOf({ heredocs, args, form, scriptText, stage }: Instruction): string {
  const [heredoc] = heredocs;
  if (heredoc && form === 'heredoc') return stage ? (scriptText?.text ?? '') : '';
  return form === 'exec'
    ? args.map(({ value }) => value).join('')
    : (scriptText?.text ?? args.map(({ text }) => text).join(''));
}

/** Builders write whitespace and quotes in different ways. */
function squeezed(text: string): string {
  return text.replace(/[\s"'\\[\],]+/g, '');
}

/** The last component of the last path. */
function nameOf(paths: string): string {
  return /(?<![^/\s"\]])([^/\s"\]]+)[/\s"\]]*$/.exec(paths.replace(/(?:^|\s|\/)\.[/\s]*$/, ''))?.[1] ?? '';
}
