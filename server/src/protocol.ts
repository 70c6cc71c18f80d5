import type { StepAgain } from './app/runsAgain';
import type { LineNote } from './create/createDockerfile';
import type { ReportedFinding } from './engine/reportedFinding';
import type { PlannedHistory } from './optimizer/plannedHistory';
import type { Measurement } from './reports/measurement';
import type { ScanReport } from './reports/scanReport';
import type { Advice, Verification } from './reports/verification';

export type { LineNote } from './create/createDockerfile';
export type { ReportedFinding } from './engine/reportedFinding';
export type { PlannedHistory } from './optimizer/plannedHistory';
export type { Measurement } from './reports/measurement';
export type { ScanReport } from './reports/scanReport';
export type { Advice, ImageFacts, Verification, VerifiedStep } from './reports/verification';

/** Messages between client and server besides LSP; types only, so that the client can import them. */

/** What our extension sends at the start as `initializationOptions`; other editors may send their settings there. */
export interface StartOptions {
  /** It has its own commands, and handles messages that only it gets. */
  readonly isOurExtension: true;
  readonly isTrusted: boolean;
  /** Another extension provides completion, formatting and rename in Dockerfiles. */
  readonly hasOtherLanguageServer: boolean;
  /** Where to keep data for the next session. */
  readonly cacheFolder?: string;
  /** The URL of the folder with the bundles, for servers that cannot find it themselves. */
  readonly bundleFolder?: string;
}

/** Requests from the client, by method. */
export interface OwnRequests {
  /** A plan for an open document; null: the document is not checked. Nothing is applied. */
  'dockerfile/optimize': { readonly params: OptimizeParams; readonly result: OptimizeResult | null };
  /** The same plan for a comment on a pull request. */
  'dockerfile/planMarkdown': { readonly params: OptimizeParams; readonly result: PlanMarkdown | null };
  /** What an agent in the editor calls; the tools are those of `mcp`. Nothing is written. Cancellable. */
  'dockerfile/callTool': { readonly params: CallToolParams; readonly result: CallToolResult };
  /** A Dockerfile for a folder that has none. Nothing is written. */
  'dockerfile/create': { readonly params: CreateParams; readonly result: CreateResult };
  /** A rule's page, for a preview in the editor; null: there is no such rule. */
  'dockerfile/rulePage': { readonly params: RulePageParams; readonly result: RulePageResult | null };
  /** Every rule, in the order of the ids, in the user's language. */
  'dockerfile/rules': { readonly params: undefined; readonly result: RuleListResult };
  /** The findings of files, open or not, each with its own configuration; without ShellCheck. Null: it failed. */
  'dockerfile/checkFiles': { readonly params: CheckFilesParams; readonly result: CheckFilesResult | null };
  /** The same findings as a SARIF log, as `lint --format sarif` prints it. */
  'dockerfile/checkSarif': { readonly params: CheckSarifParams; readonly result: CheckSarifResult | null };
  /** Builds the document's text and measures the image. Cancellable, only in trusted workspaces. */
  'dockerfile/measure': { readonly params: MeasureParams; readonly result: MeasureResult };
  /** What verifying the document reaches on this machine, for the user to confirm. Starts nothing. */
  'dockerfile/verifyAccess': { readonly params: { readonly uri: string }; readonly result: VerifyAccess };
  /** Builds and runs the document's image before and after its plan. Cancellable, only in trusted workspaces. */
  'dockerfile/verify': { readonly params: VerifyParams; readonly result: VerifyResult };
  /** The configuration of a document with one more entry; nothing is written. */
  'dockerfile/adviseConfiguration': { readonly params: AdviceParams; readonly result: AdviceResult };
  /** Looks for known vulnerabilities with the scanner from the settings. Cancellable, only in trusted workspaces. */
  'dockerfile/scan': { readonly params: ScanParams; readonly result: ScanResult };
  /** The stages of a document and what they take from each other; null: the document is not checked. */
  'dockerfile/stageGraph': { readonly params: StageGraphParams; readonly result: StageGraphResult | null };
  /** The Dockerfiles that take a file, and what a build of each runs again when it changes. */
  'dockerfile/runsAgain': { readonly params: RunsAgainParams; readonly result: RunsAgainResult };
  /** Which inputs of a document the last commits change. Cancellable, only in trusted workspaces. */
  'dockerfile/inputHistory': { readonly params: { readonly uri: string }; readonly result: InputHistoryResult };
}

