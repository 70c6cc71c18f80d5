import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  Emitter,
  type InitializeParams,
  MessageType,
  type Position,
  ShowMessageNotification,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { BuildContext } from '../engine/buildContext';
import type { Engine } from '../engine/engine';
import type { FormatOptions } from '../engine/format';
import type { ImagePlatforms } from '../engine/imagePlatforms';
import type { Host } from '../host/host';
import type { PlanOptions } from '../optimizer/plan';
import { editorConfigOptions } from '../project/editorConfig';
import type { InlineDockerfile } from '../project/inline/inlineDockerfile';
import { type HostKind, hostKind } from '../project/inline/inlineDockerfiles';
import { KeptScans } from '../reports/keptScans';
import { type Analyses, type Analysis, createAnalyses, type DocumentContext } from './analyses';
import type { ClientConnection } from './connection';
import { createDocumentConfigurations, type DocumentConfigurations, type FactsInside } from './documentConfigurations';
import { createDocumentScans, type DocumentScans } from './documentScans';
import { isInside } from './insideDocument';
import { createLanguageFeatures, type LanguageFeatures } from './languageFeatures';
import { Measurements } from './measurements';
import { createRegistryLookups, type RegistryLookups } from './registryLookups';
import { createResultIds } from './resultIds';
import { readSettings, type Settings } from './settings';
import { createShellChecks, type ShellChecks } from './shellChecks';
import { readStartOptions } from './startOptions';
import { createTaskQueue } from './taskQueue';
import { Typing } from './typing';
import { createWorkspace, type Workspace, workspacePaths } from './workspace';

const LANGUAGE = /^(?:dockerfile|containerfile)/i;
/** Documents without such a name, such as one that was not saved. */
const HOST_LANGUAGES: Readonly<Record<string, HostKind>> = { dockercompose: 'compose', markdown: 'markdown' };

