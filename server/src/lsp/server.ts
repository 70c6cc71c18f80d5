import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type CodeLensParams,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  type InlayHint,
  type InlayHintParams,
  LSPErrorCodes,
  MessageType,
  PositionEncodingKind,
  RequestType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine';
import { createRuleNames } from '../engine/ruleNames';
import type { Host } from '../host/host';
import { IGNORE_FILE_NAMES } from '../images/reports/ignoreFile';
import { type Language, languageOf } from '../l10n/language';
import { BASELINE_NAME, BUILD_FILES, CONFIGURATION_NAMES } from '../project/fileNames';
import type {
  CheckFilesParams,
  CheckFilesResult,
  CheckSarifParams,
  CheckSarifResult,
  MeasureParams,
  MeasureResult,
  OptimizeParams,
  OptimizeResult,
  ProjectFilesParams,
  RuleListResult,
  RulePageParams,
  RulePageResult,
  ScanParams,
  ScanResult,
  StatusParams,
} from '../protocol';
import { type ActionContext, codeActionsFor, FIX_ALL, type FixAllData, fixAllEdit } from './actions/findingActions';
import { registryActions } from './actions/registryActions';
import { diagnosticsOf } from './diagnostics';
import { type Analysis, createAnalyses } from './documents';
import { scanLenses } from './hover/scanHover';
import { createLanguageFeatures } from './languageFeatures';
import { answerRefused } from './lifecycle';
import { createRegistryLookups, type RegistryLookups } from './registryLookups';
import type { CheckContext } from './requests/checkFiles';
import { createPlainClient, OPTIMIZE_KIND } from './requests/executeCommand';
import { createMeasurements } from './requests/measure';
import { listRules } from './requests/rules';
import { createScans } from './requests/scan';
import { createResultIds } from './resultIds';
import { createConfigurations, readSettings, type Settings } from './settings';
import { createShellChecks } from './shellChecks';
import { workspacePaths } from './workspace';

/** Clients that do not pull get their diagnostics this long after the last keystroke. */
const PUSH_DELAY_MS = 200;
const LANGUAGE = /^(?:dockerfile|containerfile)/i;

export interface EngineWishes {
  readonly language: Language;
  /** The address of the folder with the bundles, from clients whose servers cannot find it themselves. */
  readonly bundleFolder: string | undefined;
}

/** The engine is made when the client has said in which language. */
export function startServer(connection: Connection, host: Host, createEngine: (wishes: EngineWishes) => Engine): void {
  answerRefused(connection);
  connection.onInitialize((params) => {
    const folder: unknown = params.initializationOptions?.bundleFolder;
    const engine = createEngine({
      language: languageOf(params.locale),
      bundleFolder: typeof folder === 'string' ? folder : undefined,
    });
    return serve(connection, host, engine, params);
  });
  connection.listen();
}

