import type { ReportedFinding } from './engine/reportedFinding';
import type { Measurement } from './reports/measurement';
import type { ScanReport } from './reports/scanReport';

export type { ReportedFinding } from './engine/reportedFinding';
export type { Measurement } from './reports/measurement';
export type { ScanReport } from './reports/scanReport';

/** What client and server say to each other beside LSP; types only, so that the client may import them. */

/** What our extension tells at the start, as `initializationOptions`; other editors may give their settings there. */
export interface StartOptions {
  /** It has commands of its own, and reads what only it is told. */
  readonly isOurExtension: true;
  readonly isTrusted: boolean;
  /** Another extension completes, formats and renames in Dockerfiles. */
  readonly hasOtherLanguageServer: boolean;
  /** Where to keep what may be wanted in the next session. */
  readonly cacheFolder?: string;
  /** The address of the folder with the bundles, where the server cannot find it itself. */
  readonly bundleFolder?: string;
}

/** What the client asks the server, by method. */
export interface OwnRequests {
  /** A plan for an open document; null: it is not checked. Nothing is applied. */
  'dockerfile/optimize': { readonly params: OptimizeParams; readonly result: OptimizeResult | null };
  /** A rule's page, for a preview in the editor; null: there is no such rule. */
  'dockerfile/rulePage': { readonly params: RulePageParams; readonly result: RulePageResult | null };
  /** Every rule, in the order of their ids, in the user's language. */
  'dockerfile/rules': { readonly params: undefined; readonly result: RuleListResult };
  /** The findings of files that need not be open, each with its configuration; without ShellCheck. Null: it failed. */
  'dockerfile/checkFiles': { readonly params: CheckFilesParams; readonly result: CheckFilesResult | null };
  /** The same findings as a SARIF log, as `lint --format sarif` prints it. */
  'dockerfile/checkSarif': { readonly params: CheckSarifParams; readonly result: CheckSarifResult | null };
  /** Builds the document's file and reads the image back. Cancellable, only in trusted workspaces. */
  'dockerfile/measure': { readonly params: MeasureParams; readonly result: MeasureResult };
  /** Looks for known vulnerabilities with the scanner of the settings. Cancellable, only in trusted workspaces. */
  'dockerfile/scan': { readonly params: ScanParams; readonly result: ScanResult };
}

/** What the client tells the server: the parameters, by method. */
export interface ClientNotifications {
  /** All configurations and baselines of the folders of open documents, where the server cannot read them itself. */
  'dockerfile/projectFiles': ProjectFilesParams;
  /** The workspace is trusted from now on. */
  'dockerfile/trust': undefined;
  /** Whether another extension completes, formats and renames in Dockerfiles. */
  'dockerfile/otherLanguageServer': { readonly isThere: boolean };
}

/** What the server tells the client: the parameters, by method. */
export interface ServerNotifications {
  /** What the status bar shows for a document. */
  'dockerfile/status': StatusParams;
  /** What an engine or scanner writes while it works. */
  'dockerfile/engineOutput': EngineOutputParams;
}

export interface OptimizeParams {
  readonly uri: string;
  /** Step ids that the user switched off. */
  readonly without?: readonly string[];
  /** Leave out what may change behavior. */
  readonly safeOnly?: boolean;
  /** Only the stage whose FROM is on this line. */
  readonly stageLine?: number;
  /** The files beside the document, where the server cannot list them itself. */
  readonly context?:
    | {
        readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly text?: string }[];
        /** Folders that were not looked into; '' when the listing was cut off. */
        readonly unlisted: readonly string[];
      }
    | undefined;
}

export interface OptimizeResult {
  /** The document's version that the plan is for. */
  readonly version: number;
  readonly before: string;
  readonly after: string;
  readonly steps: readonly OptimizeStep[];
  readonly skipped: readonly {
    readonly id: string;
    readonly title: string;
    readonly reason: string;
    /** What speaks against it, what could break, or what a person has to decide. */
    readonly why: string;
  }[];
  /** Files beside the Dockerfile that belong to the plan. */
  readonly files: readonly { readonly path: string; readonly before?: string; readonly after: string }[];
  /** Of the final image. */
  readonly summary: { readonly before: ImageFigures; readonly after: ImageFigures };
}

