import type { Localize } from '../l10n/localize';
import type { Observation } from '../reports/verification';

export interface Expected {
  /** The ports of EXPOSE. */
  readonly exposed: readonly string[];
  /** The configuration names arguments to call it with. */
  readonly hasCalls: boolean;
}

/** Why the original image does nothing that could be compared; undefined: it does. */
export function whyUnproven(
  seen: Observation,
  { exposed, hasCalls }: Expected,
  localize: Localize,
): string | undefined {
  if (seen.command?.exitCode === 0) return undefined;
  if (seen.command)
    return localize('verify.command exits with code {code} with the original image', { code: seen.command.exitCode });
  const wrong = seen.answers.find(({ isWanted }) => isWanted === false);
  if (wrong) return localize('The original image does not answer {request} as configured', { request: wrong.request });
  if (hasCalls && seen.calls.some((call) => call.exitCode === 0 && call.stdout.length > 0)) return undefined;
  const { exitCode, stdout, stderr, written, ports, health } = seen;
  const log = [...stdout, ...stderr];
  const screen = log.find((line) => NO_SCREEN.test(line));
  if (screen !== undefined)
    return localize('The original image needs a screen: {line}. Configure verify.command', { line: screen });
  const terminal = log.find((line) => NO_TERMINAL.test(line));
  if (exitCode !== undefined && exitCode !== 0 && terminal !== undefined)
    return localize(
      'The original image waits for a person at a terminal: {line}. Configure verify.args or verify.command',
      {
        line: terminal,
      },
    );
  if (exitCode !== undefined && exitCode !== 0 && !isUsage(log))
    return localize(
      'The original image exits with code {code}: {line}. Configure what it needs: verify.env, verify.args, verify.volumes or verify.compose',
      { code: exitCode, line: stderr.at(-1) ?? stdout.at(-1) ?? '–' },
    );
  if (exitCode === undefined && !seen.isNetworkSeen)
    return localize('No image of this file has a shell to look at the ports with. Configure verify.command');
  if (exitCode === undefined && exposed.length > 0 && ports.length === 0 && health !== 'healthy')
    return localize(
      'The original image does not listen on port {port}: {line}. Configure what it needs: verify.env, verify.args, verify.volumes or verify.compose',
      { port: exposed.join(', '), line: stderr.at(-1) ?? stdout.at(-1) ?? '–' },
    );
  const trouble = log.findLast((line) => ERROR.test(line));
  if (exitCode === undefined && ports.length === 0 && health !== 'healthy' && trouble !== undefined)
    return localize(
      'The original image listens on no port and logs an error: {line}. Configure what it needs: verify.env, verify.args, verify.volumes or verify.compose',
      { line: trouble },
    );
  const isCalled = seen.calls.some((call) => call.stdout.length > 0);
  const isSilent = log.length + written.length + ports.length === 0 && health === undefined && !isCalled;
  if (!isSilent) return undefined;
  return exitCode === 0
    ? localize('The original image exits at once without output. Configure verify.args, verify.calls or verify.command')
    : localize('The original image runs without any sign of what it does. Configure verify.command');
}

const NO_SCREEN =
  /(?:cannot|can't|could not|unable to) (?:open|connect to) (?:X )?display|no display name and no \$DISPLAY|Missing X server or \$DISPLAY/i;
/** Programs that ask, and those that draw on a terminal. */
const NO_TERMINAL =
  /EOF when reading a line|not a (?:tty|terminal)\b|Inappropriate ioctl for device|Error opening terminal|TERM environment variable not set/i;

/** A program that waits for a database, or whose server has failed to start beside a process that watches its files. */
const ERROR =
  /\b(?:[A-Z]\w{0,60}(?:Error|Exception)|ERROR|FATAL|CRITICAL|E[A-Z]{3,20}REFUSED|ENOTFOUND)\b|[Cc]annot connect|[Cc]onnection refused/;

/** A tool that is started without arguments says how to call it. */
function isUsage(lines: readonly string[]): boolean {
  return lines.some((line) => /^usage\b|--help\b/i.test(line));
}
