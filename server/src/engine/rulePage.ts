import type { FixReasons } from '../l10n/language';
import type { Localize } from '../l10n/localize';
import { unifiedDiff } from '../text/unifiedDiff';
import { configOf } from './config';
import type { CustomRule } from './customRule';
import type { Engine } from './engine';
import type { FixSafety, RuleMeta } from './rule';

function fixesIn(localize: Localize, fixable: FixSafety | undefined): string {
  if (fixable === undefined) return localize('fixes: none');
  if (fixable === 'safe') return localize('fixes: safe');
  return fixable === 'unsafe' ? localize('fixes: may change behavior') : localize('fixes: manual');
}

/** A rule's documentation as Markdown; the engine itself computes the messages and fixes of the examples. */
export function renderRulePage(meta: RuleMeta, engine: Engine, customRules: readonly CustomRule[] = []): string {
  const { localize } = engine;
  const docs = engine.docsOf(meta);
  return [
    `# ${meta.id}`,
    localize('{sentence}.', { sentence: docs.description }),
    factsOf(meta, localize),
    `## ${localize('Why')}\n\n${docs.rationale}`,
    ...(docs.bad.length > 0
      ? [
          `## ${localize('Incorrect')}\n\n${docs.bad.map((code) => badExample(code, meta, engine, customRules)).join('\n\n')}`,
        ]
      : []),
    ...(docs.good.length > 0 ? [`## ${localize('Correct')}\n\n${docs.good.map(fenced).join('\n\n')}`] : []),
    ...(docs.fixSafety ? [`## ${localize('When the fix is safe')}\n\n${safetyText(docs.fixSafety, localize)}`] : []),
    `## ${localize('Turn it off')}`,
    localize('For one instruction, in a comment above it:'),
    fenced(`# dockerfile-optimizer-ignore ${meta.id}: ${localize('why')}`),
    localize('For all files, in `.dockerfile-optimizer.yaml`:'),
    `\`\`\`yaml\nrules:\n  ${meta.id}: off\n\`\`\``,
    ...(docs.references.length > 0
      ? [`## ${localize('See also')}\n\n${docs.references.map((url) => `- <${url}>`).join('\n')}`]
      : []),
  ].join('\n\n');
}

function factsOf(meta: RuleMeta, localize: Localize): string {
  const facts = [
    localize('Group: {group}', { group: meta.group }),
    localize('severity: {severity}', { severity: meta.severity }),
    meta.recommended ? localize('on by default') : localize('off by default'),
    fixesIn(localize, meta.fixable),
  ];
  const aliases = meta.aliases.map((alias) => `\`${alias}\``).join(', ');
  return `${facts.join(' · ')}${aliases === '' ? '' : `\n\n${localize('Also known as {names}.', { names: aliases })}`}`;
}

/** One paragraph per kind of fix; the notes continue the last one. */
function safetyText({ safe, unsafe, manual, notes }: FixReasons, localize: Localize): string {
  const kinds = [
    ...(safe ? [localize('Safe: {why}', { why: safe })] : []),
    ...(unsafe ? [localize('Unsafe: {why}', { why: unsafe })] : []),
    ...(manual ? [localize('No automatic fix: {why}', { why: manual })] : []),
  ].join('\n\n');
  return notes ? localize('{text} {next}', { text: kinds, next: notes }) : kinds;
}

function badExample(code: string, meta: RuleMeta, engine: Engine, customRules: readonly CustomRule[]): string {
  const config = { ...configOf((id) => (id === meta.id ? meta.severity : 'off')), customRules };
  const { findings } = engine.lint(code, { config });
  const messages = [...new Set(findings.map((finding) => `- ${finding.message}`))].join('\n');
  const fixed = engine.fixAll(code, { upTo: 'unsafe', config }).text;
  const diff = fixed === code ? '' : unifiedDiff(code, fixed, { before: 'Dockerfile', after: 'Dockerfile' });
  const change =
    diff === ''
      ? ''
      : `\n\n${engine.localize('Fixed:')}\n\n\`\`\`diff\n${diff.split('\n').slice(2).join('\n').trimEnd()}\n\`\`\``;
  return `${fenced(code)}\n\n${messages}${change}`;
}

function fenced(code: string): string {
  return `\`\`\`dockerfile\n${code.trimEnd()}\n\`\`\``;
}
