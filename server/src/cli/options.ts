import { FAIL_ON } from '../engine/config';
import { LANGUAGES } from '../l10n/language';
import { CACHE_MOUNTS, COMMENTS, LEVELS } from '../optimizer/levels';
import { ENGINE_KINDS } from '../reports/outcome';
import { SCANNER_KINDS } from '../reports/scanRequest';
import { SEVERITIES } from '../reports/vulnerabilities';

export const COMMANDS = [
  'lint',
  'fix',
  'format',
  'optimize',
  'init',
  'rules',
  'explain',
  'migrate',
  'config',
  'scan',
  'measure',
  'cache',
  'mcp',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export const FORMATS = [
  'text',
  'json',
  'sarif',
  'github',
  'gitlab',
  'checkstyle',
  'junit',
  'html',
  'markdown',
] as const;
export type Format = (typeof FORMATS)[number];

/** One option: parsed, shown by --help and documented in docs/cli.md. */
export interface CliOption {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: true;
  readonly default?: boolean | string;
  /** All allowed values; without them, `value` is the placeholder. */
  readonly choices?: readonly string[];
  readonly value?: string;
  /** Undefined: all commands. With any other command the option is wrong usage, as it would have no effect. */
  readonly commands?: readonly CommandName[];
  readonly help: string;
}

export const REWRITING: readonly CommandName[] = ['fix', 'optimize'];
const PLANNING: readonly CommandName[] = ['optimize', 'init', 'measure'];
const READING: readonly CommandName[] = ['lint', 'fix', 'optimize', 'scan', 'measure', 'cache'];
const BUILDING: readonly CommandName[] = ['scan', 'measure'];
/** Build too, with `--verify` or `--allow-run`. */
const RUNNING: readonly CommandName[] = [...BUILDING, ...REWRITING, 'mcp'];

export const OPTIONS = {
  format: {
    type: 'string',
    default: 'text',
    choices: FORMATS,
    help: 'report format: all for lint, text, json, sarif, html and markdown for scan, text, json, html and markdown for measure, text, json and markdown for optimize, text and json for the others, and html with --verify (default: text)',
  },
  output: {
    type: 'string',
    multiple: true,
    value: '<format>=<file>',
    commands: ['lint'],
    help: 'also write a report of the same run to this file; can be repeated',
  },
  'fail-on': {
    type: 'string',
    choices: [...FAIL_ON, 'budget'],
    commands: ['lint', 'measure'],
    help: 'for lint, exit with 1 at this severity or higher (default: `failOn` of the configuration, otherwise warning); for measure, `budget`: exit with 1 over the budget of the configuration',
  },
  config: {
    type: 'string',
    value: '<file>',
    help: 'use this file instead of the nearest .dockerfile-optimizer.yaml above each file',
  },
  baseline: {
    type: 'string',
    value: '<file>',
    commands: ['lint'],
    help: 'known findings, which are not reported',
  },
  'update-baseline': {
    type: 'boolean',
    default: false,
    commands: ['lint'],
    help: 'write all findings to the baseline',
  },
  'prune-baseline': {
    type: 'boolean',
    default: false,
    commands: ['lint'],
    help: 'remove findings that are gone from the baseline',
  },
  rule: {
    type: 'string',
    multiple: true,
    value: '<rule>=off|hint|info|warning|error',
    help: 'set the severity of a rule, overriding all configuration files; can be repeated',
  },
  shellcheck: {
    type: 'boolean',
    default: false,
    commands: ['lint', 'fix'],
    help: 'run ShellCheck on RUN',
  },
  'shellcheck-path': {
    type: 'string',
    value: '<file>',
    commands: ['lint', 'fix'],
    help: 'run this ShellCheck instead of the one on the PATH',
  },
  unsafe: {
    type: 'boolean',
    default: false,
    commands: ['fix'],
    help: 'also apply fixes that may change behavior',
  },
  level: {
    type: 'string',
    choices: LEVELS,
    commands: PLANNING,
    help: 'which steps the plan may contain (default: recommended)',
  },
  'cache-mounts': {
    type: 'string',
    choices: CACHE_MOUNTS,
    commands: PLANNING,
    help: 'keep caches of package managers and compilers in cache mounts (default: auto, where BuildKit builds the file)',
  },
  'prefer-cache-mounts': {
    type: 'boolean',
    default: false,
    commands: PLANNING,
    help: 'the same as `--cache-mounts always`',
  },
  comments: {
    type: 'string',
    choices: COMMENTS,
    commands: PLANNING,
    help: 'language of the comments that the plan writes into files, or none (default: auto, that of all texts)',
  },
  as: {
    type: 'string',
    value: '<program>',
    commands: ['init'],
    help: 'which program of the folder the image is for, if there are several',
  },
  verify: {
    type: 'boolean',
    default: false,
    commands: REWRITING,
    help: 'build and run the image before and after, and drop the steps with which it behaves differently',
  },
  'verify-network': {
    type: 'boolean',
    default: false,
    commands: REWRITING,
    help: 'with --verify, let the containers use the network',
  },
  'verify-command': {
    type: 'boolean',
    default: false,
    commands: REWRITING,
    help: 'with --verify, run `verify.command` of the configuration on this machine',
  },
  target: {
    type: 'string',
    value: '<stage>',
    commands: READING,
    help: 'the stage to build, as in `docker build`; overrides Compose and Bake files',
  },
  'target-of': {
    type: 'string',
    value: '<file>:<name>',
    commands: READING,
    help: 'build as this service of a Compose file or target of a Bake file does; without a path, the Dockerfile that it builds',
  },
  markdown: {
    type: 'boolean',
    default: false,
    commands: ['lint', ...REWRITING, 'format'],
    help: 'in folders, also check Dockerfiles in code fences of Markdown files',
  },
  context: {
    type: 'string',
    value: '<folder>',
    commands: READING,
    help: 'the build context, if it is neither the folder of the Dockerfile nor set in a Compose or Bake file',
  },
  built: {
    type: 'boolean',
    default: false,
    commands: ['scan'],
    help: 'scan the image built from the file instead of its base images',
  },
  image: {
    type: 'string',
    value: '<image>',
    commands: BUILDING,
    help: 'use this image; measure needs it locally',
  },
  report: {
    type: 'string',
    value: '<file>',
    commands: ['scan'],
    help: 'read a saved JSON report instead of running a scanner',
  },
  scanner: {
    type: 'string',
    choices: ['auto', ...SCANNER_KINDS],
    commands: ['scan'],
    help: 'the scanner to run (default: auto)',
  },
  'scanner-path': {
    type: 'string',
    value: '<file>',
    commands: ['scan'],
    help: 'the scanner program, if it is not on the PATH',
  },
  'scanner-image': {
    type: 'string',
    value: '<image>',
    commands: ['scan'],
    help: 'an image with Trivy, to run it in a container',
  },
  'clair-host': {
    type: 'string',
    value: '<address>',
    commands: ['scan'],
    help: 'the address of Clair',
  },
  severity: {
    type: 'string',
    value: '<severity>,…',
    commands: ['scan'],
    help: 'show only these severities, such as `critical,high`',
  },
  fixable: {
    type: 'boolean',
    default: false,
    commands: ['scan'],
    help: 'show only vulnerabilities with a fixed version',
  },
  'ignore-file': {
    type: 'string',
    value: '<file>',
    commands: ['scan'],
    help: 'use this file instead of the nearest .trivyignore or .trivyignore.yaml',
  },
  'fail-on-severity': {
    type: 'string',
    choices: SEVERITIES,
    commands: ['scan'],
    help: 'exit with 1 if a vulnerability of this severity or higher is shown',
  },
  engine: {
    type: 'string',
    value: `${ENGINE_KINDS.join('|')}|<file>`,
    commands: RUNNING,
    help: 'the build engine or its program (default: the first one that responds)',
  },
  'build-option': {
    type: 'string',
    multiple: true,
    value: '<option>',
    commands: RUNNING,
    help: "an option for the engine's build command, such as `--build-option=--network=host`; can be repeated",
  },
  archive: {
    type: 'string',
    value: '<file>',
    commands: ['measure'],
    help: 'measure a saved image',
  },
  compare: {
    type: 'boolean',
    default: false,
    commands: ['measure'],
    help: 'also build and measure the optimized file',
  },
  changed: {
    type: 'string',
    multiple: true,
    value: '<path>',
    commands: ['cache'],
    help: 'a file or folder of the build context that changes; can be repeated',
  },
  history: {
    type: 'boolean',
    default: false,
    commands: ['cache'],
    help: 'show which inputs the last 100 commits in git change, and what they run again',
  },
  check: {
    type: 'boolean',
    default: false,
    commands: ['format'],
    help: 'exit with 1 if a file would change',
  },
  'sort-packages': {
    type: 'boolean',
    default: false,
    commands: ['format'],
    help: 'also sort the packages of an install',
  },
  diff: {
    type: 'boolean',
    default: false,
    commands: [...REWRITING, 'format'],
    help: 'print only the diff of the changes',
  },
  write: {
    type: 'boolean',
    default: false,
    commands: [...REWRITING, 'format', 'init', 'migrate'],
    help: 'write the changes to the files',
  },
  'allow-write': {
    type: 'boolean',
    default: false,
    commands: ['mcp'],
    help: 'let agents write the changes to the files',
  },
  'allow-run': {
    type: 'boolean',
    default: false,
    commands: ['mcp'],
    help: 'let agents build images and run them in containers',
  },
  lang: {
    type: 'string',
    choices: LANGUAGES,
    help: 'language of all texts (default: from LC_ALL, LC_MESSAGES or LANG, otherwise English)',
  },
  color: {
    type: 'boolean',
    help: 'colors also where the output is not a terminal',
  },
  'no-color': {
    type: 'boolean',
    default: false,
    help: 'no colors (default: terminals get colors, subject to NO_COLOR and FORCE_COLOR)',
  },
  help: {
    type: 'boolean',
    short: 'h',
    default: false,
    help: 'show the options, with a command only its own',
  },
  version: {
    type: 'boolean',
    short: 'V',
    default: false,
    help: 'show the version',
  },
} as const satisfies Readonly<Record<string, CliOption>>;

/** `--level safe|recommended|all` */
export function headOf(name: string, { short, choices, value = choices?.join('|') }: CliOption): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}
