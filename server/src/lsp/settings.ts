import { CACHE_MOUNTS, type CacheMounts, COMMENTS, type Comments, LEVELS, type Level } from '../optimizer/levels';
import type { RuleChoices } from '../project/configurations';
import type { RegistryOptions } from '../registry/registry';
import { ENGINE_KINDS, type EngineChoice } from '../reports/outcome';
import type { VulnerabilitySeverity } from '../reports/scanReport';
import { SCANNER_KINDS, type ScannerChoice } from '../reports/scanRequest';
import { SEVERITIES } from '../reports/vulnerabilities';
import { recordOf } from '../text/jsonValue';

/**
 * The section `dockerfileOptimizer` of the client's settings; a missing value or one of the wrong type gets its
 * default.
 */
export interface Settings {
  readonly enable: boolean;
  /** Also check Dockerfiles in Compose, Bake and Markdown files. */
  readonly inlineDockerfiles: boolean;
  /** Rule id or another tool's name for it → off or a severity. */
  readonly rules: RuleChoices;
  readonly configurationFile: string | undefined;
  /** The quick fix _Ignore_ asks for a reason, also where the configuration does not require one. */
  readonly askForReason: boolean;
  /** Which steps plans may contain. */
  readonly level: Level;
  readonly codeLens: boolean;
  /** Above each COPY and ADD, what a change of its files runs again. */
  readonly runsAgainLens: boolean;
  /** The formatter sorts lists of packages. */
  readonly sortsPackages: boolean;
  readonly preferCacheMounts: CacheMounts;
  /** Which comments plans write. */
  readonly comments: Comments;
  /** Completion and similar features: `auto` leaves them to another Dockerfile extension if there is one. */
  readonly languageFeatures: 'auto' | 'on' | 'off';
  /** Where sizes are shown in the text. */
  readonly inlayHints: 'from' | 'all' | 'off';
  /** Undefined while registry lookups are off. */
  readonly registry: Pick<RegistryOptions, 'platform' | 'mirrors'> | undefined;
  /** The engine that builds images. */
  readonly engine: EngineChoice;
  /** Passed to the engine's build unchanged. */
  readonly buildOptions: readonly string[];
  /** The ShellCheck program; undefined when it must not be started. */
  readonly shellCheckPath: string | undefined;
  readonly scanner: ScannerChoice;
  /** The lowest severity that `vulnerable-image` reports. */
  readonly scannerSeverity: VulnerabilitySeverity;
}

export function readSettings(value: unknown): Settings {
  const settings = recordOf(value) ?? {};
  const optimize = recordOf(settings['optimize']) ?? {};
  const shellCheck = recordOf(settings['shellcheck']) ?? {};
  const registry = recordOf(settings['registry']) ?? {};
  const scanner = recordOf(settings['scanner']) ?? {};
  const engine = recordOf(settings['engine']) ?? {};
  const file = settings['configurationFile'];
  return {
    enable: settings['enable'] !== false,
    inlineDockerfiles: settings['inlineDockerfiles'] !== false,
    rules: Object.entries(textsOf(settings['rules'])),
    configurationFile: typeof file === 'string' && file !== '' ? file : undefined,
    askForReason: settings['askForReason'] === true,
    level: LEVELS.find((level) => level === optimize['level']) ?? 'recommended',
    codeLens: optimize['codeLens'] !== false,
    sortsPackages: recordOf(settings['format'])?.['sortPackages'] === true,
    runsAgainLens: settings['runsAgainLens'] !== false,
    preferCacheMounts: cacheMountsOf(optimize['preferCacheMounts']),
    comments: COMMENTS.find((one) => one === optimize['comments']) ?? 'auto',
    languageFeatures: oneOf(settings['languageFeatures'], ['auto', 'on', 'off']),
    inlayHints: oneOf(settings['inlayHints'], ['from', 'all', 'off']),
    registry:
      registry['enable'] === true
        ? { platform: textOr(registry['platform'], 'linux/amd64'), mirrors: textsOf(registry['mirrors']) }
        : undefined,
    engine: { kind: oneOf(engine['kind'], ['auto', ...ENGINE_KINDS]), path: textOr(engine['path'], '') || undefined },
    buildOptions: listOf(engine['buildOptions']),
    shellCheckPath: shellCheck['enable'] === false ? undefined : textOr(shellCheck['path'], 'shellcheck'),
    scanner: {
      kind: oneOf(scanner['kind'], ['auto', ...SCANNER_KINDS]),
      path: textOr(scanner['path'], undefined),
      clairHost: textOr(scanner['clairHost'], undefined),
      containerImage: textOr(scanner['containerImage'], undefined),
    },
    scannerSeverity: SEVERITIES.find((severity) => severity === scanner['severity']) ?? 'high',
  };
}

/** Earlier versions had a boolean here. */
function cacheMountsOf(value: unknown): CacheMounts {
  if (typeof value === 'boolean') return value ? 'always' : 'never';
  return CACHE_MOUNTS.find((one) => one === value) ?? 'auto';
}

function textsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(recordOf(value) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The value if it is allowed, else the first allowed one. */
function oneOf<T extends string>(value: unknown, values: readonly [T, ...T[]]): T {
  return values.find((one) => one === value) ?? values[0];
}

function textOr<T extends string | undefined>(value: unknown, fallback: T): string | T {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback;
}
