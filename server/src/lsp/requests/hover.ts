import type { Hover, HoverParams, Position } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import type { Finding } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { rulePageUrl } from '../../engine/rulePageUrl';
import type { Localize } from '../../l10n/localize';
import { isAt } from '../../text/span';
import { fixTitle } from '../actions/findingActions';
import type { Analysis } from '../analyses';
import { FIX_COMMAND, OPTIMIZE_COMMAND, SHOW_RULE_COMMAND } from '../commandNames';
import { toRange } from '../convert';
import type { Explanation } from '../hover/explanation';
import { imageHover } from '../hover/imageHover';
import { languagePackageHover } from '../hover/languagePackageHover';
import { stageHover, variableHover } from '../hover/nameHover';
import { packageHover } from '../hover/packageHover';
import { pathHover } from '../hover/pathHover';
import { scanHover } from '../hover/scanHover';
import { syntaxHover } from '../hover/syntaxHover';
import type { Session } from '../session';

export function hover(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const analysis = session.analysisAt(textDocument.uri, position);
  return analysis ? hoverAt(session, analysis, position) : null;
}

/** What each finding under the cursor says, why, and what to do; then facts about what is there. */
function hoverAt(session: Session, analysis: Analysis, position: Position): Hover | null {
  const offset = analysis.lines.offsetAt(position);
  const found = findingsAt(session, analysis, offset);
  const subject =
    subjectAt(session, analysis, offset) ??
    (session.wantsLanguageFeatures ? elementAt(session.engine, analysis, offset) : undefined);
  if (!found && !subject) return null;
  const value = [found?.markdown, subject?.markdown].filter((part) => part !== undefined).join('\n\n---\n\n');
  const span = subject?.span ?? found?.span;
  return { contents: { kind: 'markdown', value }, ...(span ? { range: toRange(analysis.lines, span) } : {}) };
}

/** The image of a FROM, or an installed package. */
function subjectAt(session: Session, analysis: Analysis, offset: number): Explanation | undefined {
  const { engine, scans } = session;
  for (const stage of analysis.dockerfile.stages) {
    const image = stage.from.args[0]?.span;
    if (image && isAt(image, offset)) {
      const known = imageHover(stage, engine, session.registryLookups());
      const found = scanHover(analysis, stage, scans, engine.localize);
      const parts = [known, found].filter((part) => part !== undefined);
      return parts.length === 0 ? undefined : { markdown: parts.join('\n\n'), span: image };
    }
    const node = stage.instructions.find(({ span }) => isAt(span, offset));
    if (node) return packageHover(node, offset, engine.localize) ?? languagePackageHover(node, offset, engine.localize);
  }
  return undefined;
}

/** A name, a path, or a word of the syntax: what other extensions may explain too. */
function elementAt({ localize }: Engine, analysis: Analysis, offset: number): Explanation | undefined {
  const { dockerfile } = analysis;
  const outer = dockerfile.instructions.find(({ span }) => isAt(span, offset));
  if (!outer) return undefined;
  const node = outer.trigger && isAt(outer.trigger.span, offset) ? outer.trigger : outer;
  return (
    stageHover(analysis, offset, localize) ??
    variableHover(analysis, offset, localize) ??
    pathHover(analysis, node, offset, localize) ??
    syntaxHover(dockerfile, node, offset, localize)
  );
}

function findingsAt(session: Session, analysis: Analysis, offset: number): Explanation | undefined {
  const { engine } = session;
  const findings = analysis.findings.filter(({ span }) => isAt(span, offset));
  const [first] = findings;
  if (!first) return undefined;
  const { metas } = createRuleNames(engine.rules);
  const parts = findings.map((finding) => {
    const meta = finding.customRule ?? metas.find(({ id }) => id === finding.ruleId);
    const rationale = (meta && engine.docsOf(meta).rationale.split('\n\n', 1)[0]) ?? '';
    const links = session.isOurExtension ? [linksOf(analysis, finding, engine.localize)] : [];
    return [titleOf(finding), rationale, ...fixLines(finding, engine.localize), ...links].join('\n\n');
  });
  return { markdown: parts.join('\n\n---\n\n'), span: first.span };
}

/** Linked to its page, if it has one. */
function titleOf({ ruleId, customRule }: Finding): string {
  const [url] = customRule ? customRule.docs.references : [rulePageUrl(ruleId)];
  return url === undefined ? `**${ruleId}**` : `[**${ruleId}**](${url})`;
}

/** Commands of our extension, which alone runs them. */
function linksOf({ uri, lines, inside }: Analysis, finding: Finding, localize: Localize): string {
  const { ruleId, span, fixes, customRule } = finding;
  const { line, character } = lines.positionAt(span.start);
  // A bracket would end the link.
  const encoded = (given: unknown) =>
    encodeURIComponent(JSON.stringify(given)).replaceAll('(', '%28').replaceAll(')', '%29');
  const link = (title: string, command: string, ...given: unknown[]) =>
    `[${title}](command:${command}?${encoded(given)})`;
  const [first] = fixes;
  return [
    ...(first && first.safety !== 'manual'
      ? [link(localize('Fix'), FIX_COMMAND, uri, line, character, fixTitle(first, localize), ruleId)]
      : []),
    ...(customRule ? [] : [link(localize('Explain'), SHOW_RULE_COMMAND, ruleId)]),
    link(localize('Optimize Dockerfile'), OPTIMIZE_COMMAND, uri, ...(inside ? [line] : [])),
  ].join(' · ');
}

function fixLines({ fixes }: Finding, localize: Localize): string[] {
  return fixes.map(({ title, safety }) => {
    if (safety === 'safe') return localize('*Fix (safe):* {title}', { title });
    return safety === 'unsafe'
      ? localize('*Fix (may change behavior):* {title}', { title })
      : localize('*Manual change:* {title}', { title });
  });
}
