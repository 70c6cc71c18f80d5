import { commands, Disposable, languages, type TextDocument, window, workspace } from 'vscode';

/** Documents that can hold a Dockerfile. They keep their own language and its server. */
export const HOST_DOCUMENTS: { readonly language: string; readonly pattern?: string }[] = [
  { language: 'dockercompose' },
  { language: 'yaml', pattern: '**/{docker-,}compose*.{yaml,yml}' },
  { language: 'markdown' },
  { language: 'hcl', pattern: '**/*bake*.hcl' },
  { language: 'terraform', pattern: '**/*bake*.hcl' },
  { language: 'plaintext', pattern: '**/*bake*.hcl' },
  { language: 'json', pattern: '**/*bake*.json' },
];

/** As in server/src/project/inline: only such a text makes the server look at all. */
const MARK = /dockerfile[-_]inline|^[ \t>*+\-\d.)]*(?:`{3,}|~{3,})[ \t]*(?:docker|containerfile)/im;

/** A document is open that the server has something to say about. */
export function isNeeded(): boolean {
  return workspace.textDocuments.some(isNeededFor);
}

function isNeededFor(document: TextDocument): boolean {
  return document.languageId === 'dockerfile' || holdsDockerfile(document);
}

function holdsDockerfile(document: TextDocument): boolean {
  return languages.match(HOST_DOCUMENTS, document) > 0 && MARK.test(document.getText());
}

/** Keeps the context key true while the active document has a Dockerfile inside: menus show their commands then. */
export function watchInlineDockerfiles(): Disposable {
  let last = false;
  const look = () => {
    const document = window.activeTextEditor?.document;
    const holds = document !== undefined && holdsDockerfile(document);
    if (holds !== last) void commands.executeCommand('setContext', 'dockerfileOptimizer.hasInlineDockerfile', holds);
    last = holds;
  };
  look();
  return Disposable.from(
    window.onDidChangeActiveTextEditor(look),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) look();
    }),
  );
}

/** Calls back with the first such document. */
export function onceNeeded(begin: () => void): Disposable {
  const look = (document: TextDocument) => {
    if (!isNeededFor(document)) return;
    events.dispose();
    begin();
  };
  const events = Disposable.from(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  return events;
}
