import type { DockerfileLanguageService } from 'dockerfile-language-service';
import {
  BulkRegistration,
  type BulkUnregistration,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type Hover,
  type HoverParams,
  type Position,
  RenameRequest,
  type SemanticTokensParams,
  SemanticTokensRequest,
  type ServerCapabilities,
  SignatureHelpRequest,
} from 'vscode-languageserver';
import type { DockerfileModel } from '../dockerfile/model';
import type { Engine } from '../engine/engine';
import type { Analysis } from './analyses';
import { type ClientConnection, logFailure } from './connection';
import { formatting } from './requests/formatting';
import { semanticTokens } from './requests/semanticTokens';

/** In the order in which the language service numbers them. */
const LEGEND = {
  tokenTypes: [
    'keyword',
    'comment',
    'parameter',
    'property',
    'namespace',
    'class',
    'macro',
    'string',
    'variable',
    'operator',
    'modifier',
  ],
  tokenModifiers: ['declaration', 'definition', 'deprecated'],
};
const COMPLETION = { triggerCharacters: [' ', ':', '=', '$', '{', '-', '/'] };
const SIGNATURE = { triggerCharacters: ['-', '[', ',', '"', ' ', '='] };

/** The usual editor features, for clients that have no other source of them. */
export interface LanguageFeatures {
  /** For clients without dynamic registration. */
  readonly capabilities: Partial<ServerCapabilities>;
  /** Registers or unregisters all features with clients that support dynamic registration. */
  set(isWanted: boolean): Promise<void>;
  hover(analysis: Analysis, position: Position): Promise<Hover | null>;
}

/**
 * Completion, definition, rename, highlights, symbols, folding, links, formatting, tokens and signatures, from
 * dockerfile-language-service; names and tags of images from our own knowledge.
 */
