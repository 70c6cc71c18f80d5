import { reportedFinding } from '../../engine/reportedFinding';
import { createRuleNames } from '../../engine/ruleNames';
import { createLineIndex } from '../../text/lineIndex';
import type { Session } from '../session';
import { type CreateReporter, type LintedFile, portablePath } from './reporter';

/** The contract of docs/cli.md, version 1. */
export const jsonReporter: CreateReporter = (session) => {
  const aliases = new Map(createRuleNames(session.engine.rules).metas.map((meta) => [meta.id, meta.aliases]));
  const files: unknown[] = [];
  return {
    file(file) {
      files.push(toJson(file, aliases));
    },
    end() {
      printJson(session, { version: 1, files });
    },
  };
};

export function printJson(session: Session, value: unknown): void {
  session.out(`${JSON.stringify(value, undefined, 2)}\n`);
}

function toJson({ path, text, findings, error }: LintedFile, aliases: ReadonlyMap<string, readonly string[]>): unknown {
  const lines = createLineIndex(text);
  return {
    path: portablePath(path),
    findings: findings.map((finding) => reportedFinding(finding, lines, aliases.get(finding.ruleId) ?? [])),
    ...(error === undefined ? {} : { error }),
  };
}
