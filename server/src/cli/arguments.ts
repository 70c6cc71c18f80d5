import { parseArgs } from 'node:util';
import { FAIL_ON, type FailOn } from '../engine/config';
import { nearestName } from '../engine/nearestName';
import { LANGUAGES } from '../l10n/language';
import type { Localize } from '../l10n/localize';
import { CACHE_MOUNTS, type CacheMounts, COMMENTS, type Comments, LEVELS, type Level } from '../optimizer/levels';
import type { VulnerabilitySeverity } from '../reports/scanReport';
import { SCANNER_KINDS, type ScannerChoice } from '../reports/scanRequest';
import { SEVERITIES } from '../reports/vulnerabilities';
import { Failure } from './failure';
import { type CliOption, COMMANDS, type CommandName, FORMATS, type Format, OPTIONS, REWRITING } from './options';

/** The first argument of a `lint` worker thread, before those of the process: not a command for users. */
export const LINT_PART = 'lint-part';

export interface Output {
  readonly format: Format;
  readonly path: string;
}

export interface CliArguments {
  readonly command: CommandName | undefined;
  readonly operands: readonly string[];
  readonly format: Format;
  /** More reports of the same run, each written to its own file. */
  readonly outputs: readonly Output[];
  /** Undefined: use the configuration. */
  readonly failOn: FailOn | undefined;
  readonly configPath: string | undefined;
  /** Undefined: use the configuration. */
  readonly baselinePath: string | undefined;
  /** How the baseline changes: `update` writes all findings into it, `prune` removes those that are gone. */
  readonly baselineChange: 'update' | 'prune' | undefined;
  readonly rules: readonly (readonly [name: string, choice: string])[];
  /** The ShellCheck program; undefined: do not run it. */
  readonly shellCheckPath: string | undefined;
  readonly isUnsafe: boolean;
  /** For `optimize`: which steps the plan may contain. */
  readonly level: Level;
  readonly preferCacheMounts: CacheMounts;
  readonly comments: Comments;
  /** `compose.yaml:api`: the only build that counts. */
  readonly targetOf: string | undefined;
  /** In folders, also Markdown files. */
  readonly withMarkdown: boolean;
  /** The stage to build; undefined: use the configuration, else the last stage. */
  readonly target: string | undefined;
  /** The build context; undefined: the Dockerfile's folder. */
  readonly contextPath: string | undefined;
  /** For `scan` and `measure`: the name of an engine, or a path to its program. */
  readonly engine: string | undefined;
  /** Passed to the engine's build unchanged. */
  readonly buildOptions: readonly string[];
  readonly scan: ScanArguments;
  readonly measure: MeasureArguments;
  readonly verify: VerifyArguments;
  readonly mcp: McpArguments;
  /** For `init`: the name of a program. */
  readonly program: string | undefined;
  /** For `cache`: paths that change. */
  readonly changed: readonly string[];
  /** `cache` looks at the last commits. */
  readonly isHistory: boolean;
  /** For `format`: fail if a file would change. */
  readonly isCheck: boolean;
  /** `format` sorts lists of packages. */
  readonly isSorted: boolean;
  readonly isDiff: boolean;
  readonly isWrite: boolean;
  readonly isHelp: boolean;
  readonly isVersion: boolean;
  /** Undefined: use color if the output is a terminal. */
  readonly color: boolean | undefined;
}

/** Options of `scan`. */
export interface ScanArguments {
  readonly scanner: ScannerChoice;
  /** Scan the image that the file builds, not its base images. */
  readonly isBuilt: boolean;
  readonly image: string | undefined;
  /** A saved report to read instead of scanning. */
  readonly reportPath: string | undefined;
  /** Show only these; undefined: all. */
  readonly severities: readonly VulnerabilitySeverity[] | undefined;
  readonly isFixable: boolean;
  readonly ignoreFilePath: string | undefined;
  readonly failOn: VulnerabilitySeverity | undefined;
}

