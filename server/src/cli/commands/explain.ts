import { unknownRule } from '../../engine/config';
import type { CustomRule } from '../../engine/customRule';
import type { RuleMeta } from '../../engine/rule';
import { renderRulePage } from '../../engine/rulePage';
import { ruleSetOf } from '../../engine/ruleSet';
import { say } from '../../l10n/phrase';
import { createColour } from '../colour';
import { Failure } from '../failure';
import type { Session } from '../session';

export function explain(session: Session): number {
  const { localize } = session.engine;
  const [name, ...others] = session.options.operands;
  if (name === undefined || others.length > 0)
    throw new Failure(localize('explain requires one rule, for example no-root-user'));
  const { metas, customRules } = metasNamed(session, name);
  for (const meta of metas) session.out(plain(renderRulePage(meta, session.engine, customRules), session));
  return 0;
}

/**
 * The rules with a name, in any tool.
 * @throws Failure when there are none
 */
export function metasNamed(
  session: Session,
  name: string,
): { readonly metas: readonly RuleMeta[]; readonly customRules: readonly CustomRule[] } {
  const { customRules } = session.configurationFor('Dockerfile');
  const { names } = ruleSetOf(session.engine.rules, customRules);
  const metas = names.metasOf(name);
  if (metas.length === 0) throw new Failure(say(session.engine.localize, unknownRule(name, names.nearestTo(name))));
  return { metas, customRules };
}

/** Markdown for a terminal: headings bold, code indented, no fences. */
function plain(markdown: string, session: Session): string {
  const colour = createColour(session.hasColour);
  let isCode = false;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isCode = !isCode;
    else if (isCode) lines.push(`    ${colour.cyan(line)}`);
    else if (line.startsWith('#')) lines.push(colour.bold(line.replace(/^#+ /, '')));
    else lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}