/** The state of one client: its settings, whether its workspace is trusted, and the results for its documents. */
export class Session {
  readonly connection: ClientConnection;
  readonly host: Host;
  readonly engine: Engine;
  readonly capabilities: ClientCapabilities;
  /** It has its own commands, and handles messages that only it gets. */
  readonly isOurExtension: boolean;
  readonly workspace: Workspace;
  readonly documents = new TextDocuments(TextDocument);
  readonly configurations: DocumentConfigurations;
  readonly languageFeatures: LanguageFeatures;
  /** Scan reports, kept for this session and later ones. */
  readonly keptScans: KeptScans;
  readonly scans: DocumentScans;
  readonly measurements = new Measurements();
  /** One scan and one build at a time. */
  readonly scanning = createTaskQueue();
  readonly builds = createTaskQueue();
  readonly resultIds = createResultIds();
  readonly typing = new Typing(() => this.#stale.fire());

  readonly #initial: Readonly<Record<string, unknown>>;
  readonly #cacheFolder: string | undefined;
  readonly #analyses: Analyses;
  readonly #shellChecks: ShellChecks | undefined;
  readonly #stale = new Emitter<void>();
  readonly #look = new Emitter<string>();
  /** A document was diagnosed, or what its plan depends on has changed. */
  readonly onLook = this.#look.event;
  /** Results for any document may have changed. */
  readonly onStale = this.#stale.event;
  #settings: Settings;
  #settled: Promise<void> = Promise.resolve();
  #isTrusted: boolean;
  #hasOtherLanguageServer: boolean;
  #lookups: RegistryLookups | undefined;
  #lookedUpWith = '';
  readonly #sentContexts = new Map<string, BuildContext>();

  constructor(connection: ClientConnection, host: Host, engine: Engine, params: InitializeParams) {
    this.connection = connection;
    this.host = host;
    this.engine = engine;
    this.capabilities = params.capabilities;
    this.workspace = createWorkspace(host, params);
    this.#initial = params.initializationOptions ?? {};
    const { isOurExtension, isTrusted, hasOtherLanguageServer, cacheFolder } = readStartOptions(params);
    this.isOurExtension = isOurExtension;
    this.#isTrusted = isTrusted;
    this.#hasOtherLanguageServer = hasOtherLanguageServer;
    this.#cacheFolder = cacheFolder;
    this.#settings = readSettings(this.#initial);
    this.#analyses = createAnalyses(engine);
    this.configurations = createDocumentConfigurations(
      host,
      engine,
      (message) =>
        this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message }),
      workspacePaths(host, params),
      (uri) => this.textOf(uri),
    );
    this.languageFeatures = createLanguageFeatures(
      connection,
      this,
      (uri) => this.analysisOf(uri),
      () => this.wantsLanguageFeatures,
      isOurExtension ? [{ language: 'dockerfile' }] : null,
    );
    this.keptScans = new KeptScans(host.openStore('scans', this.#cacheFolder));
    this.scans = createDocumentScans({
      kept: this.keptScans,
      localize: engine.localize,
      ignoreFilesOf: (uri) => {
        const folder = this.workspace.folderOf(uri);
        return folder === undefined ? [] : host.findIgnoreFiles(folder, this.workspace.topOf(uri) ?? folder);
      },
      threshold: () => this.settings.scannerSeverity,
    });
    this.#shellChecks =
      host.runShellCheck &&
      createShellChecks(
        host.runShellCheck,
        () => this.lookAnew(),
        (message) => connection.console.info(message),
      );
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Resolves once the client's settings have arrived. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  get isPulled(): boolean {
    return this.capabilities.textDocument?.diagnostic !== undefined;
  }

  /** Includes documents that are not analyzed: their diagnostics say so. */
  diagnosed(uri: string): Analysis | undefined {
    const document = this.documents.get(uri);
    if (!document || !this.settings.enable || !LANGUAGE.test(document.languageId)) return undefined;
    return this.#analyses.get(document, () => ({
      ...this.contextOf(uri),
      contextFolder: this.configurations.contextFolderOf(uri),
      ...this.#answersOf(uri),
      measured: this.measurements.wasteOf(uri, document.getText()),
    }));
  }

  /** What other programs say about the Dockerfiles of a document. */
  #answersOf(uri: string): Pick<DocumentContext, 'shellCheck' | 'imageScans' | 'imagePlatforms'> {
    return {
      shellCheck: this.#shellCheckProgram === undefined ? undefined : this.#shellChecks?.of(uri),
      imageScans: this.scans.forEngine(uri),
      imagePlatforms: this.#imagePlatforms(),
    };
  }

  /** Of a document: its own, or those of the Dockerfiles inside it. */
  analysesIn(uri: string): readonly Analysis[] {
    const own = this.analysisOf(uri);
    const document = this.documents.get(uri);
    const { enable, inlineDockerfiles } = this.settings;
    if (own || !document || !enable || !inlineDockerfiles || LANGUAGE.test(document.languageId))
      return own ? [own] : [];
    const kind = HOST_LANGUAGES[document.languageId] ?? hostKind(uri);
    if (!kind) return [];
    return this.#analyses.inside(document, kind, (inline) => ({
      ...this.contextInside(uri, inline),
      ...this.#answersOf(uri),
      measured: undefined,
    }));
  }

  /** For all requests except diagnostics: enforces the limits for each of them. */
  analysisOf(uri: string): Analysis | undefined {
    const analysis = this.diagnosed(uri);
    return analysis?.isSkipped ? undefined : analysis;
  }

  analysisAt(uri: string, position: Position): Analysis | undefined {
    return this.analysesIn(uri).find((analysis) => isInside(analysis, { start: position, end: position }));
  }

  /** The text in the editor, else in the file. */
  textOf(uri: string): string | undefined {
    const path = this.host.pathOf(uri);
    return this.documents.get(uri)?.getText() ?? (path === undefined ? undefined : this.host.readText(path));
  }

  /** What the files around a document say about it. */
  contextOf(uri: string): Pick<DocumentContext, 'config' | 'known' | 'buildContext' | 'contextIn'> {
    return {
      config: this.configurations.configFor(uri, this.settings),
      known: this.configurations.knownIn(uri, this.settings),
      buildContext: this.configurations.buildContextOf(uri),
      contextIn: this.configurations.contextIn,
    };
  }

  /** The same of a Dockerfile inside the document. */
  contextInside(uri: string, inline: InlineDockerfile): FactsInside & Pick<DocumentContext, 'known'> {
    return {
      ...this.configurations.factsInside(uri, this.settings, inline),
      known: this.configurations.knownIn(uri, this.settings),
    };
  }

  planOptions(uri: string, { config, buildContext = this.#sentContexts.get(uri) }: FileFacts): FilePlanOptions {
    const { level, preferCacheMounts, comments } = this.settings;
    return { config, buildContext, level, preferCacheMounts, comments, hasBuildKit: this.host.hasBuildKit() };
  }

  /** The files next to a document, from a client that alone can list them. */
  keepContext(uri: string, context: BuildContext): void {
    this.#sentContexts.set(uri, context);
    this.looked(uri);
    this.#refreshCodeLenses();
  }

  /** Our extension writes it, where it is a file on this machine. */
  canWriteConfiguration(uri: string): boolean {
    return this.isOurExtension && this.host.pathOf(uri) !== undefined;
  }

  /** A plan for this document would depend on files that nobody has listed yet. */
  lacksContext(uri: string): boolean {
    const isElsewhere = this.host.pathOf(uri) === undefined && !uri.startsWith('untitled:');
    return isElsewhere && !this.#sentContexts.has(uri);
  }

  /** Only if the user has allowed it and the workspace is trusted; changed settings create a new instance. */
  registryLookups(): RegistryLookups | undefined {
    const wanted = this.isTrusted ? this.settings.registry : undefined;
    const key = JSON.stringify(wanted ?? null);
    if (key === this.#lookedUpWith) return this.#lookups;
    this.#lookedUpWith = key;
    this.#lookups?.dispose();
    const registry =
      wanted && this.host.createRegistry?.({ ...wanted, isTrusted: this.isTrusted, cacheFolder: this.#cacheFolder });
    this.#lookups =
      registry &&
      createRegistryLookups(
        registry,
        () => {
          this.#refreshInlayHints();
          this.lookAnew();
        },
        (message) => this.connection.console.warn(message),
      );
    return this.#lookups;
  }

  #imagePlatforms(): ImagePlatforms | undefined {
    const lookups = this.registryLookups();
    const expected = this.settings.registry?.platform;
    return lookups && expected !== undefined ? { expected, of: (image) => lookups.of(image).platforms } : undefined;
  }

  /** Runs ShellCheck on the scripts that the latest analyses asked for. */
  runShellChecks(): void {
    const program = this.#shellCheckProgram;
    if (program !== undefined) this.#shellChecks?.runWanted(program);
  }

  /** Undefined where it must not be started: only trusted workspaces may. */
  get #shellCheckProgram(): string | undefined {
    return this.isTrusted ? this.settings.shellCheckPath : undefined;
  }

  looked(uri: string): void {
    this.#look.fire(uri);
  }

  formatOptions(uri: string): FormatOptions {
    const path = this.host.pathOf(uri);
    return {
      sortsPackages: this.settings.sortsPackages,
      ...(path === undefined ? {} : editorConfigOptions(this.host, path)),
    };
  }

  /** Analyzes every document again. */
  lookAnew(): void {
    this.#analyses.dropAll();
    this.#stale.fire();
  }

  /** Call it when settings, or files that affect documents, have changed. */
  refresh(): void {
    this.host.forgetFiles?.();
    this.configurations.forget();
    this.scans.forget();
    this.lookAnew();
    this.#refreshCodeLenses();
  }

  showScanned(): void {
    this.lookAnew();
    this.#refreshCodeLenses();
  }

  showMeasured(): void {
    this.lookAnew();
    this.#refreshInlayHints();
    this.#refreshCodeLenses();
  }

  #refreshInlayHints(): void {
    const { connection, capabilities } = this;
    if (capabilities.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh();
  }

  #refreshCodeLenses(): void {
    const { connection, capabilities } = this;
    if (capabilities.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type);
  }

  trust(): void {
    this.#isTrusted = true;
    this.lookAnew();
  }

  /** Requests the client's settings, if it supports that. */
  fetchSettings(): Promise<void> {
    this.#settled = this.#fetchSettings();
    return this.#settled;
  }

  async #fetchSettings(): Promise<void> {
    if (!this.capabilities.workspace?.configuration) return;
    const fetched = this.#settingsFrom(await this.connection.workspace.getConfiguration('dockerfileOptimizer'));
    if (JSON.stringify(fetched) === JSON.stringify(this.settings)) return;
    this.#settings = fetched;
    this.refresh();
    await this.offerLanguageFeatures();
  }

  /** Settings from a client that does not support requests for them. */
  takeSettings(sent: unknown): void {
    this.#settings = this.#settingsFrom(sent);
    this.refresh();
  }

  /** Editors that sent all settings at the start answer with none, or with only some of them. */
  #settingsFrom(value: unknown): Settings {
    return readSettings({ ...this.#initial, ...(value ?? {}) });
  }

  noteOtherLanguageServer(isThere: boolean): void {
    this.#hasOtherLanguageServer = isThere;
    void this.offerLanguageFeatures();
  }

  get wantsLanguageFeatures(): boolean {
    const { languageFeatures } = this.settings;
    return languageFeatures === 'on' || (languageFeatures === 'auto' && !this.#hasOtherLanguageServer);
  }

  /** False for clients without dynamic registration: they got all capabilities at the start. */
  get canRegister(): boolean {
    return this.capabilities.textDocument?.completion?.dynamicRegistration === true;
  }

  async offerLanguageFeatures(): Promise<void> {
    if (this.canRegister) await this.languageFeatures.set(this.wantsLanguageFeatures);
  }

  /** Call it when the document was closed. */
  forget(uri: string): void {
    this.#analyses.drop(uri);
    this.measurements.forget(uri);
    this.resultIds.forget(uri);
    this.#sentContexts.delete(uri);
    this.typing.forget(uri);
  }

  async dispose(): Promise<void> {
    this.#shellChecks?.dispose();
    this.#lookups?.dispose();
    this.typing.dispose();
    await Promise.all([this.builds.dispose(), this.scanning.dispose()]);
  }
}

type FileFacts = Pick<Analysis, 'config' | 'buildContext'>;

/** What a plan depends on besides the document's text and the request. */
type FilePlanOptions = Pick<PlanOptions, 'config' | 'buildContext'> &
  Required<Pick<Settings, 'level' | 'preferCacheMounts' | 'comments'>> & { readonly hasBuildKit: boolean };
