import { type Phrase, phrase } from '../../l10n/phrase';
import { line, type StartLine, sources } from '../starter';

/** Debian with the sources and the packages that a build in C or C++ calls. */
export function onDebian(packages: readonly string[], why: Phrase): StartLine[] {
  return [
    line('FROM debian:bookworm', phrase('Debian, which has the compiler and the libraries')),
    ...sources('/app'),
    line(`RUN apt-get update && apt-get install -y ${[...new Set(packages)].join(' ')}`, why),
  ];
}
