import { type CompletionItem, CompletionItemKind, CompletionItemTag } from 'vscode-languageserver';
import type { ImageFacts, KnowledgeBase } from '../../knowledge/knowledgeBase';
import type { Localize } from '../../l10n/localize';
import { sizeText } from '../../text/byteText';
import { aboutSize } from '../aboutSize';
import { type Place, replacing } from './place';

/** Images and stages where one is allowed; undefined elsewhere. */
export function imageItems(place: Place): CompletionItem[] | undefined {
  const { analysis, context, head, offset } = place;
  const { knowledge, localize } = context.engine;
  const { dockerfile } = analysis;
  const written =
    /^FROM\s+(?:--platform=\S+\s+)?((?:[^\s-]\S*)?)$/i.exec(head)?.[1] ??
    // Bounded: an instruction (dockerfile/limits.ts).
    /^COPY\s+(?:--\S+\s+)*--from=(\S*)$/i.exec(head)?.[1] ??
    /^RUN\s+(?:--\S+\s+)*--mount=(?:\S*,)?from=([^,\s]*)$/i.exec(head)?.[1];
  if (written === undefined || written.includes('$')) return undefined;
  const at = replacing(place, written);
  const colon = written.lastIndexOf(':');
  if (colon > written.lastIndexOf('/')) {
    const name = written.slice(0, colon);
    return tagItems(knowledge, localize, name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '')).map((item) => ({
      ...item,
      filterText: `${name}:${item.label}`,
      ...at(`${name}:${item.label}`),
    }));
  }
  const here = dockerfile.stages.findLast(({ from }) => from.span.start <= offset);
  const isFrom = /^FROM/i.test(head);
  const stages = dockerfile.stages.filter((stage) => stage.name !== undefined && (!here || stage.index < here.index));
  return [
    ...stages.map(
      ({ name = '' }, index): CompletionItem => ({
        label: name,
        kind: CompletionItemKind.Class,
        detail: localize('stage'),
        sortText: `0${String(stages.length - index).padStart(3, '0')}`,
        ...at(name),
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
        ...at(name),
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
        ...(isOver
          ? [localize('no more security fixes')]
          : facts.endOfLife
            ? [localize('security fixes until {date}', { date: facts.endOfLife.date })]
            : []),
      ].join(' · '),
      ...(facts.sizeBytes === undefined ? {} : { labelDetails: { description: sizeText(facts.sizeBytes) } }),
      sortText: String(index).padStart(4, '0'),
      ...(isOver ? { tags: [CompletionItemTag.Deprecated] } : {}),
    };
  });
}

function isEnded({ deprecated, endOfLife }: ImageFacts, today: string | undefined): boolean {
  return deprecated !== undefined || (today !== undefined && endOfLife !== undefined && endOfLife.date < today);
}
