import type { BuildContext } from '../engine/buildContext';
import { unusedSuppressionRule } from '../engine/builtinRules';
import type { ConfigVariant } from '../engine/config';
import type { Engine, LintOptions, LintResult } from '../engine/engine';
import { sortFindings } from '../engine/findings';
import { byHand } from '../engine/lint';
import type { Finding } from '../engine/rule';
import { namesOf } from './inline/wording';

export interface LintBuildsOptions extends LintOptions {
  /** The files of another build context. */
  readonly contextIn?: ((folder: string) => BuildContext | undefined) | undefined;
}

/** Lints what each service or target builds; a finding that holds only for some of them names these. */
export function lintBuilds(engine: Engine, text: string, options: LintBuildsOptions): LintResult {
  const all = engine.lint(text, options);
  const variants = forPlatforms(options.config?.variants ?? [], text, options)
    // Nobody runs a stage that others only take files from.
    .filter(({ config }) => {
      const { targetStage } = config.settings;
      const stage = all.dockerfile.stages.find(({ name }) => name !== undefined && name === targetStage?.toLowerCase());
      return !stage || stage.usedBy.length === 0;
    });
  if (variants.length < 2) return all;
  const { memory: _, contextIn, ...others } = options;
  const found = new Map<string, Found>();
  for (const variant of variants) {
    const { config, contextFolder } = variant;
    const buildContext = contextFolder === undefined ? undefined : contextIn?.(contextFolder);
    for (const finding of engine.lint(text, { ...others, config, buildContext }).findings) {
      const { ruleId, messageId, message, span } = finding;
      const key = JSON.stringify([ruleId, messageId, message, span]);
      const known = found.get(key);
      if (known) known.variants.add(variant);
      else found.set(key, { finding, variants: new Set([variant]) });
    }
  }
  const findings = [...found.values()].flatMap((one): Finding[] => {
    if (one.variants.size === variants.length) return [one.finding];
    // Another build may need what this one does not.
    return one.finding.ruleId === unusedSuppressionRule.id ? [] : [labelled(engine, one, variants)];
  });
  return { dockerfile: all.dockerfile, findings: sortFindings(findings) };
}

interface Variant extends ConfigVariant {
  readonly platform?: string;
}

/** As many as are told apart. */
const MAX_VARIANTS = 16;

/** One for each platform of a build, where it matters which one it is. */
function forPlatforms(
  variants: readonly ConfigVariant[],
  text: string,
  { imagePlatforms }: LintOptions,
): readonly Variant[] {
  if (!imagePlatforms && !/\bTARGET(?:PLATFORM|OS|ARCH|VARIANT)\b/.test(text)) return variants;
  const single = variants.flatMap((variant): Variant[] => {
    if (variant.platforms.length < 2) return [variant];
    const { config } = variant;
    return variant.platforms.map((platform) => ({
      ...variant,
      platform,
      config: { ...config, settings: { ...config.settings, platform } },
    }));
  });
  return single.length > MAX_VARIANTS ? variants : single;
}

interface Found {
  readonly finding: Finding;
  readonly variants: Set<Variant>;
}

/** Its fix would also change the other builds: a person decides. */
function labelled({ localize }: Engine, { finding, variants }: Found, all: readonly Variant[]): Finding {
  const others = all.filter((variant) => !variants.has(variant)).flatMap((variant) => variant.owners);
  const owners = [...variants].flatMap(({ owners: own, platform }) =>
    own.map(({ kind, name, file }) => {
      if (!others.some((other) => other.kind === kind && other.name === name)) return { kind, name };
      // As `--target-of` takes it.
      const where = file === undefined ? name : `${file}:${name}`;
      return { kind, name: platform === undefined ? where : `${where} ${platform}` };
    }),
  );
  const message = localize('{message} ({builds})', {
    message: finding.message,
    builds: namesOf(owners, localize),
  });
  return { ...finding, message, fixes: finding.fixes.map(byHand) };
}
