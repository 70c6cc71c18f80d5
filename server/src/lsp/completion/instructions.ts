import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import { type Phrase, phrase, say } from '../../l10n/phrase';
import { INSTRUCTIONS } from '../reference/instructions';
import { hasSnippets, type Place, replacing } from './place';

interface Snippet {
  readonly keyword: string;
  /** After the keyword, in the syntax of LSP's snippets. */
  readonly body: string;
  /** What the label shows after the keyword, where a keyword has several snippets. */
  readonly shown?: string;
  readonly purpose?: Phrase;
}

/** In the order in which a file has them. */
const SNIPPETS: readonly Snippet[] = [
  { keyword: 'FROM', body: '${1:image}:${2:tag}' },
  { keyword: 'FROM', shown: '… AS', body: '${1:image}:${2:tag} AS ${3:name}', purpose: phrase('A stage with a name') },
  { keyword: 'ARG', body: '${1:NAME}=${2:default}' },
  { keyword: 'ENV', body: '${1:NAME}=${2:value}' },
  { keyword: 'WORKDIR', body: '${1:/app}' },
  { keyword: 'COPY', body: '${1:source} ${2:destination}' },
  {
    keyword: 'COPY',
    shown: '--from',
    body: '--from=${1:stage} ${2:source} ${3:destination}',
    purpose: phrase('Copies from another stage'),
  },
  {
    keyword: 'COPY',
    shown: '<<EOF',
    body: '<<EOF ${1:/path/of/file}\n$2\nEOF',
    purpose: phrase('Writes a file whose text is in the Dockerfile'),
  },
  { keyword: 'RUN', body: '${1:command}' },
  {
    keyword: 'RUN',
    shown: 'apt-get install',
    body: 'apt-get update && \\\\\n    apt-get install -y --no-install-recommends ${1:package} && \\\\\n    rm -rf /var/lib/apt/lists/*',
    purpose: phrase('Installs packages without leaving package lists in the layer'),
  },
  {
    keyword: 'RUN',
    shown: 'apk add',
    body: 'apk add --no-cache ${1:package}',
    purpose: phrase('Installs packages without leaving package lists in the layer'),
  },
  {
    keyword: 'RUN',
    shown: '--mount=type=cache',
    body: '--mount=type=cache,target=${1:/root/.cache} ${2:command}',
    purpose: phrase('Keeps a folder between builds'),
  },
  {
    keyword: 'RUN',
    shown: '--mount=type=secret',
    body: '--mount=type=secret,id=${1:token},env=${2:TOKEN} ${3:command}',
    purpose: phrase('Uses a secret that is not part of the image'),
  },
  {
    keyword: 'RUN',
    shown: '<<EOF',
    body: '<<EOF\nset -e\n$1\nEOF',
    purpose: phrase('Runs several lines; `set -e` stops at the first failure'),
  },
  { keyword: 'USER', body: '${1:user}' },
  { keyword: 'EXPOSE', body: '${1:8080}' },
  { keyword: 'LABEL', body: 'org.opencontainers.image.${1:source}="${2:value}"' },
  { keyword: 'HEALTHCHECK', body: '--interval=${1:30s} --timeout=${2:5s} CMD ${3:command}' },
  { keyword: 'ENTRYPOINT', body: '["${1:executable}"]' },
  { keyword: 'CMD', body: '["${1:executable}"]' },
  {
    keyword: 'ADD',
    body: '--checksum=sha256:${1:digest} ${2:https://example.com/file} ${3:destination}',
    purpose: phrase('Downloads a file and checks its content'),
  },
  { keyword: 'SHELL', body: '["/bin/bash", "-o", "pipefail", "-c"]' },
  { keyword: 'STOPSIGNAL', body: '${1:SIGTERM}' },
  { keyword: 'VOLUME', body: '["${1:/data}"]' },
  { keyword: 'ONBUILD', body: '' },
];

/** Instructions at the beginning of a line, and after ONBUILD. */
export function instructionItems(place: Place): CompletionItem[] | undefined {
  const { analysis, context, line, node, head } = place;
  const inTrigger = /^ONBUILD\s+([A-Za-z]*)$/i.exec(head)?.[1];
  const written = inTrigger ?? (node ? /^[A-Za-z]*$/.exec(head)?.[0] : /^\s*([A-Za-z]*)$/.exec(line)?.[1]);
  if (written === undefined) return undefined;
  const { localize } = context.engine;
  const [first] = analysis.dockerfile.instructions;
  const isLower =
    first !== undefined && first !== node && analysis.text[first.span.start] === first.keyword[0]?.toLowerCase();
  const hasStage = analysis.dockerfile.stages.some(({ from }) => from.span.start < place.offset && from !== node);
  const at = replacing(place, written, /^[A-Za-z]*/);
  const isOffered = ({ keyword }: Snippet) =>
    inTrigger === undefined ? hasStage || keyword === 'FROM' || keyword === 'ARG' : !/^(?:FROM|ONBUILD)$/.test(keyword);
  return SNIPPETS.filter(isOffered).flatMap(({ keyword, body, shown, purpose }, index): CompletionItem[] => {
    // Without snippets, an editor inserts the keyword alone.
    if (!hasSnippets(place) && shown !== undefined) return [];
    const word = isLower ? keyword.toLowerCase() : keyword;
    const label = shown === undefined ? word : `${word} ${shown}`;
    const about = INSTRUCTIONS[keyword]?.purpose;
    const text = purpose ?? about;
    return [
      {
        label,
        kind: shown === undefined ? CompletionItemKind.Keyword : CompletionItemKind.Snippet,
        filterText: label,
        sortText: String(index).padStart(2, '0'),
        ...(text ? { documentation: say(localize, text) } : {}),
        ...(hasSnippets(place) ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
        ...at(hasSnippets(place) ? `${word} ${body}` : `${word} `),
      },
    ];
  });
}