export interface ImageFigures {
  /** Layers that the file itself adds. */
  readonly layers: number;
  /** RUN instructions that a changed source file makes run again. */
  readonly rebuiltSteps: number;
  /** About how large the base image is, unpacked, where a source gives it. */
  readonly baseBytes?: number;
  /** About how large the image is, unpacked, as far as it is known. */
  readonly imageBytes?: number;
}

export interface OptimizeStep {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly safety: 'safe' | 'unsafe';
  /** What could break. */
  readonly risk?: string;
  readonly impactBytes?: number;
  /** How many RUN instructions more a changed source file makes run again; negative is fewer. */
  readonly rebuiltSteps?: number;
  /** Paths of files beside the Dockerfile that it writes. */
  readonly files?: readonly string[];
  /** The step's edits as positions of the text that the steps before it left. */
  readonly edits: readonly {
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
    readonly newText: string;
  }[];
}

export interface ProjectFilesParams {
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}

export interface StatusParams {
  readonly uri: string;
  readonly findings: number;
  /** Estimated, of the fixes known so far; negative is saved; undefined when no source gives a figure. */
  readonly savingBytes?: number;
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
  /** By the settings, where no configuration file says otherwise. */
  readonly isOn: boolean;
}

export interface MeasureParams {
  readonly uri: string;
  /** Build what Optimize Dockerfile makes of it as well. */
  readonly compare?: boolean;
}
export type MeasureResult = { readonly ok: true; readonly before: Measurement; readonly after?: Measurement } | Failed;

export interface ScanParams {
  readonly uri: string;
  /** The images that the file is built on, or the one that is built from it. */
  readonly what: 'base' | 'built';
  /** Only what earlier scans have found in either of them: nothing is started. */
  readonly isKept?: boolean;
}
export type ScanResult = { readonly ok: true; readonly reports: readonly ScanReport[] } | Failed;

/** Why something did not come about, in words for a person; with what to do about it, where that is known. */
export interface Failed {
  readonly ok: false;
  readonly reason: string;
  /** A page that tells how to get what is missing. */
  readonly url?: string;
  /** The user did it. */
  readonly isCancelled?: boolean;
}

export interface EngineOutputParams {
  readonly text: string;
}

/** What the page that shows reports is given: the editor sends it as a message, a saved page holds it. */
export interface ReportPage {
  /** `en`, `ja` …: of the texts, the numbers and the dates. */
  readonly language: string;
  /** Translations by their English text. */
  readonly texts: Readonly<Record<string, string>>;
  readonly report: Report;
}
export type Report = MeasureReport | ScansReport | CheckReport;

export interface MeasureReport {
  readonly kind: 'measure';
  /** Of the Dockerfile, as a person knows it. */
  readonly name: string;
  readonly before: Measurement;
  /** Of what Optimize Dockerfile makes of it. */
  readonly after?: Measurement;
  /** What the plan says without a build, in bytes of the whole image. */
  readonly estimate?: { readonly before?: number | undefined; readonly after?: number | undefined };
}

export interface ScansReport {
  readonly kind: 'scan';
  /** Of the Dockerfile, as a person knows it. */
  readonly name: string;
  readonly reports: readonly ScanReport[];
}

export interface CheckReport {
  readonly kind: 'check';
  /** Of the workspace. */
  readonly name: string;
  /** ISO 8601. */
  readonly checkedAt: string;
  readonly files: readonly CheckedFile[];
  /** There were more than are looked at. */
  readonly isCutOff: boolean;
}

export interface CheckFilesParams {
  readonly files: readonly FileToCheck[];
}
export interface FileToCheck {
  readonly uri: string;
  /** In the workspace, with `/`. */
  readonly path: string;
  /** Where the server cannot read the file itself. */
  readonly text?: string;
}
export interface CheckFilesResult {
  readonly files: readonly CheckedFile[];
}

export interface CheckSarifParams extends CheckFilesParams {
  /** Of the extension. */
  readonly version: string;
}
export interface CheckSarifResult {
  readonly text: string;
}

/** A file as `lint --format json` prints it, with its address. */
export interface CheckedFile extends FileFindings {
  readonly uri: string;
}
export interface FileFindings {
  readonly path: string;
  readonly findings: readonly ReportedFinding[];
  /** Why it could not be checked. */
  readonly error?: string;
}
