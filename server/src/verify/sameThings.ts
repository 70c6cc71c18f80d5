import type { Localize } from '../l10n/localize';
import type { Observation } from '../reports/verification';

/** What was compared and found to be alike, in words for a person. */
export function sameThings(seen: Observation, localize: Localize): string[] {
  const { exitCode, health, ports, answers, stdout, written, stop, calls, command } = seen;
  return [
    exitCode === undefined
      ? localize('Keeps running')
      : localize('Exits with code {code} after the same output ({count} lines)', {
          code: exitCode,
          count: stdout.length,
        }),
    ...(health === 'healthy' ? [localize('Its health check passes')] : []),
    ...ports.map(({ port, protocol }) => localize('Listens on port {port}', { port: `${port}/${protocol}` })),
    ...answers
      .filter(({ status }) => status > 0)
      .map(({ request, status, type }) =>
        localize('{request} answers {status} {type}', { request, status, type }).trimEnd(),
      ),
    ...written.slice(0, 3).map((path) => localize('Writes {path}', { path })),
    ...(stop && !stop.isKilled ? [localize('Stops on SIGTERM')] : []),
    ...calls.map(({ args }) => localize('The same output with the arguments {args}', { args: args.join(' ') })),
    ...(command
      ? [localize('The command of the configuration exits with code {code}', { code: command.exitCode })]
      : []),
  ];
}
