import type { Finding, Fix, Severity } from '../../engine/rule';
import { createLineIndex } from '../../text/lineIndex';
import { codeFrame } from '../codeFrame';
import { type Colour, createColour } from '../colour';
import { countOf } from '../countOf';
import type { Session } from '../session';
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
      findings.push(...file.findings);
      for (const finding of file.findings) session.out(`${describe(file, finding, colour)}\n\n`);
    },
    end() {
      session.out(`${summary(findings, files, session)}\n`);
    },
  };
};

function describe({ path, text }: LintedFile, finding: Finding, colour: Colour): string {
  const { line, character } = createLineIndex(text).positionAt(finding.span.start);
  const place = `${path === '-' ? '<stdin>' : path}:${line + 1}:${character + 1}`;
  const severity = colour.severity(finding.severity, finding.severity);
  const mark = (marked: string) => colour.severity(finding.severity, marked);
  return [
    `${colour.bold(place)} ${severity} ${finding.message} ${colour.dim(`[${finding.ruleId}]`)}`,
    codeFrame(text, finding.span, colour, mark),
    ...finding.fixes.slice(0, 1).map((fix) => colour.dim('  = ') + fixLine(fix, colour)),
  ].join('\n');
}

function fixLine({ title, safety }: Fix, colour: Colour): string {
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
  const target = options.operands.join(' ');
  const next =
    safe + unsafe > 0 ? `\nRewrite: dockerfile-optimizer optimize${target === '' ? ' .' : ` ${target}`}` : '';
  return `${countOf(findings.length, 'finding')} ${where}: ${bySeverity.join(', ')}${fixes === '' ? '' : `; ${fixes}`}${next}`;
}
