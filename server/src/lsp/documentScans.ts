import { imageText } from '../dockerfile/imageReference';
import { bottomStage } from '../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { FoundVulnerabilities, ImageScans } from '../engine/imageScans';
import type { Localize } from '../l10n/localize';
import { applyIgnoreFiles, type IgnoreFile } from '../reports/ignoreFile';
import type { KeptScans } from '../reports/keptScans';
import { isNewerTag } from '../reports/newerTag';
import { placeRows } from '../reports/placeRows';
import type { ScanReport, Vulnerability, VulnerabilitySeverity } from '../reports/scanReport';
import { countsText } from '../reports/severityText';
import { countBySeverity, isAtLeast, worstOf } from '../reports/vulnerabilities';

/** As many as a person reads. */
const WORST = 3;

/** Scan results for documents, without the vulnerabilities that their ignore files list. */
export interface DocumentScans {
  forEngine(uri: string): ImageScans;
  /** The report on the image of a FROM. */
  reportOn(uri: string, stage: Stage): ScanReport | undefined;
  /** All reports on a file's base images and on the image that it builds; one per image. */
  reportsOn(uri: string, dockerfile: DockerfileModel): readonly ScanReport[];
  /** Newer tags of the same line that have fewer vulnerabilities. */
  betterThan(uri: string, stage: Stage): readonly BetterTag[];
  /** New reports without ignored vulnerabilities, with notes on the ignore files. */
  withoutIgnored(uri: string, reports: readonly ScanReport[]): readonly ScanReport[];
  /** Call it after ignore files or settings have changed. */
  forget(): void;
}

export interface BetterTag {
  readonly image: string;
  readonly scannedAt: string;
  readonly fewer: number;
}

export interface DocumentScansSetup {
  readonly kept: KeptScans;
  readonly localize: Localize;
  ignoreFilesOf(uri: string): readonly IgnoreFile[];
  /** The lowest severity that is reported. */
  threshold(): VulnerabilitySeverity;
}

export function createDocumentScans({ kept, localize, ignoreFilesOf, threshold }: DocumentScansSetup): DocumentScans {
  const files = new Map<string, readonly IgnoreFile[]>();
  let shown = new WeakMap<ScanReport, Map<string, ScanReport>>();
  const filesOf = (uri: string): readonly IgnoreFile[] => {
    const known = files.get(uri) ?? ignoreFilesOf(uri);
    files.set(uri, known);
    return known;
  };
  const withoutIgnored = (uri: string, reports: readonly ScanReport[]) =>
    applyIgnoreFiles(reports, filesOf(uri), { now: new Date(), localize });
  const seenFrom = (uri: string, report: ScanReport): ScanReport => {
    const byDocument = shown.get(report) ?? new Map<string, ScanReport>();
    shown.set(report, byDocument);
    const known = byDocument.get(uri) ?? withoutIgnored(uri, [report])[0] ?? report;
    byDocument.set(uri, known);
    return known;
  };
  const reportOn = (uri: string, { base }: Stage): ScanReport | undefined => {
    const report = base.kind === 'image' ? kept.onImage(imageText(base.image)) : undefined;
    return report && seenFrom(uri, report);
  };
  const summaryOf = (
    { image, scannedAt }: ScanReport,
    rows: readonly Vulnerability[],
  ): FoundVulnerabilities | undefined => {
    if (!rows.some(({ severity }) => isAtLeast(severity, threshold()))) return undefined;
    const counts = countsText(countBySeverity(rows), localize);
    return { image, counts, scannedOn: scannedAt.slice(0, 10), worst: worstOf(rows, WORST) };
  };
  const foundIn = (uri: string, dockerfile: DockerfileModel): ReadonlyMap<Instruction, FoundVulnerabilities> => {
    const found = new Map<Instruction, FoundVulnerabilities>();
    const add = (node: Instruction, report: ScanReport, rows: readonly Vulnerability[]): void => {
      const summary = found.has(node) ? undefined : summaryOf(report, rows);
      if (summary) found.set(node, summary);
    };
    for (const stage of dockerfile.stages) {
      const report = reportOn(uri, stage);
      if (report) add(stage.from, report, report.vulnerabilities);
    }
    const built = kept.onBuilt(uri, dockerfile);
    const from = bottomStage(dockerfile)?.from;
    if (!built || !from) return found;
    const report = seenFrom(uri, built.report);
    for (const [node, rows] of placeRows(report.vulnerabilities, from, built.layers)) add(node, report, rows);
    return found;
  };
  return {
    forEngine: (uri) => ({ foundIn: (dockerfile) => foundIn(uri, dockerfile) }),
    reportOn,
    reportsOn(uri, dockerfile) {
      const built = kept.onBuilt(uri, dockerfile);
      const reports = dockerfile.stages.flatMap((stage) => reportOn(uri, stage) ?? []);
      return [...new Set([...reports, ...(built ? [seenFrom(uri, built.report)] : [])])];
    },
    withoutIgnored,
    betterThan(uri, stage) {
      const own = reportOn(uri, stage);
      if (!own || stage.base.kind !== 'image') return [];
      const { tag } = stage.base.image;
      return kept
        .besides(stage.base.image)
        .filter((other) => isNewerTag(tagOf(other.image), tag))
        .map((other) => seenFrom(uri, other))
        .flatMap(({ image, scannedAt, vulnerabilities }) => {
          const fewer = own.vulnerabilities.length - vulnerabilities.length;
          return fewer > 0 ? [{ image, scannedAt, fewer }] : [];
        });
    },
    forget() {
      files.clear();
      shown = new WeakMap();
    },
  };
}

function tagOf(image: string): string | undefined {
  // Bounded: a path, or a word of a report or of an answer.
  return /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1];
}