/** Options of `optimize` and `fix` that build and run the image. */
export interface VerifyArguments {
  readonly isOn: boolean;
  readonly isNetworkAllowed: boolean;
  readonly isCommandAllowed: boolean;
}

/** Options of `mcp`: what agents may do beside reading. */
export interface McpArguments {
  readonly isWriteAllowed: boolean;
  readonly isRunAllowed: boolean;
}

/** Options of `measure`. */
export interface MeasureArguments {
  /** An existing image. */
  readonly image: string | undefined;
  /** An image saved to a file. */
  readonly archivePath: string | undefined;
  /** Also build the optimized Dockerfile. */
  readonly isCompare: boolean;
  /** Fail over the budget of the configuration. */
  readonly isBudgetKept: boolean;
}

const FORMATS_OF: Readonly<Record<CommandName, readonly Format[]>> = {
  lint: FORMATS,
  fix: ['text', 'json'],
  format: ['text', 'json'],
  optimize: ['text', 'json', 'markdown'],
  init: ['text', 'json'],
  rules: ['text', 'json'],
  explain: ['text'],
  migrate: ['text'],
  config: ['text', 'json'],
  scan: ['text', 'json', 'sarif', 'html', 'markdown'],
  measure: ['text', 'json', 'html', 'markdown'],
  cache: ['text', 'json'],
  mcp: ['text'],
};

/** A verification has a page to save. */
function formatsOf(command: CommandName, isVerified: boolean): readonly Format[] {
  return isVerified && REWRITING.includes(command) ? [...FORMATS_OF[command], 'html'] : FORMATS_OF[command];
}

/** @throws Failure when an option or a value is unknown */
export function readArguments(argv: readonly string[], localize: Localize): CliArguments {
  const { values, positionals } = parse(argv, localize);
  const oneOf = createOneOf(localize);
  const exclusive = (one: string, other: string) =>
    new Failure(localize('{option} and {other} cannot be combined', { option: `--${one}`, other: `--${other}` }));
  const [command, ...operands] = positionals;
  if (values.lang !== undefined) oneOf('--lang', values.lang, LANGUAGES);
  if (values.check && values.write) throw exclusive('check', 'write');
  if (values.diff && values.write) throw exclusive('diff', 'write');
  if (values['cache-mounts'] && values['prefer-cache-mounts']) throw exclusive('cache-mounts', 'prefer-cache-mounts');
  if (values['update-baseline'] && values['prune-baseline']) throw exclusive('update-baseline', 'prune-baseline');
  const [what, other] = (['built', 'image', 'report', 'archive', 'compare'] as const).filter(
    (option) => values[option],
  );
  if (what && other) throw exclusive(what, other);
  const format = oneOf('--format', values.format, FORMATS);
  const name = command === undefined ? undefined : oneOf(localize('command'), command, COMMANDS);
  if (name !== undefined && !values.help) {
    for (const [option, { commands }] of Object.entries<CliOption>(OPTIONS))
      if (commands && values[option as keyof typeof OPTIONS]) mustBeFor(`--${option}`, name, commands, localize);
    const withFormat = COMMANDS.filter((candidate) => formatsOf(candidate, values.verify).includes(format));
    mustBeFor(`--format ${format}`, name, withFormat, localize);
  }
  return {
    command: name,
    operands,
    format,
    outputs: (values.output ?? []).map((text) => readOutput(text, localize)),
    failOn:
      values['fail-on'] === undefined || name === 'measure'
        ? undefined
        : oneOf('--fail-on', values['fail-on'], FAIL_ON),
    configPath: values.config,
    baselinePath: values.baseline,
    baselineChange: values['update-baseline'] ? 'update' : values['prune-baseline'] ? 'prune' : undefined,
    rules: (values.rule ?? []).map((text) => readRuleChoice(text, localize)),
    shellCheckPath: values['shellcheck-path'] ?? (values.shellcheck ? 'shellcheck' : undefined),
    isUnsafe: values.unsafe,
    level: oneOf('--level', values.level ?? 'recommended', LEVELS),
    preferCacheMounts: oneOf(
      '--cache-mounts',
      values['cache-mounts'] ?? (values['prefer-cache-mounts'] ? 'always' : 'auto'),
      CACHE_MOUNTS,
    ),
    comments: oneOf('--comments', values.comments ?? 'auto', COMMENTS),
    withMarkdown: values.markdown,
    targetOf: values['target-of'],
    target: values.target,
    contextPath: values.context,
    scan: {
      scanner: {
        kind: oneOf('--scanner', values.scanner ?? 'auto', ['auto', ...SCANNER_KINDS]),
        path: values['scanner-path'],
        containerImage: values['scanner-image'],
        clairHost: values['clair-host'],
      },
      isBuilt: values.built,
      image: values.image,
      reportPath: values.report,
      severities: values.severity?.split(',').map((one) => oneOf('--severity', one.trim(), SEVERITIES)),
      isFixable: values.fixable,
      ignoreFilePath: values['ignore-file'],
      failOn:
        values['fail-on-severity'] === undefined
          ? undefined
          : oneOf('--fail-on-severity', values['fail-on-severity'], SEVERITIES),
    },
    engine: values.engine,
    buildOptions: values['build-option'] ?? [],
    measure: {
      image: values.image,
      archivePath: values.archive,
      isCompare: values.compare,
      isBudgetKept:
        name === 'measure' &&
        values['fail-on'] !== undefined &&
        oneOf('--fail-on', values['fail-on'], ['budget']) === 'budget',
    },
    verify: {
      isOn: values.verify,
      isNetworkAllowed: values['verify-network'],
      isCommandAllowed: values['verify-command'],
    },
    mcp: {
      isWriteAllowed: values['allow-write'],
      isRunAllowed: values['allow-run'],
    },
    program: values.as,
    changed: values.changed ?? [],
    isHistory: values.history,
    isCheck: values.check,
    isSorted: values['sort-packages'],
    isDiff: values.diff,
    isWrite: values.write,
    isHelp: values.help,
    isVersion: values.version,
    color: values['no-color'] ? false : values.color,
  };
}

