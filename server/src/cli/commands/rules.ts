import type { RuleMeta } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { Failure } from '../failure';
import { printJson } from '../formatters/json';
import type { Session } from '../session';

export function rules(session: Session): number {
  if (session.options.operands.length > 0) throw new Failure('rules takes no path; explain tells about one rule');
  const metas = [...createRuleNames(session.engine.rules).metas].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (session.options.format === 'json') printJson(session, { version: 1, rules: metas.map(toJson) });
  else session.out(table(metas));
  return 0;
}

function toJson({ id, group, severity, recommended, fixable, aliases, docs }: RuleMeta): unknown {
  return { id, group, severity, recommended, fixable: fixable ?? null, aliases, description: docs.description };
}

function table(metas: readonly RuleMeta[]): string {
  const rows = metas.map((meta) => [
    meta.id,
    meta.recommended ? meta.severity : 'off',
    meta.fixable ?? '-',
    meta.docs.description,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}
