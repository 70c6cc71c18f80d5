import type { FileFindings } from '../../protocol';
import { choice, list, number, object, text } from './schema';
import { runCommand, SOURCE, sourceOf, type Tool } from './tool';

/** More would fill an agent's memory; whoever has mended these asks again. */
const LISTED = 100;

export const lintDockerfile: Tool = {
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
  async run(call, input) {
    const { lint } = await import('../commands/lint');
    const { json, ...others } = await runCommand<{ files: readonly FileFindings[] }>(
      call,
      lint,
      ['lint'],
      sourceOf(call, input),
    );
    const findings = json.files.flatMap((file) => file.findings);
    return {
      findings: findings.slice(0, LISTED).map(({ range, rule, severity, message, fixes: [fix] }) => ({
        line: range.start.line + 1,
        rule,
        severity,
        message,
        ...(fix && fix.safety !== 'manual' ? { fix: fix.safety } : {}),
      })),
      ...(findings.length > LISTED ? { more: findings.length - LISTED } : {}),
      ...others,
    };
  },
};
