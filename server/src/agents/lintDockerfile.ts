import type { ReportedFinding } from '../engine/reportedFinding';
import { SOURCE } from './inputs';
import { choice, list, number, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

/** More would fill an agent's memory; whoever has fixed these asks again. */
const LISTED = 100;

export const lintInterface: ToolInterface = {
  name: 'lint_dockerfile',
  title: 'Lint Dockerfile',
  description:
    'Find what is wrong, insecure, slow or large in a Dockerfile. A finding with `fix: safe` is mended by fix_dockerfile, with `fix: unsafe` by its option `unsafe`, the others by you.',
  inputSchema: object(SOURCE, []),
  outputSchema: object(
    {
      findings: list(
        object(
          {
            line: number('From 1'),
            rule: text('For explain_rule'),
            severity: choice(['error', 'warning', 'info', 'hint']),
            message: text(),
            fix: choice(['safe', 'unsafe']),
          },
          ['line', 'rule', 'severity', 'message'],
        ),
      ),
      more: number('Findings that are not listed'),
      problems: list(text('What is wrong with the configuration')),
    },
    ['findings'],
  ),
  isReadOnly: true,
  isOnline: false,
};

export function lintAnswer(findings: readonly ReportedFinding[]): ToolData {
  return {
    findings: findings.slice(0, LISTED).map(({ range, rule, severity, message, fixes: [fix] }) => ({
      line: range.start.line + 1,
      rule,
      severity,
      message,
      ...(fix && fix.safety !== 'manual' ? { fix: fix.safety } : {}),
    })),
    ...(findings.length > LISTED ? { more: findings.length - LISTED } : {}),
  };
}
