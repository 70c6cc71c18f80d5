import { createLineIndex } from '../../text/lineIndex';
import { type CreateReporter, type LintedFile, portablePath } from './reporter';
import { element, xmlDocument } from './xml';

const SEVERITIES = { error: 'error', warning: 'warning', info: 'info', hint: 'info' } as const;
const TOOL = 'dockerfile-optimizer';

/** Checkstyle's XML, which Jenkins, reviewdog and others read. */
export const checkstyleReporter: CreateReporter = (session) => {
  const files: string[] = [];
  return {
    file(file) {
      files.push(element('file', { name: portablePath(file.path) }, errorsOf(file)));
    },
    end() {
      session.out(xmlDocument(element('checkstyle', { version: '4.3' }, files)));
    },
  };
};

function errorsOf({ text, findings, error }: LintedFile): readonly string[] {
  if (error !== undefined) return [element('error', { line: 1, severity: 'error', message: error, source: TOOL })];
  const lines = createLineIndex(text);
  return findings.map(({ ruleId, severity, message, span }) => {
    const { line, character } = lines.positionAt(span.start);
    return element('error', {
      line: line + 1,
      column: character + 1,
      severity: SEVERITIES[severity],
      message,
      source: `${TOOL}.${ruleId}`,
    });
  });
}
