import type { Hover, Position } from 'vscode-languageserver';
import type { Engine } from '../engine/engine';
import type { Finding, Fix } from '../engine/rule';
import { createRuleNames } from '../engine/ruleNames';
import { rulePageUrl } from '../engine/rulePageUrl';
import { toRange } from './convert';
import type { Analysis } from './documents';

/** Why each finding under the cursor is one, and what its fixes are. */
export function hoverAt(engine: Engine, analysis: Analysis, position: Position): Hover | undefined {
  const offset = analysis.lines.offsetAt(position);
  const findings = analysis.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const [first] = findings;
  if (!first) return undefined;
  const { metas } = createRuleNames(engine.rules);
  const parts = findings.map((finding) => {
    const meta = metas.find(({ id }) => id === finding.ruleId);
    const rationale = meta?.docs.rationale.split('\n\n', 1)[0] ?? '';
    return [
      `**${finding.message}** · [${finding.ruleId}](${rulePageUrl(finding.ruleId)})`,
      rationale,
      ...fixLines(finding),
    ].join('\n\n');
  });
  return {
    contents: { kind: 'markdown', value: parts.join('\n\n---\n\n') },
    range: toRange(analysis.lines, first.span),
  };
}

const LABELS: Readonly<Record<Fix['safety'], string>> = {
  safe: 'Fix (safe)',
  unsafe: 'Fix (may change behaviour)',
  manual: 'By hand',
};

function fixLines({ fixes }: Finding): string[] {
  return fixes.map(({ title, safety }) => `*${LABELS[safety]}:* ${title}`);
}
