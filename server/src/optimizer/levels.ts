import type { AnyRule } from '../engine/rule';

/**
 * safe: the image is the same but for its size. recommended: what a careful expert would do, by rules and transforms
 * whose guards look at what could break. all: also what changes how the image is built or given its secrets.
 */
export type Level = 'safe' | 'recommended' | 'all';

export const LEVELS: readonly Level[] = ['safe', 'recommended', 'all'];

/** Rules whose unsafe fixes belong to the recommended level: they are guarded, or break nothing that a build or a start would not show. */
const RECOMMENDED: ReadonlySet<string> = new Set([
  'apt-get-clean-same-layer',
  'apt-get-no-install-recommends',
  'copy-manifests-first',
  'dnf-no-weak-deps',
  'exec-form-cmd',
  'merge-consecutive-copy',
  'merge-consecutive-run',
  'no-chown-layer',
  'no-lone-package-update',
  'no-lost-export',
  'no-root-user',
  'no-tmp-leftover',
  'no-unreachable-stage',
  'prefer-copy-chmod',
  'prefer-npm-ci',
  'yarn-frozen-lockfile',
  'pnpm-frozen-lockfile',
]);

/**
 * Fixes that no level takes: whether the image still builds and does the same, no file tells. They stay quick fixes of
 * their findings, and the plan names them as left for a person.
 */
const CHOSEN_BY_PERSONS: ReadonlySet<string> = new Set([
  // Another maker's image has other tools and paths.
  'no-deprecated-image',
  // The other side may not play along: a server without HTTPS or with a certificate of its own, another platform.
  'no-cleartext-url',
  'no-constant-platform',
  'no-git-ssl-off',
  'no-host-network',
  'no-insecure-curl',
  'no-insecure-wget',
  'no-node-tls-off',
  'no-npm-strict-ssl-off',
  'no-pip-trusted-host',
  'no-python-https-verify-off',
  // A build that went on may stop.
  'heredoc-errexit',
  'require-pipefail',
  'shellcheck',
  // Something that runs may be missed. Where it is known that nothing is, a transform takes it out.
  'apk-virtual-build-deps',
  'bundle-deployment',
  'composer-no-dev',
  'configure-build',
  'graceful-stopsignal',
  'no-ssh-port',
  'npm-omit-dev',
  'prefer-shell-instruction',
  'secret-mount-mode',
  // A transform looks at the whole stage.
  'prefer-cache-mount',
  // What was meant is a guess, and what is built today is something else.
  'no-baseless-workdir',
  'no-directive-typo',
  'no-env-self-reference',
  'no-relative-copy-destination',
  'no-space-before-equals',
  'no-undefined-variable',
  'require-arg-in-stage',
]);

/** When plans may keep caches in mounts, which need BuildKit: where it is known to build the file, always, or never. */
export type CacheMounts = 'auto' | 'always' | 'never';

export const CACHE_MOUNTS: readonly CacheMounts[] = ['auto', 'always', 'never'];

/** Rules that know the Dockerfile alone, where a transform looks at the files beside it. */
const WITHOUT_CONTEXT: ReadonlySet<string> = new Set(['prefer-slim-base']);

interface LevelOptions {
  readonly level: Level;
  readonly buildContext?: object | undefined;
}

/** The strongest fixes of a rule that belong to the level of a plan. */
export function upToOf({ meta }: AnyRule, { level, buildContext }: LevelOptions): 'safe' | 'unsafe' {
  if (buildContext && WITHOUT_CONTEXT.has(meta.id)) return 'safe';
  if (CHOSEN_BY_PERSONS.has(meta.id)) return 'safe';
  if (level === 'all') return 'unsafe';
  return level === 'recommended' && RECOMMENDED.has(meta.id) ? 'unsafe' : 'safe';
}
