import type { Finding } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { createLineIndex, type LineIndex } from '../../text/lineIndex';
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
    findings: findings.map((finding) => findingToJson(finding, lines, aliases.get(finding.ruleId) ?? [])),
    ...(error === undefined ? {} : { error }),
  };
}

function findingToJson(finding: Finding, lines: LineIndex, aliases: readonly string[]): unknown {
  return {
    rule: finding.ruleId,
    ...(finding.code === undefined ? {} : { code: finding.code }),
    aliases,
    severity: finding.severity,
    message: finding.message,
    range: { start: lines.positionAt(finding.span.start), end: lines.positionAt(finding.span.end) },
    fixes: finding.fixes.map(({ title, safety }) => ({ title, safety })),
  };
}
