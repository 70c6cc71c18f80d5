import {
  CodeActionKind,
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeLensRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  HoverRequest,
  type InitializeParams,
  type InitializeResult,
  InlayHintRequest,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Engine } from '../engine/engine';
import type { Host } from '../host/host';
import { type Language, languageOf } from '../l10n/language';
import { BASELINE_NAME, BUILD_FILES, CONFIGURATION_NAMES } from '../project/fileNames';
import { IGNORE_FILE_NAMES } from '../reports/ignoreFile';
import { FIX_ALL, OPTIMIZE_KIND } from './actions/kinds';
import { answer } from './answer';
import { followDate } from './dateChange';
import { answerRefused } from './lifecycle';
import { followOwn } from './ownMessages';
import { serverCommands } from './plainClient';
import { pushDiagnostics } from './pushedDiagnostics';
import { diagnostic } from './requests/diagnostic';
import { Session } from './session';
import { readStartOptions } from './startOptions';
import { sendStatuses } from './statuses';

export interface EngineWishes {
  readonly language: Language;
  /** The URL of the folder with the bundles, for servers that cannot find it themselves. */
  readonly bundleFolder: string | undefined;
}

/** Creates the engine once the client has sent its language. */
export function startServer(connection: Connection, host: Host, createEngine: (wishes: EngineWishes) => Engine): void {
  answerRefused(connection);
  connection.onInitialize((params) => {
    const engine = createEngine({
      language: languageOf(params.locale),
      bundleFolder: readStartOptions(params).bundleFolder,
    });
    return serve(connection, host, engine, params);
  });
  connection.listen();
}

function serve(connection: Connection, host: Host, engine: Engine, params: InitializeParams): InitializeResult {
  const session = new Session(connection, host, engine, params);
  answerRequests(session);
  followOwn(session);
  follow(session);
  followDocuments(session);
  followDate(session);
  return { serverInfo: { name: 'Dockerfile Optimizer' }, capabilities: capabilitiesOf(session) };
}

/** LSP's own requests except those of `languageFeatures`. */
function answerRequests(session: Session): void {
  const { connection } = session;
  connection.languages.diagnostics.on(
    answer(session, DocumentDiagnosticRequest.method, {
      load: async () => diagnostic,
      fallback: { kind: DocumentDiagnosticReportKind.Full, items: [] },
    }),
  );
  connection.onCodeAction(
    answer(session, CodeActionRequest.method, {
      load: async () => (await import('./requests/codeAction')).codeAction,
      fallback: [],
    }),
  );
  connection.onCodeActionResolve((action, token) =>
    answer(session, CodeActionResolveRequest.method, {
      load: async () => (await import('./requests/codeActionResolve')).codeActionResolve,
      fallback: action,
    })(action, token),
  );
  connection.onHover(
    answer(session, HoverRequest.method, {
      load: async () => (await import('./requests/hover')).hover,
      fallback: null,
    }),
  );
  connection.onCodeLens(
    answer(session, CodeLensRequest.method, {
      load: async () => (await import('./requests/codeLens')).codeLens,
      fallback: [],
    }),
  );
  connection.languages.inlayHint.on(
    answer(session, InlayHintRequest.method, {
      load: async () => (await import('./requests/inlayHint')).inlayHint,
      fallback: [],
    }),
  );
  connection.onExecuteCommand(
    answer(session, ExecuteCommandRequest.method, {
      load: async () => (await import('./requests/executeCommand')).executeCommand,
      fallback: undefined,
    }),
  );
}

/** Handles notifications about settings, the workspace and shutdown. */
function follow(session: Session): void {
  const { connection } = session;
  const { configuration, didChangeConfiguration, didChangeWatchedFiles } = session.capabilities.workspace ?? {};
  connection.onInitialized(async () => {
    const watched = [...CONFIGURATION_NAMES, BASELINE_NAME, ...BUILD_FILES, ...IGNORE_FILE_NAMES, '*.dockerignore'];
    const watchers = watched.map((name) => ({ globPattern: `**/${name}` }));
    // In parallel, so that the first findings come soon.
    await Promise.all([
      session.fetchSettings(),
      didChangeConfiguration?.dynamicRegistration &&
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'dockerfileOptimizer' }),
      didChangeWatchedFiles?.dynamicRegistration &&
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
    ]);
    await session.offerLanguageFeatures();
  });
  connection.onDidChangeConfiguration(async ({ settings }) => {
    if (configuration) await session.fetchSettings();
    else session.takeSettings((settings as Record<string, unknown> | null)?.['dockerfileOptimizer']);
  });
  connection.onDidChangeWatchedFiles(() => session.refresh());
  connection.onShutdown(() => session.dispose());
}

function followDocuments(session: Session): void {
  const { connection, documents } = session;
  const canRefresh = session.capabilities.workspace?.diagnostics?.refreshSupport === true;
  documents.onDidClose(({ document }) => session.forget(document.uri));
  // A client that cannot be told to pull again would never get what is held back.
  if (!session.isPulled || canRefresh) documents.onDidChangeContent(({ document }) => session.typing.note(document));
  if (session.isOurExtension) sendStatuses(session);
  if (!session.isPulled) pushDiagnostics(session);
  else if (canRefresh) session.onStale(() => connection.languages.diagnostics.refresh());
  documents.listen(connection);
}

function capabilitiesOf(session: Session): InitializeResult['capabilities'] {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL, OPTIMIZE_KIND],
      resolveProvider: true,
    },
    ...(session.isOurExtension ? {} : { executeCommandProvider: { commands: [...serverCommands(session)] } }),
    hoverProvider: true,
    codeLensProvider: {},
    inlayHintProvider: {},
    ...(session.canRegister || !session.wantsLanguageFeatures ? {} : session.languageFeatures.capabilities),
    ...(session.isPulled
      ? {
          diagnosticProvider: {
            identifier: 'dockerfile-optimizer',
            interFileDependencies: false,
            workspaceDiagnostics: false,
          },
        }
      : {}),
  };
}