/** Notifications from the client: the parameters, by method. */
export interface ClientNotifications {
  /** All configurations and baselines in the folders of open documents, if the server cannot read them itself. */
  'dockerfile/projectFiles': ProjectFilesParams;
  /** The user has trusted the workspace. */
  'dockerfile/trust': undefined;
  /** Whether another extension provides completion, formatting and rename in Dockerfiles. */
  'dockerfile/otherLanguageServer': { readonly isThere: boolean };
  /** The files next to a document that the server cannot list, before a plan is asked for. */
  'dockerfile/context': { readonly uri: string; readonly context: NonNullable<OptimizeParams['context']> };
}

/** Notifications from the server: the parameters, by method. */
export interface ServerNotifications {
  /** What the status bar shows for a document. */
  'dockerfile/status': StatusParams;
  /** Output of a running engine or scanner. */
  'dockerfile/engineOutput': EngineOutputParams;
  /** What a verification is doing. */
  'dockerfile/verifyProgress': VerifyProgressParams;
}

/** The argument of the command that asks for a reason, then adds an ignore comment with it. */
export interface AskReasonArguments {
  readonly uri: string;
  /** The version of the document that the edit is for. */
  readonly version: number;
  readonly range: OptimizeStep['edits'][number]['range'];
  /** The comment without its reason. */
  readonly newText: string;
  /** Where the reason belongs in it. */
  readonly reasonAt: number;
  /** Without a reason, nothing is added. */
  readonly isRequired: boolean;
}

export interface OptimizeParams {
  readonly uri: string;
  /** Ids of the steps that the user turned off. */
  readonly without?: readonly string[];
  /** Instead of the level in the settings. */
  readonly level?: 'safe' | 'recommended' | 'all' | undefined;
  /** Only the stage whose FROM is on this line. */
  readonly stageLine?: number | undefined;
  /** A line of the Dockerfile inside the document; undefined: the document is the Dockerfile, or its first one. */
  readonly inlineLine?: number | undefined;
  /** The files next to the document, if the server cannot list them itself. */
  readonly context?:
    | {
        readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly text?: string }[];
        /** Folders that were not listed; '' when the listing was cut off. */
        readonly unlisted: readonly string[];
      }
    | undefined;
}

export interface OptimizeResult {
  /** The version of the document that the plan is for. */
  readonly version: number;
  readonly before: string;
  readonly after: string;
  readonly steps: readonly OptimizeStep[];
  readonly skipped: readonly {
    readonly id: string;
    readonly label: string;
    readonly title: string;
    readonly reason: string;
    /** The reason: a refusal, a risk, or the decision that a person has to make. */
    readonly why: string;
  }[];
  /** Files next to the Dockerfile that belong to the plan. */
  readonly files: readonly { readonly path: string; readonly before?: string; readonly after: string }[];
  /** What it changes in the image, as the lens says it; empty if no figure changes. */
  readonly change: string;
  /** Figures of the final image. */
  readonly summary: { readonly before: ImageFigures; readonly after: ImageFigures };
}

export interface ImageFigures {
  /** Layers that the file itself adds. */
  readonly layers: number;
  /** RUN instructions that run again when a source file changes. */
  readonly rebuiltSteps: number;
  /** Approximate size of the base image, unpacked, if a source gives it. */
  readonly baseBytes?: number;
  /** Approximate size of the image, unpacked, as far as it is known. */
  readonly imageBytes?: number;
}

export interface OptimizeStep {
  readonly id: string;
  /** Short enough for a narrow list. */
  readonly label: string;
  readonly title: string;
  readonly reason: string;
  readonly safety: 'safe' | 'unsafe';
  /** What could break. */
  readonly risk?: string;
  readonly impactBytes?: number;
  /** Change in the number of RUN instructions that run again when a source file changes; negative is fewer. */
  readonly rebuiltSteps?: number;
  /** Paths of the files next to the Dockerfile that it writes. */
  readonly files?: readonly string[];
  /** The step's edits, as positions in the text after the steps before it. */
  readonly edits: readonly {
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
    readonly newText: string;
  }[];
}

export interface PlanMarkdown {
  readonly markdown: string;
}

