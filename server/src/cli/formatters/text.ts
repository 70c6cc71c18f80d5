import type { Finding, Fix, Severity } from '../../engine/rule';
import { createLineIndex, type LineIndex } from '../../text/lineIndex';
import { codeFrame } from '../codeFrame';
import { type Colour, createColour } from '../colour';
import { countOf } from '../countOf';
import type { Session } from '../session';
import { printable } from '../terminalText';
import type { CreateReporter, LintedFile } from './reporter';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export const textReporter: CreateReporter = (session) => {
  const colour = createColour(session.hasColour);
  const findings: Finding[] = [];
  let files = 0;
  return {
    file(file) {
      if (file.error !== undefined) return;
      files++;
      const lines = createLineIndex(file.text);
      for (const finding of file.findings) {
        findings.push(finding);
        session.out(`${describe(file, lines, finding, colour)}\n\n`);
      }
    },
    end() {
      if (files > 0) session.out(`${summary(findings, files, session)}\n`);
    },
  };
};

function describe({ path, text }: LintedFile, lines: LineIndex, finding: Finding, colour: Colour): string {
  const { line, character } = lines.positionAt(finding.span.start);
  const place = `${path === '-' ? '<stdin>' : printable(path)}:${line + 1}:${character + 1}`;
  const severity = colour.severity(finding.severity, finding.severity);
  const mark = (marked: string) => colour.severity(finding.severity, marked);
  return [
    `${colour.bold(place)} ${severity} ${printable(finding.message)} ${colour.dim(`[${finding.ruleId}]`)}`,
    codeFrame(text, lines, finding.span, colour, mark),
    ...finding.related.map((note) => colour.dim('  = ') + noteLine(note, lines)),
    ...finding.fixes.slice(0, 1).map((fix) => colour.dim('  = ') + fixLine(fix, colour)),
  ].join('\n');
}

function noteLine({ message, span }: Finding['related'][number], lines: LineIndex): string {
  return `line ${lines.positionAt(span.start).line + 1}: ${printable(message)}`;
}

function fixLine(fix: Fix, colour: Colour): string {
  const { safety } = fix;
  const title = printable(fix.title);
  if (safety === 'safe') return `${colour.green('fix')}: ${title}`;
  if (safety === 'unsafe') return `${colour.cyan('fix --unsafe')}: ${title} (may change behaviour)`;
  return `${colour.bold('by hand')}: ${title}`;
}

function summary(findings: readonly Finding[], files: number, { options }: Session): string {
  const where = `in ${countOf(files, 'file')}`;
  if (findings.length === 0) return `No findings ${where}`;
  const bySeverity = SEVERITIES.map(
    (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) =>
      countOf(count, severity === 'info' ? 'info' : severity, severity === 'info' ? 'info' : undefined),
    );
  const fixable = (safety: Fix['safety']) => findings.filter((finding) => finding.fixes[0]?.safety === safety).length;
  const [safe, unsafe] = [fixable('safe'), fixable('unsafe')];
  const fixes = [
    ...(safe > 0 ? [`${safe} fixable with \`fix\``] : []),
    ...(unsafe > 0 ? [`${unsafe} with \`fix --unsafe\``] : []),
  ].join(', ');
  const next = safe + unsafe > 0 ? `\nRewrite: dockerfile-optimizer optimize ${pathsToRepeat(options.operands)}` : '';
  return `${countOf(findings.length, 'finding')} ${where}: ${bySeverity.join(', ')}${fixes === '' ? '' : `; ${fixes}`}${next}`;
}

/** The paths as a shell takes them; of many, as pre-commit hooks give them, none. */
function pathsToRepeat(operands: readonly string[]): string {
  if (operands.length === 0) return '.';
  if (operands.length > 3) return '…';
  return operands.map((path) => (/^[\w./\\:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)).join(' ');
}