function parse(argv: readonly string[], localize: Localize) {
  for (const word of argv) {
    if (word === '--') break;
    const name = /^--([^=]+)/.exec(word)?.[1];
    if (name !== undefined && !Object.hasOwn(OPTIONS, name)) {
      const nearest = nearestName(name, Object.keys(OPTIONS));
      throw new Failure(
        nearest === undefined
          ? localize('Unknown option --{name}', { name })
          : localize('Unknown option --{name}; did you mean --{nearest}?', { name, nearest }),
      );
    }
  }
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Failure(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
}

function mustBeFor(option: string, command: CommandName, commands: readonly CommandName[], localize: Localize): void {
  if (commands.includes(command)) return;
  const last = commands.at(-1) ?? '';
  throw new Failure(
    commands.length > 1
      ? localize('{option} works with {others} and {last}, not with {command}', {
          option,
          others: commands.slice(0, -1).join(', '),
          last,
          command,
        })
      : localize('{option} works with {last}, not with {command}', { option, last, command }),
  );
}

function createOneOf(localize: Localize) {
  return <T extends string>(what: string, value: string, choices: readonly T[]): T => {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const nearest = nearestName(value, choices);
    throw new Failure(
      nearest === undefined
        ? localize('Unknown {what} "{value}"; expected one of {choices}', { what, value, choices: choices.join(', ') })
        : localize('Unknown {what} "{value}"; did you mean "{nearest}"?', { what, value, nearest }),
    );
  };
}

function readOutput(text: string, localize: Localize): Output {
  const equals = text.indexOf('=');
  const path = text.slice(equals + 1);
  if (equals < 1 || path === '') throw new Failure(localize('--output {text}: expected <format>=<file>', { text }));
  return { format: createOneOf(localize)('--output', text.slice(0, equals), FORMATS), path };
}

function readRuleChoice(text: string, localize: Localize): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Failure(localize('--rule {text}: expected <rule>=off|hint|info|warning|error', { text }));
  return [text.slice(0, equals), text.slice(equals + 1)];
}