export function createLanguageFeatures(
  connection: ClientConnection,
  engine: Engine,
  analysisOf: (uri: string) => Analysis | undefined,
  isActive: () => boolean,
): LanguageFeatures {
  let loading: Promise<DockerfileLanguageService> | undefined;
  /** Loaded on first use, so that it does not delay the first findings. */
  const load = (): Promise<DockerfileLanguageService> => {
    loading ??= loadService();
    return loading;
  };
  let registered: BulkUnregistration | undefined;
  let changing = Promise.resolve();

  /** Returns an empty answer while another extension serves the file, for unknown documents, and on failure. */
  const answer = <Params extends { textDocument: { uri: string } }, Result>(
    name: string,
    handler: (service: DockerfileLanguageService, params: Params, analysis: Analysis) => Result | PromiseLike<Result>,
  ) => {
    return async (params: Params): Promise<Result | null> => {
      if (!isActive()) return null;
      try {
        const service = await load();
        // The document as it is now: it may have changed while the service was loading.
        const analysis = analysisOf(params.textDocument.uri);
        return analysis ? await handler(service, params, analysis) : null;
      } catch (error) {
        logFailure(connection, name, error);
        return null;
      }
    };
  };

  connection.onCompletion(
    answer('completion', async (service, { position }, analysis) => {
      const { imageCompletions } = await import('./requests/completion');
      return imageCompletions(engine, analysis, position) ?? service.computeCompletionItems(analysis.text, position);
    }),
  );
  connection.onDefinition(
    answer('definition', (service, { textDocument, position }, { text }) =>
      service.computeDefinition(textDocument, text, position),
    ),
  );
  connection.onDocumentHighlight(
    answer('documentHighlight', (service, { position }, { text }) => service.computeHighlightRanges(text, position)),
  );
  connection.onDocumentSymbol(
    answer('documentSymbol', (service, { textDocument }, { text }) => service.computeSymbols(textDocument, text)),
  );
  connection.onFoldingRanges(answer('foldingRange', (service, _, { text }) => service.computeFoldingRanges(text)));
  connection.onDocumentLinks(answer('documentLink', (service, _, { text }) => service.computeLinks(text)));
  connection.onDocumentLinkResolve(async (link) => (await load()).resolveLink(link));
  connection.onPrepareRename(
    answer('prepareRename', (service, { position }, { text }) => service.prepareRename(text, position)),
  );
  connection.onRenameRequest(
    answer('rename', (service, { textDocument, position, newName }, { text }) => ({
      changes: { [textDocument.uri]: service.computeRename(textDocument, text, position, newName) },
    })),
  );
  connection.onSignatureHelp(
    answer('signatureHelp', (service, { position, context }, { text, dockerfile, lines }: Analysis) =>
      context?.triggerCharacter === ' ' && isInCommand(dockerfile, lines.offsetAt(position))
        ? null
        : service.computeSignatureHelp(text, position),
    ),
  );
  connection.onDocumentFormatting(
    answer('formatting', (service, { options }, analysis) => formatting(service, analysis, options)),
  );
  connection.onDocumentRangeFormatting(
    answer('rangeFormatting', (service, { options, range }, analysis) => formatting(service, analysis, options, range)),
  );
  const tokens = answer('semanticTokens', (service, _: SemanticTokensParams, analysis) =>
    semanticTokens(service, analysis),
  );
  connection.languages.semanticTokens.on(async (params) => (await tokens(params)) ?? { data: [] });

  const hover = answer('hover', (service, { position }: HoverParams, { text }) => service.computeHover(text, position));

  const register = async (): Promise<void> => {
    if (registered) return;
    const documentSelector = null;
    const bulk = BulkRegistration.create();
    bulk.add(CompletionRequest.type, { documentSelector, ...COMPLETION });
    bulk.add(DefinitionRequest.type, { documentSelector });
    bulk.add(DocumentHighlightRequest.type, { documentSelector });
    bulk.add(DocumentSymbolRequest.type, { documentSelector });
    bulk.add(FoldingRangeRequest.type, { documentSelector });
    bulk.add(DocumentLinkRequest.type, { documentSelector, resolveProvider: true });
    bulk.add(RenameRequest.type, { documentSelector, prepareProvider: true });
    bulk.add(SignatureHelpRequest.type, { documentSelector, ...SIGNATURE });
    bulk.add(DocumentFormattingRequest.type, { documentSelector });
    bulk.add(DocumentRangeFormattingRequest.type, { documentSelector });
    bulk.add(SemanticTokensRequest.type, { documentSelector, legend: LEGEND, full: true });
    registered = await connection.client.register(bulk);
  };
  const unregister = async (): Promise<void> => {
    registered?.dispose();
    registered = undefined;
  };

  return {
    capabilities: {
      completionProvider: COMPLETION,
      definitionProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: { resolveProvider: true },
      renameProvider: { prepareProvider: true },
      signatureHelpProvider: SIGNATURE,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      semanticTokensProvider: { legend: LEGEND, full: true },
    },
    set(isWanted) {
      // One after the other: two calls at once would register the features twice.
      changing = changing
        .then(() => (isWanted ? register() : unregister()))
        .catch((error: unknown) => logFailure(connection, 'language features', error));
      return changing;
    },
    hover: ({ uri }, position) => hover({ textDocument: { uri }, position }),
  };
}

async function loadService(): Promise<DockerfileLanguageService> {
  const { DockerfileLanguageServiceFactory } = await import('dockerfile-language-service');
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  service.setCapabilities({
    completion: {
      completionItem: { snippetSupport: true, documentationFormat: ['markdown'], deprecatedSupport: true },
    },
    hover: { contentFormat: ['markdown'] },
  });
  return service;
}

/** Every blank of a shell command is followed by anything at all: there is nothing to tell. */
function isInCommand({ instructions }: DockerfileModel, offset: number): boolean {
  const node = instructions.findLast(({ span }) => span.start <= offset);
  return node !== undefined && /^(?:RUN|CMD|ENTRYPOINT)$/.test(node.keyword);
}
