import { isApplied } from '../../engine/fixChoices';
import type { Finding, Fix, Severity } from '../../engine/rule';
import type { Localize } from '../../l10n/localize';
import { createLineIndex, type LineIndex } from '../../text/lineIndex';
import { codeFrame } from '../codeFrame';
import { type Colour, createColour } from '../colour';
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
      let described = '';
      for (const finding of file.findings) {
        findings.push(finding);
        described += `${describe(file, lines, finding, colour, session.engine.localize)}\n\n`;
      }
      if (described !== '') session.out(described);
    },
    end() {
      if (files > 0) session.out(`${summary(findings, files, session)}\n`);
    },
  };
};

function describe(
  { path, text }: LintedFile,
  lines: LineIndex,
  finding: Finding,
  colour: Colour,
  localize: Localize,
): string {
  const { line, character } = lines.positionAt(finding.span.start);
  const place = `${path === '-' ? '<stdin>' : printable(path)}:${line + 1}:${character + 1}`;
  const severity = colour.severity(finding.severity, finding.severity);
  const mark = (marked: string) => colour.severity(finding.severity, marked);
  return [
    `${colour.bold(place)} ${severity} ${printable(finding.message)} ${colour.dim(`[${finding.ruleId}]`)}`,
    codeFrame(text, lines, finding.span, colour, mark),
    ...finding.related.map((note) => colour.dim('  = ') + noteLine(note, lines, localize)),
    ...finding.fixes.slice(0, 1).map((fix) => colour.dim('  = ') + fixLine(fix, colour, localize)),
  ].join('\n');
}

function noteLine({ message, span }: Finding['related'][number], lines: LineIndex, localize: Localize): string {
  const line = lines.positionAt(span.start).line + 1;
  return localize('line {line}: {message}', { line, message: printable(message) });
}

function fixLine(fix: Fix, colour: Colour, localize: Localize): string {
  const { safety, choice } = fix;
  const title = printable(fix.title);
  if (choice === 'explicit') return `${colour.cyan(localize('in the editor'))}: ${title}`;
  if (choice === 'always' || safety === 'safe') return `${colour.green('fix')}: ${title}`;
  if (safety === 'unsafe')
    return `${colour.cyan('fix --unsafe')}: ${localize('{title} (may change behavior)', { title })}`;
  return `${colour.bold(localize('manual'))}: ${title}`;
}

export function summary(
  findings: readonly Finding[],
  count: number,
  { options, engine: { localize } }: Session,
): string {
  const files = count === 1 ? localize('1 file') : localize('{count} files', { count });
  if (findings.length === 0) return localize('No findings in {files}', { files });
  const severities = SEVERITIES.map(
    (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
  )
    .filter(([, ofIt]) => ofIt > 0)
    .map(([severity, ofIt]) => countOf(severity, ofIt, localize))
    .join(localize(', '));
  const fixable = (upTo: 'safe' | 'unsafe') =>
    findings.filter(({ fixes: [first] }) => first !== undefined && isApplied(first, upTo)).length;
  const safe = fixable('safe');
  const unsafe = fixable('unsafe') - safe;
  const fixes = [
    ...(safe > 0 ? [localize('{count} fixable with `fix`', { count: safe })] : []),
    ...(unsafe > 0 ? [localize('{count} with `fix --unsafe`', { count: unsafe })] : []),
  ].join(localize(', '));
  const data = { findings: findings.length, files, severities };
  const found =
    findings.length === 1
      ? localize('1 finding in {files}: {severities}', data)
      : localize('{findings} findings in {files}: {severities}', data);
  const paths = pathsToRepeat(options.operands);
  return [
    fixes === '' ? found : localize('{found}; {fixes}', { found, fixes }),
    ...(safe + unsafe > 0 ? [localize('Rewrite: dockerfile-optimizer optimize {paths}', { paths })] : []),
  ].join('\n');
}

function countOf(severity: Severity, count: number, localize: Localize): string {
  if (severity === 'info') return localize('{count} info', { count });
  if (severity === 'error') return count === 1 ? localize('1 error') : localize('{count} errors', { count });
  if (severity === 'warning') return count === 1 ? localize('1 warning') : localize('{count} warnings', { count });
  return count === 1 ? localize('1 hint') : localize('{count} hints', { count });
}

/** The paths, quoted for a shell; `…` if there are many, as from pre-commit hooks. */
function pathsToRepeat(operands: readonly string[]): string {
  if (operands.length === 0) return '.';
  if (operands.length > 3) return '…';
  return operands.map((path) => (/^[\w./\\:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)).join(' ');
}
