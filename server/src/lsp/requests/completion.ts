import { type CompletionItem, CompletionItemKind, CompletionItemTag, type Position } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import type { ImageFacts, KnowledgeBase } from '../../knowledge/knowledgeBase';
import type { Localize } from '../../l10n/localize';
import { aboutSize } from '../aboutSize';
import type { Analysis } from '../analyses';

/** Images and stages where one is allowed; undefined elsewhere. */
export function imageCompletions(
  { knowledge, localize }: Engine,
  { text, dockerfile, lines }: Analysis,
  position: Position,
): CompletionItem[] | undefined {
  const offset = lines.offsetAt(position);
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const written =
    /^\s*FROM\s+(?:--platform=\S+\s+)?(\S*)$/i.exec(line)?.[1] ??
    /^\s*(?:COPY|ADD)\s+(?:--\S+\s+)*--from=(\S*)$/i.exec(line)?.[1] ??
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    /^\s*RUN\s.*--mount=\S*\bfrom=([^,\s]*)$/i.exec(line)?.[1];
  if (written === undefined || written.includes('$')) return undefined;
  const rest = /^[^\s,]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const at = (start: number) => ({
    range: { start: lines.positionAt(offset - start), end: lines.positionAt(offset + rest) },
  });
  const colon = written.lastIndexOf(':');
  if (colon > written.lastIndexOf('/')) {
    const name = written.slice(0, colon);
    return tagItems(knowledge, localize, name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '')).map((item) => ({
      ...item,
      filterText: `${name}:${item.label}`,
      textEdit: { ...at(written.length), newText: `${name}:${item.label}` },
    }));
  }
  const here = dockerfile.stages.findLast(({ from }) => from.span.start <= offset);
  const isFrom = /^\s*FROM/i.test(line);
  const stages = dockerfile.stages.filter((stage) => stage.name !== undefined && (!here || stage.index < here.index));
  return [
    ...stages.map(
      ({ name = '' }, index): CompletionItem => ({
        label: name,
        kind: CompletionItemKind.Class,
        detail: localize('stage'),
        sortText: `0${String(stages.length - index).padStart(3, '0')}`,
        textEdit: { ...at(written.length), newText: name },
      }),
    ),
    ...knowledge.names.map((name): CompletionItem => {
      const isOld =
        knowledge.image({ repository: name, name, span: NOWHERE, isLiteral: true })?.deprecated !== undefined;
      return {
        label: name,
        kind: CompletionItemKind.Module,
        detail: isOld ? localize('deprecated image') : localize('image'),
        sortText: `${isOld ? 2 : 1}${name}`,
        ...(isOld ? { tags: [CompletionItemTag.Deprecated] } : {}),
        textEdit: { ...at(written.length), newText: name },
      };
    }),
    ...(isFrom
      ? [
          {
            label: 'scratch',
            kind: CompletionItemKind.Module,
            detail: localize('empty image'),
            sortText: '1scratch',
          },
        ]
      : []),
  ];
}

const NOWHERE = { start: 0, end: 0 };

function tagItems(knowledge: KnowledgeBase, localize: Localize, name: string): CompletionItem[] {
  return knowledge.tags(name).map(({ tag, facts }, index) => {
    const isOver = isEnded(facts, knowledge.today);
    return {
      label: tag,
      kind: CompletionItemKind.Value,
      detail: [
        ...(facts.sizeBytes === undefined ? [] : [aboutSize(localize, facts.sizeBytes)]),
        ...(facts.distro === undefined ? [] : [[facts.distro, facts.distroRelease].filter(Boolean).join(' ')]),
        ...(isOver ? [localize('no more security fixes')] : []),
      ].join(' · '),
      sortText: String(index).padStart(4, '0'),
      ...(isOver ? { tags: [CompletionItemTag.Deprecated] } : {}),
    };
  });
}

export function isEnded({ deprecated, endOfLife }: ImageFacts, today: string | undefined): boolean {
  return deprecated !== undefined || (today !== undefined && endOfLife !== undefined && endOfLife.date < today);
}
