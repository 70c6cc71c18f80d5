import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { baseImages } from '../../dockerfile/baseImages';
import { bottomStage } from '../../dockerfile/lineage';
import type { DockerfileModel } from '../../dockerfile/model';
import { parseDockerfile } from '../../dockerfile/parse';
import { defaultRuleSettings, type RuleSettings } from '../../engine/ruleSettings';
import { findEngine } from '../../images/engines/findEngine';
import { scanDockerfile } from '../../images/scanDockerfile';
import { findScanner } from '../../images/scanners/findScanner';
import { findIgnoreFiles, readIgnoreFile } from '../../images/scanners/ignoreFiles';
import { scanImages } from '../../images/scanners/scanImages';
import { MAIN_DOCKERFILES } from '../../project/fileNames';
import { applyIgnoreFiles, type IgnoreFile } from '../../reports/ignoreFile';
import type { MadeLayer } from '../../reports/keptScans';
import type { Outcome } from '../../reports/outcome';
import { readReport } from '../../reports/readReport';
import type { ScanReport } from '../../reports/scanReport';
import type { Scanned } from '../../reports/scanRequest';
import { isAtLeast } from '../../reports/vulnerabilities';
import { now } from '../../system/clock';
import { createLineIndex } from '../../text/lineIndex';
import { engineChoiceOf } from '../engineChoice';
import { Failure } from '../failure';
import { tellFailure } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import { printScanHtml } from '../formatters/scanHtml';
import { printScanJson } from '../formatters/scanJson';
import { printScanSarif } from '../formatters/scanSarif';
import { printScanText } from '../formatters/scanText';
import { imageBuildOf } from '../imageBuild';
import type { Format } from '../options';
import type { ReadResult } from '../readFile';
import { readReportFile } from '../readReportFile';
import type { ScannedImage } from '../scannedImage';
import type { Session } from '../session';
import { tellProblem } from '../tellProblem';

interface Source {
  readonly path: string;
  readonly text: string;
  readonly settings: RuleSettings;
  readonly dockerfile: DockerfileModel;
}

const PRINT: Readonly<Partial<Record<Format, typeof printScanText>>> = {
  json: printScanJson,
  sarif: printScanSarif,
  html: printScanHtml,
};

/** Exit code: 0, or 1 when a vulnerability is at or over --fail-on-severity; the caller turns failures into 2. */
export async function scan(session: Session): Promise<number> {
  const { scan: wanted, operands, format } = session.options;
  const { localize } = session.engine;
  if (operands.length > 1) throw new Failure(localize('scan requires one Dockerfile'));
  const isNamed = wanted.image !== undefined || wanted.reportPath !== undefined;
  const source = operands.length > 0 || !isNamed ? readSource(session, operands[0] ?? '.') : undefined;
  if (session.failures.size > 0) return 2;
  const outcome = await session.interruptible((signal) => reportsOf(session, source, signal));
  if (!outcome.ok) return tellProblem(session, undefined, outcome);
  const ignored = applyIgnoreFiles(outcome.value.reports, ignoreFilesOf(session, source), { now: now(), localize });
  const reports = ignored.map((report) => onlyWanted(report, session));
  const images = reports.map((report) => placed(report, source, outcome.value.layers));
  (PRINT[format] ?? printScanText)(session, images);
  const { failOn } = wanted;
  const rows = reports.flatMap(({ vulnerabilities }) => vulnerabilities);
  return failOn !== undefined && rows.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

/** A file, or the Dockerfile of a folder; undefined when it cannot be read, which is reported. */
function readSource(session: Session, operand: string): Source | undefined {
  const { localize } = session.engine;
  const path = fileOf(operand);
  const file: ReadResult =
    path === undefined ? { ok: false, reason: localize('no Dockerfile in this folder') } : session.readDockerfile(path);
  if (path === undefined || !file.ok) {
    tellFailure(session, `${path ?? operand}: ${file.ok ? '' : file.reason}`);
    return undefined;
  }
  const { settings } = session.lintOptions(path).config ?? { settings: defaultRuleSettings };
  return { path, text: file.text, settings, dockerfile: parseDockerfile(file.text, settings) };
}

function fileOf(operand: string): string | undefined {
  if (operand === '-' || !existsSync(operand) || !statSync(operand).isDirectory()) return operand;
  return MAIN_DOCKERFILES.map((name) => join(operand, name)).find(existsSync);
}

async function reportsOf(session: Session, source: Source | undefined, signal: AbortSignal): Promise<Outcome<Scanned>> {
  const { options, engine } = session;
  const { localize } = engine;
  const { image, reportPath, scanner, isBuilt } = options.scan;
  if (reportPath !== undefined) {
    const file = readReportFile(reportPath, localize);
    const read = file.ok ? readReport(file.text, { readAt: now(), localize }) : file;
    return read.ok
      ? { ok: true, value: { reports: [read.report], layers: [] } }
      : { ok: false, reason: `${reportPath}: ${read.reason}` };
  }
  const choice = engineChoiceOf(options.engine);
  // Progress output is only for a person who waits.
  const onOutput = process.stderr.isTTY === true ? session.err : undefined;
  if (image !== undefined) {
    if (!/^[a-z0-9]/i.test(image))
      throw new Failure(localize('--image {image}: not a valid image reference', { image }));
    const found = await findScanner(scanner, { localize, now }, () => findEngine(choice, localize, signal));
    if (!found.ok) return found;
    const reports = await scanImages(found.value, [{ image }], { signal, onOutput }, localize);
    return reports.ok ? { ok: true, value: { reports: reports.value, layers: [] } } : reports;
  }
  const { path = '-', text = '', settings = defaultRuleSettings } = source ?? {};
  return scanDockerfile(
    {
      what: isBuilt ? 'built' : 'base',
      name: path === '-' ? '<stdin>' : portablePath(path),
      ...imageBuildOf(session, { path, text }),
      contexts: settings.contexts,
      scanner,
      onOutput,
    },
    signal,
  );
}

/** The file from the option, else the nearest one, from the Dockerfile's folder up to the current folder. */
function ignoreFilesOf({ options }: Session, source: Source | undefined): readonly IgnoreFile[] {
  const { ignoreFilePath } = options.scan;
  if (ignoreFilePath !== undefined) return [readIgnoreFile(ignoreFilePath)];
  const here = resolve('.');
  const folder = source === undefined || source.path === '-' ? here : dirname(resolve(source.path));
  return findIgnoreFiles(folder, here);
}

function onlyWanted(report: ScanReport, { options }: Session): ScanReport {
  const { severities, isFixable } = options.scan;
  const vulnerabilities = report.vulnerabilities.filter(
    ({ severity, fixedVersion }) =>
      (severities === undefined || severities.includes(severity)) && (!isFixable || fixedVersion !== undefined),
  );
  return { ...report, vulnerabilities };
}

/** Finds the place by the image's name; any other report is about the image that the file builds. */
function placed(report: ScanReport, source: Source | undefined, layers: readonly MadeLayer[]): ScannedImage {
  if (!source) return { report, source: undefined };
  const { path, text, dockerfile } = source;
  const found = baseImages(dockerfile).images.find((image) => image.text === report.image);
  const from = (found?.stages[0] ?? bottomStage(dockerfile))?.from;
  if (!from) return { report, source: undefined };
  const nodes = new Map(dockerfile.instructions.map((node) => [node.span.start, node]));
  const made = new Map(
    layers.flatMap(({ digest, span }) => {
      const node = nodes.get(span.start);
      return node ? [[digest, node] as const] : [];
    }),
  );
  return { report, source: { path, lines: createLineIndex(text), from, layers: made } };
}
