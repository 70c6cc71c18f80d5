import type { Localize } from '../l10n/localize';
import type { CommandName } from './arguments';

const USAGE = `Usage: dockerfile-optimizer <command> [options] [path …]

Commands:
  lint       Report findings
  fix        Apply fixes: safe ones, with --unsafe also those that may change behaviour
  optimize   Rewrite whole files: fixes and every larger step, with a reason each
  rules      List the rules
  explain    Explain a rule, by its id or by another tool's name for it
  measure    Build an image and tell what each line really adds, and what of it is wasted
  migrate    Turn a .hadolint.yaml into a .dockerfile-optimizer.yaml
  scan       Look for known vulnerabilities in images, with Trivy, Clair or Grype

A path is a file, a folder (its Dockerfiles are found) or - for standard input.

Options:
  --format text|json|sarif|github|gitlab|checkstyle|junit|html   from sarif on for lint;
                     sarif for scan too, html for scan and measure too
  --output <format>=<file>   with lint: also write this report into a file; may be given more than once
  --fail-on error|warning|info|hint|never   lint exits 1 from this severity on (warning)
  --config <file>    instead of the nearest .dockerfile-optimizer.yaml
  --baseline <file>  findings that are known and not told; --update-baseline writes it,
                     --prune-baseline takes out what is gone
  --rule <id>=off|hint|info|warning|error   may be given more than once
  --shellcheck       start ShellCheck for RUN; --shellcheck-path <file> when it is not on the PATH
  --unsafe           with fix: also what may change behaviour
  --level safe|recommended|all   with optimize and measure: what the plan may hold (recommended)
  --cache-mounts auto|always|never   with optimize and measure: keep caches of package managers and compilers
                     in cache mounts (auto: where BuildKit builds the file); --prefer-cache-mounts: always
  --target <stage>   the stage that is built, as in docker build
  --context <folder> the folder that is built from, when it is not the Dockerfile's
  --built            with scan: the image that the file makes, not those that it is built on
  --image <image>    with scan and measure: this image; to measure it has to be there already
  --report <file>    with scan: reads a saved JSON report and starts nothing
  --scanner auto|trivy|clair|grype   with scan; --scanner-path <file> when it is not on the PATH,
                     --clair-host <address>, --scanner-image <image> to run Trivy in a container
  --severity critical,high   with scan: show these alone; --fixable: only what a newer version fixes
  --ignore-file <file>   with scan: instead of the nearest .trivyignore
  --fail-on-severity critical|high|medium|low|negligible|unknown   scan exits 1 from this severity on
  --compare          with measure: build what optimize makes of the file as well
  --archive <file>   with measure: a saved image
  --engine docker|podman|nerdctl|buildah|<file>   what builds (the first of them that answers)
  --build-option <option>   for the engine's build, such as --build-option=--network=host
  --diff             print the changes as a diff and nothing else
  --write            write the changes into the files
  --lang en|ja       language of the messages
  --no-color         no colour; colour is used on terminals only
  -h, --help  -V, --version

Exit codes: 0 done, 1 findings at or over --fail-on or --fail-on-severity, 2 wrong usage or an error.
`;

const SUMMARIES: Readonly<Record<CommandName, string>> = {
  lint: 'lint [path …]: report findings in the files (the current folder by default).',
  fix: 'fix [path …]: show the fixes as a diff; --write applies them, - prints the fixed text.',
  optimize: 'optimize [path …]: show the plan and its diff; --write applies it, - prints the result.',
  rules: 'rules: list the rules; --format json for machines.',
  explain: 'explain <rule>: why a rule is there, with examples.',
  measure: 'measure [Dockerfile]: build it, tell what each line adds and wastes, and remove the image again.',
  migrate: 'migrate [.hadolint.yaml]: print it as our configuration; --write puts that beside it.',
  scan: 'scan [Dockerfile]: known vulnerabilities of the images that it is built on, --built of the one that it makes.',
};

/** Said line by line. */
export function usage(command: CommandName | undefined, localize: Localize): string {
  const text = command === undefined ? USAGE : `${SUMMARIES[command]}\n\n${USAGE}`;
  return text.replace(/.+/g, (line) => localize(line));
}
