import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import { SIGNALS } from '../../commands/signals';
import { hasSnippets, type Place, replacing } from './place';
import { userNames } from './users';

/** Single words that an instruction takes: users, signals, AS, heredocs. */
export function wordItems(place: Place): CompletionItem[] | undefined {
  const { head } = place;
  const user = /^USER\s+([\w-]*)$/i.exec(head)?.[1];
  if (user !== undefined) return listed(place, user, userNames(place), CompletionItemKind.Value);
  const signal = /^STOPSIGNAL\s+(\w*)$/i.exec(head)?.[1];
  if (signal !== undefined) return listed(place, signal, SIGNALS, CompletionItemKind.Constant);
  const check = /^HEALTHCHECK\s+(?:--\S+\s+)*([A-Za-z]*)$/i.exec(head)?.[1];
  if (check !== undefined) return listed(place, check, ['CMD', 'NONE'], CompletionItemKind.Keyword);
  const as = /^FROM\s+(?:--\S+\s+)*[^\s-]\S*\s+([A-Za-z]{0,2})$/i.exec(head)?.[1];
  if (as !== undefined) return listed(place, as, ['AS'], CompletionItemKind.Keyword);
  const opener = /^(?:RUN|COPY|ADD)\s(?:.*\s)?(<<?)$/is.exec(head)?.[1];
  return opener === undefined ? undefined : heredocs(place, opener);
}

function listed(place: Place, written: string, labels: readonly string[], kind: CompletionItemKind): CompletionItem[] {
  const at = replacing(place, written);
  return labels.map((label, index) => ({ label, kind, sortText: String(index).padStart(2, '0'), ...at(label) }));
}

function heredocs(place: Place, opener: string): CompletionItem[] {
  const at = replacing(place, opener);
  const isScript = /^RUN/i.test(place.head);
  return ['<<EOF', "<<'EOF'", '<<-EOF'].map((label, index) => {
    const body = isScript ? `${label}\n$0\nEOF` : `${label} \${1:/path/of/file}\n$0\nEOF`;
    return {
      label,
      kind: CompletionItemKind.Snippet,
      sortText: String(index),
      filterText: label,
      ...(hasSnippets(place) ? { insertTextFormat: InsertTextFormat.Snippet, ...at(body) } : at(label)),
    };
  });
}
