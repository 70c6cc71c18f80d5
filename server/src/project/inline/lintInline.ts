import type { DockerfileModel } from '../../dockerfile/model';
import type { EffectiveConfig } from '../../engine/config';
import type { Engine, LintResult } from '../../engine/engine';
import { byHand } from '../../engine/lint';
import type { Finding, Fix } from '../../engine/rule';
import { applyEdits } from '../../text/edits';
import { type Span, spansMeet, spansOverlap } from '../../text/span';
import { type LintBuildsOptions, lintBuilds } from '../lintBuilds';
import type { InlineDockerfile } from './inlineDockerfile';

/** The findings in its own text; a fix that its host has no place for is left to a person. */
export function lintInline(engine: Engine, inline: InlineDockerfile, options: LintBuildsOptions): LintResult {
  const config = inlineConfig(engine, inline, options.config);
  const result = lintBuilds(engine, inline.text.text, { ...options, config });
  const unsure = unsureIn(result.dockerfile, inline.holes);
  const findings = unsure
    ? result.findings.filter(({ span }) => !unsure.some((other) => spansOverlap(span, other)))
    : [];
  return {
    ...result,
    findings: findings.map((finding) => ({ ...finding, fixes: finding.fixes.map((fix) => writable(inline, fix)) })),
  };
}

/** Of a part of a file, only rules that look at one instruction say anything. */
function inlineConfig(
  { rules }: Engine,
  { isFragment }: InlineDockerfile,
  config: EffectiveConfig | undefined,
): EffectiveConfig | undefined {
  if (!isFragment || !config) return config;
  const local = new Set(rules.filter(({ meta }) => meta.scope === 'instruction').map(({ meta }) => meta.id));
  return { ...config, severityOf: (id) => (local.has(id) ? config.severityOf(id) : 'off') };
}

/** The instructions with a value that is not known; undefined when one may be any instruction. */
function unsureIn({ instructions }: DockerfileModel, holes: readonly Span[]): readonly Span[] | undefined {
  if (holes.length === 0) return [];
  const hasHole = (span: Span) => holes.some((hole) => spansMeet(hole, span));
  return instructions.some(({ keywordSpan }) => hasHole(keywordSpan))
    ? undefined
    : instructions.filter(({ span }) => hasHole(span)).map(({ span }) => span);
}

function writable({ text, holes }: InlineDockerfile, fix: Fix): Fix {
  const { edits } = fix;
  if (edits.length === 0) return fix;
  const fits =
    !edits.some(({ span }) => holes.some((hole) => spansOverlap(hole, span))) &&
    text.editsInHost(edits) !== undefined &&
    text.writing.fits(applyEdits(text.text, edits));
  return fits ? fix : byHand(fix);
}

/** The same finding where it stands in the host. */
export function findingInHost({ text }: InlineDockerfile, finding: Finding): Finding {
  return {
    ...finding,
    span: text.spanOf(finding.span),
    related: finding.related.map((note) => ({ ...note, span: text.spanOf(note.span) })),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: text.editsInHost(fix.edits) ?? [] })),
  };
}
