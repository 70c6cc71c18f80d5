import type { SemanticTokens } from 'vscode-languageserver';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { stageMentions } from '../../dockerfile/stageMentions';
import { variableMentions } from '../../dockerfile/variableMentions';
import type { Span } from '../../text/span';
import type { Analysis } from '../analyses';

export const LEGEND = {
  tokenTypes: ['keyword', 'comment', 'parameter', 'property', 'namespace', 'class', 'macro', 'variable'],
  tokenModifiers: ['definition', 'deprecated'],
};

type TokenType = 'keyword' | 'comment' | 'parameter' | 'property' | 'namespace' | 'class' | 'macro' | 'variable';

interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers?: number;
}

const DEFINITION = 1;
const DEPRECATED = 2;

/** What only the model knows; the grammar knows the languages of scripts and heredocs. */
export function semanticTokens({ text, dockerfile, lines }: Analysis, within?: Span): SemanticTokens {
  const tokens = tokensOf(dockerfile)
    .filter(({ span }) => !within || (span.start < within.end && within.start < span.end))
    .filter(({ span }) => span.end > span.start && !text.slice(span.start, span.end).includes('\n'))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  let end = 0;
  for (const { span, type, modifiers = 0 } of tokens) {
    // Not every client supports tokens in tokens.
    if (span.start < end) continue;
    const at = lines.positionAt(span.start);
    const character = at.line === last.line ? at.character - last.character : at.character;
    data.push(at.line - last.line, character, span.end - span.start, LEGEND.tokenTypes.indexOf(type), modifiers);
    last = at;
    ({ end } = span);
  }
  return { data };
}

function tokensOf(dockerfile: DockerfileModel): Token[] {
  const { text, directives, comments, instructions } = dockerfile;
  return [
    ...directives.flatMap(({ name, span }): Token[] => {
      const start = text.toLowerCase().indexOf(name, span.start);
      return [{ span: { start, end: start + name.length }, type: 'macro' }];
    }),
    ...comments.map(({ span }): Token => ({ span, type: 'comment' })),
    ...instructions.flatMap((node) => [node, ...(node.trigger ? [node.trigger] : [])]).flatMap(instructionTokens),
    ...stageMentions(dockerfile).map(
      ({ span, isDefinition }): Token => ({
        span,
        type: 'namespace',
        ...(isDefinition ? { modifiers: DEFINITION } : {}),
      }),
    ),
    ...variablesOf(dockerfile),
  ];
}

function instructionTokens(node: Instruction): Token[] {
  const { keyword, keywordSpan, flags, args, pairs, stage } = node;
  const keywords: Token[] = [
    { span: keywordSpan, type: 'keyword', ...(keyword === 'MAINTAINER' ? { modifiers: DEPRECATED } : {}) },
  ];
  const [image, as] = args;
  if (keyword === 'FROM' && as && /^as$/i.test(as.value)) keywords.push({ span: as.span, type: 'keyword' });
  if (keyword === 'FROM' && image && stage?.base.kind === 'image' && stage.base.image.isLiteral)
    keywords.push({ span: image.span, type: 'class' });
  if (keyword === 'HEALTHCHECK' && image && /^(?:cmd|none)$/i.test(image.value) && node.form !== 'exec')
    keywords.push({ span: image.span, type: 'keyword' });
  return [
    ...keywords,
    ...flags.map(
      ({ name, span }): Token => ({
        span: { start: span.start, end: span.start + 2 + name.length },
        type: 'parameter',
      }),
    ),
    ...(keyword === 'LABEL' ? pairs.map(({ nameSpan }): Token => ({ span: nameSpan, type: 'property' })) : []),
  ];
}

/** The variables of the file. Those that only a script knows are left to the grammar. */
function variablesOf(dockerfile: DockerfileModel): Token[] {
  const mentions = variableMentions(dockerfile);
  const defined = new Set(mentions.flatMap(({ kind, name }) => (kind === 'definition' ? [name] : [])));
  return mentions
    .filter(({ name, kind }) => kind !== 'assignment' && defined.has(name))
    .map(({ span, kind }) => ({
      span,
      type: 'variable',
      ...(kind === 'definition' ? { modifiers: DEFINITION } : {}),
    }));
}