export interface CallToolParams extends Pick<OptimizeParams, 'context'> {
  readonly tool: string;
  /** According to the schema of the tool. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Of the Dockerfile, if the tool asks for one. */
  readonly uri?: string;
  /** Its text; it need not be open. */
  readonly text?: string;
  /** For tools that run images: what the user has confirmed. */
  readonly access?: VerifyAccess;
}
export type CallToolResult =
  | {
      readonly ok: true;
      /** According to the schema of the tool. */
      readonly data: Readonly<Record<string, unknown>>;
    }
  | Failed;

export interface CreateParams extends Pick<OptimizeParams, 'context' | 'level'> {
  /** Of the Dockerfile to create. */
  readonly uri: string;
  /** The name of the chosen program, if there are several. */
  readonly program?: string | undefined;
}
export type CreateResult =
  /** To choose from. */
  | { readonly ok: true; readonly programs: readonly { readonly name: string; readonly title: string }[] }
  | { readonly ok: true; readonly program: string; readonly created: CreatedFiles }
  | Failed;

export interface CreatedFiles {
  /** What the image is for: `FastAPI, Python 3.13`. */
  readonly title: string;
  readonly text: string;
  /** By path from the Dockerfile's folder. */
  readonly files: OptimizeResult['files'];
  readonly notes: readonly LineNote[];
  /** What is left to do by hand, and why: one sentence each. */
  readonly advice: readonly string[];
}

export interface ProjectFilesParams {
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}

export interface StatusParams {
  readonly uri: string;
  readonly findings: number;
  /** Why there are no findings. */
  readonly notChecked?: string;
  /** What its plan saves: `about 364 MB smaller`; undefined when no source gives a size. */
  readonly saving?: string;
  /** What its plan changes: `about 1.12 GB → about 109 MB on disk`. */
  readonly change?: string;
  /** Paths of what is in force; undefined: there is none. */
  readonly configuration?: string;
  readonly contextFolder?: string;
  /** The stage that is built; undefined: the last one. */
  readonly targetStage?: string;
}

export interface RulePageParams {
  readonly rule: string;
}
export interface RulePageResult {
  readonly markdown: string;
}

export interface RuleListResult {
  readonly rules: readonly ListedRule[];
}
export interface ListedRule {
  readonly id: string;
  /** Other tools' names for it. */
  readonly aliases: readonly string[];
  readonly description: string;
  /** According to the settings, if no configuration file says otherwise. */
  readonly isOn: boolean;
}

export interface MeasureParams {
  readonly uri: string;
  /** Also build the optimized Dockerfile. */
  readonly compare?: boolean;
}
export type MeasureResult = { readonly ok: true; readonly before: Measurement; readonly after?: Measurement } | Failed;

/** What the configuration of a document gives a verification besides the build context. */
export interface VerifyAccess {
  /** Runs on this machine, not in a container. */
  readonly command?: string | undefined;
  /** A service of the Compose file, which is started with what it depends on. */
  readonly compose?: string | undefined;
  /** Mounts as in `docker run --volume`. */
  readonly volumes: readonly string[];
}

export interface VerifyParams extends OptimizeParams {
  /** What the user has confirmed. */
  readonly access: VerifyAccess;
}
export type VerifyResult =
  | {
      readonly ok: true;
      readonly verification: Verification;
      /** The plan without the dropped steps. */
      readonly plan: OptimizeResult;
    }
  | Failed;

export interface VerifyProgressParams {
  readonly uri: string;
  /** For a person. */
  readonly text: string;
}

export interface AdviceParams {
  readonly uri: string;
  /** The advice of a dropped step, or the id of a rule to turn off. */
  readonly advice: Advice | { readonly ruleOff: string };
}
export type AdviceResult =
  | {
      readonly ok: true;
      /** The configuration file. */
      readonly path: string;
      /** Undefined: the file does not exist yet. */
      readonly before?: string;
      readonly after: string;
    }
  | Failed;

export interface ScanParams extends Pick<OptimizeParams, 'uri' | 'inlineLine'> {
  /** The base images of the file, or the image that is built from it. */
  readonly what: 'base' | 'built';
  /** Only return earlier reports, for both kinds: nothing is started. */
  readonly isKept?: boolean;
}
export type ScanResult = { readonly ok: true; readonly reports: readonly ScanReport[] } | Failed;

export type StageGraphParams = Pick<OptimizeParams, 'uri' | 'inlineLine'>;

