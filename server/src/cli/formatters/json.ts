import { reportedFinding } from '../../engine/reportedFinding';
import { createRuleNames } from '../../engine/ruleNames';
import type { FileFindings } from '../../protocol';
import { createLineIndex } from '../../text/lineIndex';
import type { Session } from '../session';
import { type CreateReporter, type LintedFile, portablePath } from './reporter';

/** The contract of docs/cli.md, version 1. */
export const jsonReporter: CreateReporter = (session) => {
  const toFindings = createFileFindings(session);
  const files: FileFindings[] = [];
  return {
    file(file) {
      files.push(toFindings(file));
    },
    end() {
      printJson(session, { version: 1, files });
    },
  };
};

export function printJson(session: Session, value: unknown): void {
  session.out(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** The reason why a run failed, for a person and for readers of the JSON. */
export function tellFailure(session: Session, error: string): void {
  session.fail(error);
  if (session.options.format === 'json') printJson(session, { version: 1, error });
}

/** Converts a file to the form in JSON and pages. */
export function createFileFindings({ engine }: Session): (file: LintedFile) => FileFindings {
  const aliases = new Map(createRuleNames(engine.rules).metas.map((meta) => [meta.id, meta.aliases]));
  return ({ path, text, findings, error }) => {
    const lines = createLineIndex(text);
    return {
      path: portablePath(path),
      findings: findings.map((finding) => reportedFinding(finding, lines, aliases.get(finding.ruleId) ?? [])),
      ...(error === undefined ? {} : { error }),
    };
  };
}
