import type { BuildContext } from '../engine/buildContext';
import { phrase } from '../l10n/phrase';
import { line, type StartLine } from './starter';

/** EXPOSE for the port in the sources of a program; nothing where they name none or several. */
export function listening(context: BuildContext, paths: readonly string[], pattern: RegExp): readonly StartLine[] {
  const ports = new Set(
    paths.flatMap(
      (path) =>
        pattern
          .exec(context.read(path) ?? '')
          ?.slice(1)
          .filter((port) => port !== undefined) ?? [],
    ),
  );
  const [port, ...others] = ports;
  return port === undefined || others.length > 0 ? [] : [exposed(port)];
}

export function exposed(port: string): StartLine {
  return line(`EXPOSE ${port}`, phrase('The port that the program listens on'));
}