export interface StageGraphResult {
  readonly nodes: readonly ShownNode[];
  readonly links: readonly ShownLink[];
}
export type ShownNode =
  | {
      readonly kind: 'stage';
      /** Its number, if it has no name. */
      readonly name: string;
      /** As written after FROM. */
      readonly base: string;
      /** 0-based. */
      readonly line: number;
      readonly instructions: number;
      /** False: a build leaves it out. */
      readonly isNeeded: boolean;
      readonly isTarget: boolean;
      /** For a person, with its basis; undefined: unknown. */
      readonly size?: string;
    }
  /** An image or a named context that files are copied from. */
  | { readonly kind: 'other'; readonly name: string };
export interface ShownLink {
  /** Places in the list of nodes. */
  readonly from: number;
  readonly to: number;
  readonly takes: readonly {
    readonly kind: 'base' | 'copy' | 'mount';
    /** As written; empty: everything. */
    readonly paths: readonly string[];
    /** 0-based. */
    readonly line: number;
  }[];
}

export interface RunsAgainParams {
  readonly files: readonly FileToCheck[];
  /** A file, or the instruction that begins on a 0-based line. */
  readonly changed: { readonly uri: string } | { readonly line: number };
}
export interface RunsAgainResult {
  readonly files: readonly ConcernedFile[];
}
export interface ConcernedFile {
  readonly uri: string;
  readonly path: string;
  readonly steps: readonly StepAgain[];
}

export type InputHistoryResult = { readonly ok: true; readonly history: PlannedHistory } | Failed;

/** The reason for a failure, in words for a person; with a remedy if there is one. */
export interface Failed {
  readonly ok: false;
  readonly reason: string;
  /** A page that explains how to get what is missing. */
  readonly url?: string;
  /** The user cancelled it. */
  readonly isCancelled?: boolean;
}

export interface EngineOutputParams {
  readonly text: string;
}

/** The data of a report page: the editor sends it as a message, a saved page contains it. */
export interface ReportPage {
  /** The language of texts, numbers and dates: `en`, `ja` … */
  readonly language: string;
  /** Translations, by English text. */
  readonly texts: Readonly<Record<string, string>>;
  readonly report: Report;
}
export type Report = MeasureReport | ScansReport | CheckReport | VerifyReport | GraphReport;

export interface MeasureReport {
  readonly kind: 'measure';
  /** A readable name of the Dockerfile. */
  readonly name: string;
  readonly before: Measurement;
  /** The measurement of the optimized Dockerfile. */
  readonly after?: Measurement;
  /** The plan's estimates without a build, in bytes of the whole image. */
  readonly estimate?: { readonly before?: number | undefined; readonly after?: number | undefined };
}

export interface ScansReport {
  readonly kind: 'scan';
  /** A readable name of the Dockerfile. */
  readonly name: string;
  readonly reports: readonly ScanReport[];
}

export interface VerifyReport {
  readonly kind: 'verify';
  /** A readable name of the Dockerfile. */
  readonly name: string;
  readonly verification: Verification;
}

export interface GraphReport {
  readonly kind: 'graph';
  /** A readable name of the Dockerfile. */
  readonly name: string;
  readonly graph: StageGraphResult;
}

export interface CheckReport {
  readonly kind: 'check';
  /** The name of the workspace. */
  readonly name: string;
  /** ISO 8601. */
  readonly checkedAt: string;
  readonly files: readonly CheckedFile[];
  /** There were more files than the limit. */
  readonly isCutOff: boolean;
}

export interface CheckFilesParams {
  readonly files: readonly FileToCheck[];
}
export interface FileToCheck {
  readonly uri: string;
  /** The path in the workspace, with `/`. */
  readonly path: string;
  /** The content, if the server cannot read the file itself. */
  readonly text?: string;
}
export interface CheckFilesResult {
  readonly files: readonly CheckedFile[];
}

export interface CheckSarifParams extends CheckFilesParams {
  /** The extension's version. */
  readonly version: string;
}
export interface CheckSarifResult {
  readonly text: string;
}

/** A file as `lint --format json` prints it, plus its URI. */
export interface CheckedFile extends FileFindings {
  readonly uri: string;
}
export interface FileFindings {
  readonly path: string;
  readonly findings: readonly ReportedFinding[];
  /** Why it could not be checked. */
  readonly error?: string;
}
