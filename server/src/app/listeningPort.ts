import { anyOf } from '../text/pattern';
import type { RunSite } from './runSite';
import { readSources } from './sources';

/** Calls that listen on a port which is written there: in Go, Rust, C, Node.js and Python. */
const LISTENS = anyOf(
  /\b(?:ListenAndServe(?:TLS)?|Listen|Run|Start|bind)\(\s{0,4}(?:"tcp"\s{0,4},\s{0,4})?"[\w.\-[\]]{0,40}:(\d{2,3})"/,
  /\b(?:htons\(|bind\(\(\s{0,4}"[\w.:]{0,40}"\s{0,4},)\s{0,4}(\d{2,3})\s{0,4}\)/,
  /\.listen\(\s{0,4}(\d{2,3})\s{0,4}[,)]|\.run\([^)\n]{0,200}\bport\s{0,4}=\s{0,4}(\d{2,3})\b/,
);

/** A port below 1024 in the sources, where no EXPOSE names the port. */
export function listeningPort({ context, instructions }: RunSite): number | undefined {
  if (!context || instructions.some(({ keyword }) => keyword === 'EXPOSE')) return undefined;
  return (readSources(context, context.files.keys()) ?? [])
    .flatMap(({ text }) => LISTENS.exec(text)?.slice(1).filter(Boolean).map(Number) ?? [])
    .find((port) => port < 1024);
}
