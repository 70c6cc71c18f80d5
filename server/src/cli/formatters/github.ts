import { createLineIndex } from '../../text/lineIndex';
import { type CreateReporter, portablePath } from './reporter';

const LEVELS = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;

/** Workflow commands, which GitHub shows next to the lines of a pull request. */
export const githubReporter: CreateReporter = (session) => ({
  file({ path, text, findings, error }) {
    const file = escapeProperty(portablePath(path));
    if (error !== undefined) session.out(`::error file=${file}::${escapeData(error)}\n`);
    const lines = createLineIndex(text);
    for (const finding of findings) {
      const start = lines.positionAt(finding.span.start);
      const end = lines.positionAt(finding.span.end);
      const properties = [
        `file=${file}`,
        `line=${start.line + 1}`,
        `endLine=${end.line + 1}`,
        // GitHub supports columns only within one line.
        ...(start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : []),
        `title=${escapeProperty(finding.ruleId)}`,
      ];
      session.out(`::${LEVELS[finding.severity]} ${properties.join(',')}::${escapeData(finding.message)}\n`);
    }
  },
  end() {},
});

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
