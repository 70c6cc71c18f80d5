import { differences } from '../conformance/differences.mjs';
import { NOT_CARRIED, PEERS } from './peers.mjs';
import { HADOLINT_COMPARED, HADOLINT_DIFFERENCES } from './realFiles.mjs';

/**
 * docs/parity.md: for each tool, its checks with our equivalent rules. `missing` lists checks with neither a rule nor a
 * reason.
 */
export function renderParity(names) {
  const missing = [];
  const sections = PEERS.map(({ tool, url, ids, note, like }) => {
    const rulesOf = (id) => (like ? like[id] : names.idsOf(id));
    const rows = ids.map((id) => {
      const rules = rulesOf(id).map((rule) => `[${rule}](rules/${rule}.md)`);
      if (rules.length === 0 && NOT_CARRIED[id] === undefined) missing.push(`${tool} ${id}`);
      return `| ${id.replace(/^[a-z-]+:/, '')} | ${rules.length > 0 ? rules.join(', ') : noneFor(id)} |`;
    });
    const carried = ids.filter((id) => rulesOf(id).length > 0).length;
    return [
      `## ${tool}`,
      '',
      `${carried} of ${ids.length} checks of [${tool}](${url}).${note === undefined ? '' : ` ${note}`}`,
      '',
      '| Check | Rules |',
      '| --- | --- |',
      ...rows,
      ...(tool === 'hadolint' ? renderRealFiles() : []),
    ].join('\n');
  });
  return { text: [INTRODUCTION, ...sections, renderDifferences()].join('\n\n'), missing };
}

function noneFor(id) {
  return NOT_CARRIED[id] === undefined ? 'not yet' : `none: ${NOT_CARRIED[id]}`;
}

function renderRealFiles() {
  const rows = HADOLINT_DIFFERENCES.map(({ check, side, why }) => `| ${check} | ${side} | ${why} |`);
  return ['', HADOLINT_COMPARED, '', '| Check | Only from | Why |', '| --- | --- | --- |', ...rows];
}

const INTRODUCTION = `# Parity with other tools

Every check of the field and the rule that does it here. A rule answers to the ids of other tools too: in configuration files, on the command line and in comments that ignore it. Read from the tools' documentation, 2025-10 to 2026-11. \`npm run parity -- FOLDER\` runs the real tools over your own files.`;

function renderDifferences() {
  const head = `## Where we say something else

What other tools say of small Dockerfiles was held against ours with \`npm run conformance\`. Those that are looked at and left on purpose, without a number where the reason comes from the tool's documentation:`;
  if (differences.length === 0) return `${head} there are none.`;
  const rows = differences.map(
    ({ tool, rule, cases, why }) => `| ${tool} | ${rule} | ${cases.length || ''} | ${why.replaceAll('|', '\\|')} |`,
  );
  return [head, '', '| Tool | Check | Cases | Why |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
