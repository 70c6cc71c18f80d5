import type { Localize } from '../l10n/localize';
import type { CommandName } from './arguments';

const USAGE = `Usage: dockerfile-optimizer <command> [options] [path …]

Commands:
  lint       Report findings
  fix        Apply safe fixes; with --unsafe, also fixes that may change behavior
  optimize   Rewrite whole files with fixes and larger steps, and give the reason for each
  rules      List the rules
  explain    Explain a rule, given its ID or its name in another tool
  measure    Build an image and show how much each line adds and wastes
  migrate    Convert a .hadolint.yaml to a .dockerfile-optimizer.yaml
  scan       Scan images for known vulnerabilities with Trivy, Clair or Grype

A path is a file, a folder (all Dockerfiles in it) or - for standard input.

Options:
  --format text|json|sarif|github|gitlab|checkstyle|junit|html   text and json for all commands, the rest for lint;
                     sarif also for scan, html also for scan and measure
  --output <format>=<file>   lint: also write a report to this file; can be repeated
  --fail-on error|warning|info|hint|never   lint exits with 1 at this severity or higher (default: warning)
  --config <file>    use this file instead of the nearest .dockerfile-optimizer.yaml
  --baseline <file>  known findings, which are not reported; --update-baseline writes it,
                     --prune-baseline removes findings that are gone
  --rule <id>=off|hint|info|warning|error   set the severity of a rule; can be repeated
  --shellcheck       run ShellCheck on RUN; --shellcheck-path <file> if it is not on the PATH
  --unsafe           fix: also apply fixes that may change behavior
  --level safe|recommended|all   optimize, measure: which steps the plan may contain (default: recommended)
  --cache-mounts auto|always|never   with optimize and measure: keep caches of package managers and compilers
                     in cache mounts (auto: where BuildKit builds the file); --prefer-cache-mounts: always
  --target <stage>   the stage to build, as in docker build
  --context <folder> the build context, if it is not the folder of the Dockerfile
  --built            scan: the image built from the file instead of its base images
  --image <image>    scan, measure: use this image; measure needs it locally
  --report <file>    scan: read a saved JSON report without running a scanner
  --scanner auto|trivy|clair|grype   scan: scanner to use; --scanner-path <file> if it is not on the PATH,
                     --clair-host <address>, --scanner-image <image> to run Trivy in a container
  --severity critical,high   scan: show only these; --fixable: only those with a fixed version
  --ignore-file <file>   scan: use this file instead of the nearest .trivyignore
  --fail-on-severity critical|high|medium|low|negligible|unknown   scan exits with 1 at this severity or higher
  --compare          measure: also build the optimized file
  --archive <file>   measure: read a saved image
  --engine docker|podman|nerdctl|buildah|<file>   build engine (default: the first one that responds)
  --build-option <option>   option for the engine's build command, such as --build-option=--network=host
  --diff             print only the diff of the changes
  --write            write the changes to the files
  --lang en|ja       language of the messages
  --no-color         no colors; without this option, terminals get colors
  -h, --help  -V, --version

Exit codes: 0 success, 1 findings at or above --fail-on or --fail-on-severity, 2 usage error or failure.
`;

const SUMMARIES: Readonly<Record<CommandName, string>> = {
  lint: 'lint [path …]: report findings in the files (the current folder by default).',
  fix: 'fix [path …]: show the fixes as a diff; --write applies them, - prints the fixed text.',
  optimize: 'optimize [path …]: show the plan and its diff; --write applies it, - prints the result.',
  rules: 'rules: list the rules; --format json for machine-readable output.',
  explain: 'explain <rule>: show the reason for a rule, with examples.',
  measure: 'measure [Dockerfile]: build the image, show how much each line adds and wastes, then remove the image.',
  migrate: 'migrate [.hadolint.yaml]: print it as a .dockerfile-optimizer.yaml; --write saves it in the same folder.',
  scan: 'scan [Dockerfile]: find known vulnerabilities in its base images; with --built, in the image built from it.',
};

/** Said line by line. */
export function usage(command: CommandName | undefined, localize: Localize): string {
  const text = command === undefined ? USAGE : `${SUMMARIES[command]}\n\n${USAGE}`;
  return text.replace(/.+/g, (line) => localize(line));
}
