import { PEERS } from '../parity/peers.mjs';
import { withFrom } from './cases.mjs';

const BUILDKIT = new Set(PEERS.find(({ tool }) => tool === 'BuildKit').ids);

/** Compares our verdict on each case with the tool's: undefined if they agree, else the difference. */
export function createEvaluator({
  createAnalyzer,
  createRuleNames,
  configOf,
  presetSeverity,
  defaultRuleSettings,
  runShellCheckSync,
}) {
  const isOnInHadolint = (meta) => presetSeverity('hadolint', meta, false) !== 'off';
  const shellCheck = {
    commentsOn(request) {
      const answer = runShellCheckSync('shellcheck', request);
      return answer.ok ? answer.comments : undefined;
    },
  };
  const engine = createAnalyzer();
  const names = createRuleNames(engine.rules);
  const metaOf = new Map(names.metas.map((meta) => [meta.id, meta]));
  const idsFor = (tool, rule) => {
    if (rule === 'SC*') return ['shellcheck'];
    return rule === 'DL*' ? names.metas.filter(isOnInHadolint).map(({ id }) => id) : names.idsOf(prefixed(tool, rule));
  };

  return function evaluate(example) {
    const { tool, rule } = example;
    const ids = new Set([rule, ...(example.ids ?? [])].flatMap((name) => idsFor(tool, name)));
    if (ids.size === 0) return { problem: 'no rule' };
    const on = example.exact_rules
      ? new Set(names.metas.filter((meta) => isOfBuildKit(meta, example)).map(({ id }) => id))
      : ids;
    const defaults = tool === 'hadolint' ? { ...defaultRuleSettings, dialect: tool } : defaultRuleSettings;
    const { settings, head } = settingsOf(example, defaults);
    const { text: body, addedLines } = withFrom(example.dockerfile, rule);
    const text = head === '' ? body : head + body.replace(/^#\s*check=.*/m, '#');
    const shift = addedLines + head.split('\n').length - 1;
    const { findings, dockerfile } = engine.lint(text, {
      config: configOf((id) => (on.has(id) ? metaOf.get(id).severity : 'off'), settings),
      buildContext: example.files && contextOf(example),
      shellCheck: rule === 'SC*' ? shellCheck : undefined,
    });
    const lineOf = (offset) => text.slice(0, offset).split('\n').length - shift;
    const found = findings.map((finding) => {
      const on = dockerfile.instructions.findLast(({ span }) => span.start <= finding.span.start);
      const isInside = on && finding.span.start <= on.span.end;
      return {
        id: finding.ruleId,
        from: lineOf(isInside ? on.span.start : finding.span.start),
        at: lineOf(finding.span.start),
        to: lineOf(finding.span.end),
      };
    });
    return differenceIn(example, found, ids, metaOf);
  };
}

function prefixed(tool, rule) {
  return tool === 'kics' || tool === 'semgrep' || tool === 'sonar' ? `${tool}:${rule}` : rule;
}

/** Leaves out checks that BuildKit runs only if the file or a build argument asks for them. */
function isOfBuildKit({ aliases }, { dockerfile, config }) {
  const asked = /experimental=([\w,]+)/.exec(`${dockerfile} ${JSON.stringify(config ?? '')}`)?.[1] ?? '';
  return aliases.some(
    (alias) => BUILDKIT.has(alias) && (alias !== 'InvalidDefinitionDescription' || asked.includes(alias)),
  );
}

function differenceIn(example, all, ids, metaOf) {
  const overlaps = ({ from, to }, [first, last]) => from <= last && to >= first;
  const found = all.filter(({ id }) => ids.has(id)).filter((one) => !example.at || overlaps(one, example.at));
  const where = found.map(({ id, at }) => `${id}:${at}`).join(' ');
  if (example.exact_rules) {
    const wanted = new Set(example.exact_rules);
    const isWanted = ({ id }) => metaOf.get(id).aliases.some((alias) => wanted.has(alias));
    const extra = all.filter((one) => !isWanted(one)).map(({ id, at }) => `${id}:${at}`);
    if (extra.length > 0) return { problem: `also reported: ${extra.join(' ')}` };
    const missing = example.exact_rules.filter((name) => !all.some(({ id }) => metaOf.get(id).aliases.includes(name)));
    if (missing.length > 0) return { problem: `missing: ${missing.join(' ')}` };
  }
  if (example.expect === 'miss') return found.length > 0 ? { problem: `reported: ${where}` } : undefined;
  if (found.length === 0) return { problem: 'not reported' };
  const uncovered = (example.lines ?? []).filter((line) => !found.some(({ from, to }) => from <= line && line <= to));
  if (uncovered.length > 0) return { problem: `not on line ${uncovered.join(', ')}; reported: ${where}` };
  const loud = (example.quiet ?? []).filter((line) => found.some(({ at }) => at === line));
  if (loud.length > 0) return { problem: `reported on line ${loud.join(', ')}` };
  if (example.count_min !== undefined && found.length < example.count_min)
    return { problem: `${found.length} findings, not ${example.count_min}` };
  return undefined;
}

/** The cases contain hadolint's configurations as Haskell, BuildKit's as build arguments. */
function settingsOf({ config }, defaults) {
  if (config === undefined) return { settings: defaults, head: '' };
  if (typeof config === 'string' && config.startsWith('def {')) {
    const labels = [...config.matchAll(/\("([^"]+)",\s*(?:Rule\.)?(\w+)\)/g)].map(([, name, type]) => [
      name,
      type === 'GitHash' ? 'hash' : type.toLowerCase(),
    ]);
    const registries = /allowedRegistries\s*=\s*\[([^\]]*)\]/.exec(config)?.[1] ?? '';
    return {
      settings: {
        ...defaults,
        labelSchema: new Map(labels),
        strictLabels: /strictLabels\s*=\s*True/.test(config),
        trustedRegistries: [...registries.matchAll(/"([^"]*)"/g)].map(([, name]) => name),
      },
      head: '',
    };
  }
  const given = Object.entries(typeof config === 'string' && config.startsWith('{') ? JSON.parse(config) : config);
  const args = given.map(([key, value]) => [key.replace(/^build-arg:/, ''), value]);
  const check = args.find(([name]) => name === 'BUILDKIT_DOCKERFILE_CHECK')?.[1];
  return {
    settings: { ...defaults, buildArgs: new Map(args.filter(([, value]) => typeof value === 'string')) },
    head: check === undefined ? '' : `# check=${check}\n`,
  };
}

function contextOf({ files, dockerfile }) {
  const texts = new Map(Object.entries({ Dockerfile: dockerfile, ...files }));
  return {
    files: new Map([...texts].map(([name, text]) => [name, { sizeBytes: text.length }])),
    read: (name) => texts.get(name),
    unlisted: [],
    isComplete: true,
  };
}
