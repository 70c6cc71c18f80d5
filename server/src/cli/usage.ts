import type { Localize } from '../l10n/localize';
import { type CliOption, type CommandName, headOf, OPTIONS } from './options';

const START = `Usage: dockerfile-optimizer <command> [options] [path …]

Commands:
  lint       Report findings
  fix        Apply safe fixes; with --unsafe, also fixes that may change behavior
  format     Format files without changing what they build
  optimize   Rewrite whole files with fixes and larger steps, and give the reason for each
  init       Write a Dockerfile and .dockerignore for a folder that has none
  rules      List the rules
  explain    Explain a rule, given its ID or its name in another tool
  measure    Build an image and show how much each line adds and wastes
  cache      Show what a build runs again when files change
  migrate    Convert a .hadolint.yaml to a .dockerfile-optimizer.yaml
  config     Test the rules that a configuration defines
  scan       Scan images for known vulnerabilities with Trivy, Clair or Grype
  mcp        Serve AI agents over the Model Context Protocol

A path is a file, a folder (its Dockerfiles, also inside Compose and Bake files) or - for standard input.`;

const SUMMARIES: Readonly<Record<CommandName, string>> = {
  lint: 'lint [path …]: report findings in the files (the current folder by default).',
  fix: 'fix [path …]: show the fixes as a diff; --write applies them, - prints the fixed text.',
  format: 'format [path …]: show the layout changes as a diff; --write applies them, - prints the formatted text.',
  optimize: 'optimize [path …]: show the plan and its diff; --write applies it, - prints the result.',
  init: 'init [folder]: show a Dockerfile for the project in a folder, with the reason for each line; --write writes it.',
  rules: 'rules: list the rules; --format json for machine-readable output.',
  explain: 'explain <rule>: show the reason for a rule, with examples.',
  measure: 'measure [Dockerfile]: build the image, show how much each line adds and wastes, then remove the image.',
  cache:
    'cache --changed <path> [Dockerfile]: show what a build runs again when this file changes; --history: what the last commits change.',
  migrate: 'migrate [.hadolint.yaml]: print it as a .dockerfile-optimizer.yaml; --write saves it in the same folder.',
  config: 'config test [file]: read a configuration and run the examples of the rules that it defines.',
  scan: 'scan [Dockerfile]: find known vulnerabilities in its base images; with --built, in the image built from it.',
  mcp: 'mcp [folder …]: serve agents on standard input and output; they see these folders, else those of the client.',
};

/** Options up to this width have their help text on the same line. */
const WIDTH = 28;

/** For a command, only its own options. */
export function usage(command: CommandName | undefined, localize: Localize): string {
  const options = Object.entries<CliOption>(OPTIONS)
    .filter(([, { commands }]) => command === undefined || commands?.includes(command) !== false)
    .map(([name, option]) => {
      const head = `  ${headOf(name, option)}`;
      const only = command === undefined && option.commands ? `${option.commands.join(', ')}: ` : '';
      const gap = head.length < WIDTH ? ' '.repeat(WIDTH - head.length) : `\n${' '.repeat(WIDTH)}`;
      return `${head}${gap}${only}${localize(option.help)}`;
    });
  const start = command === undefined ? START : SUMMARIES[command];
  return [
    start.replace(/.+/g, (line) => localize(line)),
    `${localize('Options:')}\n${options.join('\n')}`,
    `${localize('Exit codes: 0 success, 1 findings at or above --fail-on or --fail-on-severity, steps that --verify dropped, or files that --check would change, 2 usage error or failure.')}\n`,
  ].join('\n\n');
}
