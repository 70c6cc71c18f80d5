import type { ListedRule } from '../../../server/src/protocol';

/** Another extension with checks that our rules have too. */
export interface OtherLinter {
  readonly name: string;
  readonly extensions: readonly string[];
  /** True for an alias of our rules that is one of its names. */
  readonly isItsName: (alias: string) => boolean;
  /** Its settings that turn off these checks; each is changed only if the extension has it. */
  readonly silence: (aliases: readonly string[]) => readonly Silencing[];
}

export interface Silencing {
  readonly section: string;
  readonly key: string;
  /** Computes the new value from the user's current one. */
  readonly valueFrom: (current: unknown) => unknown;
}

/** For the Dockerfile language server in Microsoft's extensions: its settings by our aliases. */
const LANGUAGE_SERVER: Readonly<Record<string, readonly string[]>> = {
  MaintainerDeprecated: ['deprecatedMaintainer'],
  'dockerfile-utils:CASING_DIRECTIVE': ['directiveCasing'],
  'dockerfile-utils:EMPTY_CONTINUATION_LINE': ['emptyContinuationLine'],
  'dockerfile-utils:CASING_INSTRUCTION': ['instructionCasing'],
  MultipleInstructionsDisallowed: [
    'instructionCmdMultiple',
    'instructionEntrypointMultiple',
    'instructionHealthcheckMultiple',
  ],
  'dockerfile-utils:JSON_IN_SINGLE_QUOTES': ['instructionJSONInSingleQuotes'],
  WorkdirRelativePath: ['instructionWorkdirRelative'],
};

/** BuildKit's own checks, shown by Docker DX. */
const BUILDKIT_NAME = /^[A-Z][A-Za-z]+$/;
const always = (value: unknown) => () => value;

export const OTHER_LINTERS: readonly OtherLinter[] = [
  {
    name: 'hadolint',
    extensions: ['exiasr.hadolint'],
    isItsName: (alias) => /^DL\d{4}$/.test(alias),
    silence: (aliases) => [
      {
        section: 'hadolint',
        key: 'cliOptions',
        valueFrom: (current) => [
          ...new Set([...(Array.isArray(current) ? current : []), ...aliases.map((alias) => `--ignore=${alias}`)]),
        ],
      },
    ],
  },
  {
    name: 'SonarQube for IDE',
    extensions: ['SonarSource.sonarlint-vscode'],
    isItsName: (alias) => alias.startsWith('sonar:'),
    silence: (aliases) => [
      {
        section: 'sonarlint',
        key: 'rules',
        valueFrom: (current) => ({
          ...(typeof current === 'object' ? current : {}),
          ...Object.fromEntries(aliases.map((alias) => [alias.replace('sonar:', 'docker:'), { level: 'off' }])),
        }),
      },
    ],
  },
  {
    name: 'Docker',
    extensions: ['ms-azuretools.vscode-docker', 'ms-azuretools.vscode-containers'],
    isItsName: (alias) => Object.hasOwn(LANGUAGE_SERVER, alias),
    silence: (aliases) =>
      aliases
        .flatMap((alias) => LANGUAGE_SERVER[alias] ?? [])
        .map((key) => ({ section: 'docker.languageserver.diagnostics', key, valueFrom: always('ignore') })),
  },
  {
    name: 'Docker DX',
    extensions: ['docker.docker'],
    isItsName: (alias) => BUILDKIT_NAME.test(alias),
    silence: () => [],
  },
];

/** Duplicate checks: our enabled rules, with the other linter's names for them. */
export interface Overlap {
  readonly linter: OtherLinter;
  readonly rules: readonly string[];
  readonly aliases: readonly string[];
}

/** Undefined if they have no checks in common. */
export function overlapWith(linter: OtherLinter, rules: readonly ListedRule[]): Overlap | undefined {
  const common = rules.filter(({ aliases, isOn }) => isOn && aliases.some(linter.isItsName));
  if (common.length === 0) return undefined;
  const aliases = [...new Set(common.flatMap((rule) => rule.aliases.filter(linter.isItsName)))].sort();
  return { linter, rules: common.map(({ id }) => id), aliases };
}