/** Wires LSP to the engine. Whatever a handler throws is logged and answered with nothing: the server goes on. */
function serve(connection: Connection, host: Host, engine: Engine, params: InitializeParams): InitializeResult {
  const documents = new TextDocuments(TextDocument);
  const analyses = createAnalyses(engine);
  const results = createResultIds();
  const statuses = createResultIds();
  const configurations = createConfigurations(
    host,
    engine,
    (message) => {
      connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    },
    workspacePaths(host, params),
  );
  const { capabilities, initializationOptions } = params;
  /** It has commands of its own, and reads what only it is told. */
  const isOurExtension = initializationOptions?.isOurExtension === true;
  let settings: Settings = readSettings(initializationOptions);
  let isTrusted = initializationOptions?.isTrusted === true;
  let hasOtherLanguageServer = initializationOptions?.hasOtherLanguageServer === true;
  const folder: unknown = initializationOptions?.cacheFolder;
  const cacheFolder = typeof folder === 'string' ? folder : undefined;

  /** Undefined where it must not be started: that takes a trusted workspace. */
  const shellCheckProgram = (): string | undefined => (isTrusted ? settings.shellCheckPath : undefined);
  const shellChecks =
    host.runShellCheck &&
    createShellChecks(
      host.runShellCheck,
      () => lookAnew(),
      (message) => connection.console.info(message),
    );

  /** Only where the user has allowed it, in a trusted workspace; other settings make another one. */
  let lookups: RegistryLookups | undefined;
  let lookedUpWith = '';
  const registryLookups = (): RegistryLookups | undefined => {
    const wanted = isTrusted ? settings.registry : undefined;
    const key = JSON.stringify(wanted ?? null);
    if (key === lookedUpWith) return lookups;
    lookedUpWith = key;
    lookups?.dispose();
    const registry = wanted && host.createRegistry?.({ ...wanted, isTrusted, cacheFolder });
    lookups =
      registry &&
      createRegistryLookups(
        registry,
        () => {
          if (capabilities.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh();
        },
        (message) => connection.console.warn(message),
      );
    return lookups;
  };

  const scans = createScans({ connection, host, engine, params, cacheFolder, settings: () => settings });
  const measurements = createMeasurements(connection, host, engine);
  const isPulled = () => capabilities.textDocument?.diagnostic !== undefined;
  const actions = (): ActionContext => ({
    engine,
    hasVersionedEdits: capabilities.workspace?.workspaceEdit?.documentChanges === true,
    canResolve: capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
  });
  /** Also of a document that is not looked at, whose diagnostics say so. */
  const diagnosed = (uri: string): Analysis | undefined => {
    const document = documents.get(uri);
    if (!document || !settings.enable || !LANGUAGE.test(document.languageId)) return undefined;
    return analyses.get(document, () => ({
      config: configurations.configFor(uri, settings),
      known: configurations.knownIn(uri, settings),
      contextFolder: configurations.contextFolderOf(uri),
      buildContext: configurations.buildContextOf(uri),
      shellCheck: shellCheckProgram() === undefined ? undefined : shellChecks?.of(uri),
      imageScans: scans.found.forEngine(uri),
      measured: measurements.wasteOf(uri, document.getText()),
    }));
  };
  /** For all requests but that for diagnostics: here the limits hold, whatever is asked. */
  const analysisOf = (uri: string): Analysis | undefined => {
    const analysis = diagnosed(uri);
    return analysis?.isSkipped ? undefined : analysis;
  };
  const wantsLanguageFeatures = () =>
    settings.languageFeatures === 'on' || (settings.languageFeatures === 'auto' && !hasOtherLanguageServer);
  const languageFeatures = createLanguageFeatures(connection, engine, analysisOf, wantsLanguageFeatures);
  /** Clients that cannot be told later were told at the start. */
  const canRegister = () => capabilities.textDocument?.completion?.dynamicRegistration === true;
  const offerLanguageFeatures = async (): Promise<void> => {
    if (canRegister()) await languageFeatures.set(wantsLanguageFeatures());
  };
  /** Runs a handler: not when it is cancelled already, and never to the harm of the server. */
  const guarded =
    <Params, Result>(name: string, fallback: Result, handler: (params: Params) => Result) =>
    (params: Params, token: CancellationToken): Result => {
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
      try {
        return handler(params);
      } catch (error) {
        connection.console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
        return fallback;
      }
    };

  /** The same for what is loaded when it is first asked for. */
  const guardedLater =
    <Params, Result>(
      name: string,
      fallback: Result,
      handler: (params: Params, later: typeof import('./later')) => Result | Promise<Result>,
    ) =>
    async (params: Params, token: CancellationToken): Promise<Result> => {
      try {
        const later = await import('./later');
        const result = guarded(name, fallback, () => handler(params, later));
        return await result(undefined, token);
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        connection.console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
        return fallback;
      }
    };

  connection.onInitialized(async () => {
    const { didChangeConfiguration, didChangeWatchedFiles } = capabilities.workspace ?? {};
    const watched = [...CONFIGURATION_NAMES, BASELINE_NAME, ...BUILD_FILES, ...IGNORE_FILE_NAMES];
    const watchers = watched.map((name) => ({ globPattern: `**/${name}` }));
    settled = fetchSettings();
    // At once: the first findings wait for nothing.
    await Promise.all([
      settled,
      didChangeConfiguration?.dynamicRegistration &&
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'dockerfileOptimizer' }),
      didChangeWatchedFiles?.dynamicRegistration &&
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
    ]);
    await offerLanguageFeatures();
  });

  /** Editors that were given all settings at the start answer with none, or with some of them. */
  const settingsFrom = (value: unknown): Settings => readSettings({ ...initializationOptions, ...(value ?? {}) });
  /** Once the settings are those of the client. */
  let settled: Promise<void> = Promise.resolve();
  const fetchSettings = async (): Promise<void> => {
    if (!capabilities.workspace?.configuration) return;
    const fetched = settingsFrom(await connection.workspace.getConfiguration('dockerfileOptimizer'));
    if (JSON.stringify(fetched) === JSON.stringify(settings)) return;
    settings = fetched;
    refresh();
    await offerLanguageFeatures();
  };
  /** Settings or configuration files have changed: every document is looked at anew. */
  const refresh = (): void => {
    configurations.forget();
    scans.found.forget();
    lookAnew();
  };
  const lookAnew = (): void => {
    analyses.dropAll();
    if (!isPulled()) for (const document of documents.all()) push(document.uri);
    else if (capabilities.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
  };

  connection.onDidChangeConfiguration(async ({ settings: sent }) => {
    if (capabilities.workspace?.configuration) {
      settled = fetchSettings();
      await settled;
    } else {
      settings = settingsFrom((sent as Record<string, unknown> | null)?.['dockerfileOptimizer']);
      refresh();
    }
  });
  connection.onDidChangeWatchedFiles(refresh);
  connection.onNotification('dockerfile/projectFiles', ({ files }: ProjectFilesParams) => {
    host.keepFiles?.(files);
    refresh();
  });
  connection.onNotification('dockerfile/trust', () => {
    isTrusted = true;
    lookAnew();
  });
  connection.onShutdown(async () => {
    shellChecks?.dispose();
    lookups?.dispose();
    await Promise.all([measurements.dispose(), scans.dispose()]);
  });

  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const push = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    const document = documents.get(uri);
    if (!document) return;
    const diagnose = guarded('diagnostics', [], () => diagnosticsFor(uri).items);
    connection.sendDiagnostics({ uri, version: document.version, diagnostics: diagnose(undefined, NOT_CANCELLED) });
  };
  const diagnosticsFor = (uri: string) => {
    const analysis = diagnosed(uri);
    const items = analysis ? diagnosticsOf(analysis, engine.localize) : [];
    const program = shellCheckProgram();
    if (program !== undefined) shellChecks?.runWanted(program);
    if (analysis) sendStatus(analysis);
    if (analysis) registryLookups()?.want(analysis.dockerfile);
    return { items };
  };
  const sendStatus = ({ uri, findings }: Analysis): void => {
    if (!isOurExtension) return;
    const bytes = findings.flatMap((finding) => finding.impact?.bytes ?? []);
    const status: StatusParams = {
      uri,
      findings: findings.length,
      ...(bytes.length > 0 ? { savingBytes: bytes.reduce((sum, one) => sum + one, 0) } : {}),
    };
    if (statuses.isNew(uri, status)) connection.sendNotification('dockerfile/status', status);
  };

  documents.onDidChangeContent(({ document }) => {
    if (isPulled()) return;
    clearTimeout(timers.get(document.uri));
    timers.set(
      document.uri,
      setTimeout(() => push(document.uri), PUSH_DELAY_MS),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    analyses.drop(uri);
    measurements.forget(uri);
    results.forget(uri);
    statuses.forget(uri);
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    if (!isPulled()) connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  const EMPTY: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guarded('textDocument/diagnostic', EMPTY, ({ textDocument, previousResultId }): DocumentDiagnosticReport => {
      const { items } = diagnosticsFor(textDocument.uri);
      // Most keys change no finding: then nothing is sent, and the client has nothing to draw.
      const resultId = results.idOf(textDocument.uri, items);
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    }),
  );
  connection.onCodeAction(
    guarded('textDocument/codeAction', [], (params): CodeAction[] => {
      const analysis = analysisOf(params.textDocument.uri);
      if (!analysis) return [];
      const known = registryLookups();
      return [
        ...codeActionsFor(actions(), analysis, params),
        ...(known ? registryActions(actions(), analysis, params, known) : []),
        ...(plainClient?.actions(analysis.uri, params.context.only) ?? []),
      ].filter(({ command }) => plainClient?.canRun(command) ?? true);
    }),
  );
  connection.onCodeActionResolve((action, token) =>
    guarded('codeAction/resolve', action, (): CodeAction => {
      const data = action.data as FixAllData | undefined;
      const analysis = data && analysisOf(data.uri);
      // The document has moved on: an edit for its old text would hit the wrong places.
      if (!analysis || analysis.version !== data.version) return action;
      return { ...action, edit: fixAllEdit(actions(), analysis, data.ruleId) };
    })(undefined, token),
  );
  connection.onHover(
    guardedLater(
      'textDocument/hover',
      null,
      ({ textDocument, position }: HoverParams, { hoverAt }): Hover | null | Promise<Hover | null> => {
        const analysis = analysisOf(textDocument.uri);
        if (!analysis) return null;
        return (
          hoverAt(engine, analysis, position, registryLookups(), scans.found) ??
          languageFeatures.hover(analysis, position)
        );
      },
    ),
  );
  connection.onCodeLens(
    guardedLater('textDocument/codeLens', [], ({ textDocument }: CodeLensParams, { codeLenses }): CodeLens[] => {
      const analysis = settings.codeLens ? analysisOf(textDocument.uri) : undefined;
      if (!analysis) return [];
      const lenses = [
        ...codeLenses(
          engine,
          analysis,
          { ...settings, hasBuildKit: host.hasBuildKit() },
          measurements.of(textDocument.uri, analysis.text),
        ),
        ...scanLenses(analysis, scans.found, engine.localize),
      ];
      return lenses.filter(({ command }) => plainClient?.canRun(command) ?? true);
    }),
  );
  connection.languages.inlayHint.on(
    guardedLater(
      'textDocument/inlayHint',
      [],
      ({ textDocument, range }: InlayHintParams, { inlayHints, measuredHints }): InlayHint[] => {
        const analysis = analysisOf(textDocument.uri);
        if (!analysis) return [];
        const measured = measurements.of(textDocument.uri, analysis.text)?.before;
        if (measured) return measuredHints(engine, analysis, range, settings.inlayHints, measured);
        return inlayHints(engine, analysis, range, settings.inlayHints, registryLookups());
      },
    ),
  );
  /** Files of the plan belong into the build context, wherever it is. */
  const planFor = (
    analysis: Analysis,
    params: OptimizeParams,
    { optimize }: Pick<typeof import('./later'), 'optimize'>,
  ): OptimizeResult => {
    const [path, contextFolder] = [host.pathOf(params.uri), configurations.buildOf(params.uri)?.contextFolder];
    const place = path === undefined || contextFolder === undefined ? undefined : { path, contextFolder };
    return optimize(engine, analysis, params, { ...settings, hasBuildKit: host.hasBuildKit(), place });
  };
  const plainClient = isOurExtension
    ? undefined
    : createPlainClient({
        connection,
        capabilities,
        engine,
        context: actions(),
        analysisOf,
        optimize: async (analysis, params) => planFor(analysis, params, await import('./later')),
      });
  connection.onExecuteCommand((params) => plainClient?.run(params));
  connection.onNotification('dockerfile/otherLanguageServer', ({ isThere }: { isThere: boolean }) => {
    hasOtherLanguageServer = isThere;
    void offerLanguageFeatures();
  });
  connection.onRequest(
    'dockerfile/optimize',
    guardedLater('dockerfile/optimize', null, (params: OptimizeParams, later): OptimizeResult | null => {
      const analysis = analysisOf(params.uri);
      return analysis ? planFor(analysis, params, later) : null;
    }),
  );
  connection.onRequest(SCAN, async (params: ScanParams, token: CancellationToken) => {
    // Which scanner is in them.
    await settled;
    const result = await scans.run(analysisOf(params.uri), params, settings, isTrusted, token);
    // What was kept has been told already.
    if (result.ok && !params.isKept) {
      lookAnew();
      if (capabilities.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type);
    }
    return result;
  });
  connection.onRequest(MEASURE, async (params: MeasureParams, token: CancellationToken) => {
    // Which engine is in them.
    await settled;
    const result = await measurements.run(analysisOf(params.uri), params, settings, isTrusted, token);
    if (result.ok) {
      lookAnew();
      if (capabilities.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh();
      if (capabilities.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type);
    }
    return result;
  });
  connection.onRequest(
    'dockerfile/rulePage',
    guardedLater('dockerfile/rulePage', null, ({ rule }: RulePageParams, { renderRulePage }): RulePageResult | null => {
      const names = createRuleNames(engine.rules);
      const [wanted] = names.idsOf(rule);
      const meta = names.metas.find(({ id }) => id === wanted);
      return meta ? { markdown: renderRulePage(meta, engine) } : null;
    }),
  );
  const checkContext: CheckContext = {
    engine,
    textOf(uri) {
      const path = host.pathOf(uri);
      return documents.get(uri)?.getText() ?? (path === undefined ? undefined : host.readText(path));
    },
    optionsFor(uri) {
      return {
        config: configurations.configFor(uri, settings),
        known: configurations.knownIn(uri, settings),
        buildContext: configurations.buildContextOf(uri),
      };
    },
  };
  connection.onRequest(
    'dockerfile/checkFiles',
    guardedLater('dockerfile/checkFiles', null, (params: CheckFilesParams, { checkFiles }): CheckFilesResult | null =>
      checkFiles(checkContext, params),
    ),
  );
  connection.onRequest(
    'dockerfile/checkSarif',
    guardedLater('dockerfile/checkSarif', null, (params: CheckSarifParams, { checkSarif }): CheckSarifResult | null =>
      checkSarif(checkContext, params),
    ),
  );
  const allRules = guarded('dockerfile/rules', { rules: [] }, (): RuleListResult => {
    // What lies in no folder has no configuration file.
    return { rules: listRules(engine, configurations.configFor('untitled:Dockerfile', settings)) };
  });
  // A request without parameters is given its token in their place.
  connection.onRequest('dockerfile/rules', () => allRules(undefined, NOT_CANCELLED));

  documents.listen(connection);
  return {
    serverInfo: { name: 'Dockerfile Optimizer' },
    capabilities: {
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL, ...(plainClient ? [OPTIMIZE_KIND] : [])],
        resolveProvider: true,
      },
      ...(plainClient ? { executeCommandProvider: { commands: [...plainClient.commands] } } : {}),
      hoverProvider: true,
      codeLensProvider: {},
      inlayHintProvider: {},
      ...(canRegister() || !wantsLanguageFeatures() ? {} : languageFeatures.capabilities),
      ...(isPulled()
        ? {
            diagnosticProvider: {
              identifier: 'dockerfile-optimizer',
              interFileDependencies: false,
              workspaceDiagnostics: false,
            },
          }
        : {}),
    },
  };
}

const SCAN = new RequestType<ScanParams, ScanResult, void>('dockerfile/scan');
const MEASURE = new RequestType<MeasureParams, MeasureResult, void>('dockerfile/measure');

const NOT_CANCELLED: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose() {} }),
};
