import type { Pair, Stage } from '../../dockerfile/model';
import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { stageAt } from '../../dockerfile/stageMentions';
import { variableAt } from '../../dockerfile/variableMentions';
import type { Localize } from '../../l10n/localize';
import { isAt } from '../../text/span';
import type { Analysis } from '../analyses';
import type { Explanation } from './explanation';

/** What a stage is and who uses it. */
export function stageHover(
  { dockerfile, lines }: Analysis,
  offset: number,
  localize: Localize,
): Explanation | undefined {
  const mentions = stageAt(dockerfile, offset);
  const here = mentions?.find(({ span }) => isAt(span, offset));
  if (!mentions || !here) return undefined;
  const { stage } = here;
  const lineOf = (at: number) => lines.positionAt(at).line + 1;
  const users = [...new Set(mentions.filter(({ isDefinition }) => !isDefinition).map(({ node }) => node))];
  const uses = users.map(
    (node) =>
      `- ${localize('line {line}', { line: lineOf(node.span.start) })}: \`${node.keyword} ${inCode(node.bodyText)}\``,
  );
  const used = [...uses.slice(0, MAX_USES), ...(uses.length > MAX_USES ? ['- …'] : [])];
  return {
    markdown: [
      `**${stage.name ?? stage.index}** — \`${inCode(baseOf(stage))}\``,
      localize('Stage from line {line}, instructions: {count}', {
        line: lineOf(stage.from.span.start),
        count: stage.instructions.length,
      }),
      ...(used.length > 0 ? [`${localize('Used by:')}\n${used.join('\n')}`] : []),
      ...(used.length === 0 && !stage.isFinal ? [localize('Nothing in this file uses it.')] : []),
    ].join('\n\n'),
    span: here.span,
  };
}

const MAX_USES = 5;

function baseOf({ from }: Stage): string {
  return from.args[0]?.text ?? '';
}

/** The value of a variable, and where it comes from. */
export function variableHover(
  { dockerfile, lines }: Analysis,
  offset: number,
  localize: Localize,
): Explanation | undefined {
  const here = variableAt(dockerfile, offset)?.find(({ span }) => isAt(span, offset));
  if (!here) return undefined;
  const { name, node, span } = here;
  // At a definition, what it defines; elsewhere, what is valid there. In a stage, `ARG X` takes over the global one.
  const own = node.pairs.find((pair) => pair.nameSpan.start === span.start);
  const isNamed = (pair: Pair) => pair.name === name;
  const outer =
    own && own.valueText === undefined ? dockerfile.globalArgs.findLast(({ pairs }) => pairs.some(isNamed)) : undefined;
  const resolved = own ? undefined : node.resolve(name);
  // Used above its definition.
  if (!own && !resolved) return undefined;
  const defining = outer ?? resolved?.definedAt ?? node;
  const pair = outer?.pairs.find(isNamed) ?? own;
  const value = pair ? pair.valueText && defining.expand(pair.valueText) : resolved?.value;
  const line = lines.positionAt(defining.span.start).line + 1;
  const source = localize('{keyword} in line {line}', { keyword: defining.keyword, line });
  const isOpen = value === undefined && defining.keyword === 'ARG';
  if (resolved?.kind === 'predefined' || (isOpen && PLATFORM_ARGS.has(name)))
    return { markdown: `**${name}**\n\n${localize('set by the builder')}`, span };
  return {
    markdown: [
      value === undefined ? `**${name}**` : `**${name}** = \`${inCode(value)}\``,
      isOpen
        ? localize('{source}, without a value in this file: `--build-arg {name}=…` sets it', { source, name })
        : source,
    ].join('\n\n'),
    span,
  };
}

/** Short enough for a line, and without what ends code in markdown. */
function inCode(text: string): string {
  const line = text.slice(0, 200).replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
