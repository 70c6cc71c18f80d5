import type { DockerfileModel } from '../dockerfile/model';
import { stageAt } from '../dockerfile/stageMentions';
import { variableAt } from '../dockerfile/variableMentions';
import { isAt, type Span } from '../text/span';

/** A stage or a variable, with all places of the file that name it. */
export interface NamedSymbol {
  readonly kind: 'stage' | 'variable';
  /** As it is written in its definition. */
  readonly name: string;
  readonly places: readonly SymbolPlace[];
  /** The place at the cursor. */
  readonly here: SymbolPlace;
  /** Where that place is defined. */
  readonly definitions: readonly Span[];
}

export interface SymbolPlace {
  readonly span: Span;
  readonly isDefinition: boolean;
  /** The span is the name; otherwise it is an index of a stage, or more than the name. */
  readonly isExact: boolean;
}

/** The stage or variable at an offset; undefined where there is none that the file defines. */
export function symbolAt(dockerfile: DockerfileModel, offset: number): NamedSymbol | undefined {
  return stageSymbol(dockerfile, offset) ?? variableSymbol(dockerfile, offset);
}

function stageSymbol(dockerfile: DockerfileModel, offset: number): NamedSymbol | undefined {
  const places = stageAt(dockerfile, offset);
  const stage = places?.[0]?.stage;
  const here = places?.find(({ span }) => isAt(span, offset));
  if (!places || !stage || !here) return undefined;
  const definition = stage.nameSpan ?? stage.from.keywordSpan;
  const name = stage.nameSpan ? dockerfile.text.slice(definition.start, definition.end) : `${stage.index}`;
  return { kind: 'stage', name, places, here, definitions: [definition] };
}

function variableSymbol(dockerfile: DockerfileModel, offset: number): NamedSymbol | undefined {
  const mentions = variableAt(dockerfile, offset);
  const at = mentions?.findIndex(({ span }) => isAt(span, offset)) ?? -1;
  const mention = mentions?.[at];
  if (!mentions || !mention) return undefined;
  const places = mentions.map(({ span, kind }) => ({ span, isDefinition: kind === 'definition', isExact: true }));
  const here = places[at];
  if (!here) return undefined;
  const { name, node } = mention;
  const defining = node.resolve(name)?.definedAt;
  // In a stage, `ARG X` stands for the one above the first FROM.
  const outer = defining === undefined && here.isDefinition ? dockerfile.globalArgs : [defining];
  const effective = mentions.filter((one) => one.kind === 'definition' && outer.includes(one.node));
  const all = effective.length > 0 ? effective : mentions.filter(({ kind }) => kind === 'definition');
  return { kind: 'variable', name, places, here, definitions: all.map(({ span }) => span) };
}
