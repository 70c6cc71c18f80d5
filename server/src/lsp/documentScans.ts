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

/** As many as a person looks at. */
const WORST = 3;

/** What scans have found, as documents see it: without what their ignore files name. */
export interface DocumentScans {
  forEngine(uri: string): ImageScans;
  /** On the image of a FROM. */
  reportOn(uri: string, stage: Stage): ScanReport | undefined;
  /** All that is known of the images that a file is built on and of the one that it makes; each image once. */
  reportsOn(uri: string, dockerfile: DockerfileModel): readonly ScanReport[];
  /** On newer tags of the same line, those with fewer vulnerabilities. */
  betterThan(uri: string, stage: Stage): readonly BetterTag[];
  /** What was just found, with notes on the ignore files. */
  withoutIgnored(uri: string, reports: readonly ScanReport[]): readonly ScanReport[];
  /** After ignore files or settings have changed. */
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
  /** From which severity on it is told. */
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
  return /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1];
}
