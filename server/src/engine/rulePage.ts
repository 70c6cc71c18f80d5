import { unifiedDiff } from '../text/unifiedDiff';
import { configOf } from './config';
import type { Engine } from './engine';
import type { FixSafety, RuleMeta } from './rule';

const SAFETY: Readonly<Record<FixSafety, string>> = {
  safe: 'safe',
  unsafe: 'some may change behaviour',
  manual: 'explained only',
};

/** A rule's documentation as markdown; the messages and fixes under the examples are the engine's own. */
export function renderRulePage(meta: RuleMeta, engine: Engine): string {
  const { docs } = meta;
  return [
    `# ${meta.id}`,
    `${docs.description}.`,
    factsOf(meta),
    `## Why\n\n${docs.rationale}`,
    ...(docs.bad.length > 0
      ? [`## Wrong\n\n${docs.bad.map((code) => badExample(code, meta, engine)).join('\n\n')}`]
      : []),
    ...(docs.good.length > 0 ? [`## Right\n\n${docs.good.map(fenced).join('\n\n')}`] : []),
    ...(docs.fixSafety === undefined ? [] : [`## When the fix is safe\n\n${docs.fixSafety}`]),
    `## Switch it off\n\nFor one instruction, in a comment above it:\n\n${fenced(`# dockerfile-optimizer-ignore ${meta.id}: why\n`)}\n\nFor all files, in \`.dockerfile-optimizer.yaml\`:\n\n\`\`\`yaml\nrules:\n  ${meta.id}: off\n\`\`\``,
    ...(docs.references.length > 0 ? [`## See also\n\n${docs.references.map((url) => `- <${url}>`).join('\n')}`] : []),
  ].join('\n\n');
}

function factsOf(meta: RuleMeta): string {
  const facts = [
    `Group: ${meta.group}`,
    `severity: ${meta.severity}`,
    meta.recommended ? 'on by default' : 'off by default',
    `fixes: ${meta.fixable === undefined ? 'none' : SAFETY[meta.fixable]}`,
  ];
  const aliases = meta.aliases.map((alias) => `\`${alias}\``).join(', ');
  return `${facts.join(' · ')}${aliases === '' ? '' : `\n\nAlso known as ${aliases}.`}`;
}

function badExample(code: string, meta: RuleMeta, engine: Engine): string {
  const config = configOf((id) => (id === meta.id ? meta.severity : 'off'));
  const { findings } = engine.lint(code, { config });
  const messages = [...new Set(findings.map((finding) => `- ${finding.message}`))].join('\n');
  const fixed = engine.fixAll(code, { upTo: 'unsafe', config }).text;
  const diff = fixed === code ? '' : unifiedDiff(code, fixed, { before: 'Dockerfile', after: 'Dockerfile' });
  const change =
    diff === '' ? '' : `\n\nFixed:\n\n\`\`\`diff\n${diff.split('\n').slice(2).join('\n').trimEnd()}\n\`\`\``;
  return `${fenced(code)}\n\n${messages}${change}`;
}

function fenced(code: string): string {
  return `\`\`\`dockerfile\n${code.trimEnd()}\n\`\`\``;
}
