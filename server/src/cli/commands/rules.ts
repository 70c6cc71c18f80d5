import type { RuleMeta } from '../../engine/rule';
import { ruleSetOf } from '../../engine/ruleSet';
import { Failure } from '../failure';
import { printJson } from '../formatters/json';
import type { Session } from '../session';

export function rules(session: Session): number {
  if (session.options.operands.length > 0)
    throw new Failure(session.engine.localize('rules takes no path; to see one rule, use explain'));
  const { customRules } = session.configurationFor('Dockerfile');
  const metas = [...ruleSetOf(session.engine.rules, customRules).names.metas].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (session.options.format === 'json')
    printJson(session, { version: 1, rules: metas.map((meta) => toJson(meta, session)) });
  else session.out(table(metas, session));
  return 0;
}

function toJson(meta: RuleMeta, { engine }: Session): unknown {
  const { id, group, severity, recommended, fixable, aliases } = meta;
  const { description } = engine.docsOf(meta);
  return { id, group, severity, recommended, fixable: fixable ?? null, aliases, description };
}

function table(metas: readonly RuleMeta[], { engine }: Session): string {
  const rows = metas.map((meta) => [
    meta.id,
    meta.recommended ? meta.severity : 'off',
    meta.fixable ?? '-',
    engine.docsOf(meta).description,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}
