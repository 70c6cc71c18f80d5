import { applyEdits, minimalEdits } from '../../text/edits';
import { isDockerfile } from '../fileNames';
import type { InlineDockerfile } from './inlineDockerfile';
import { type HostKind, hostKind, inlineDockerfiles } from './inlineDockerfiles';

/** A file that may hold Dockerfiles. */
export interface HostFile {
  readonly path: string;
  readonly kind: HostKind;
  readonly text: string;
  readonly dockerfiles: readonly InlineDockerfile[];
}

/** Undefined for a file that is itself a Dockerfile, as far as its name says. */
export function hostFile(path: string, text: string, kind = kindOf(path)): HostFile | undefined {
  return kind && { path, kind, text, dockerfiles: inlineDockerfiles(kind, path, text) };
}

/** Undefined for a Dockerfile, and for a file that can hold none. */
export function kindOf(path: string): HostKind | undefined {
  return isDockerfile(path) ? undefined : hostKind(path);
}

/**
 * The file with another text of one of its Dockerfiles; undefined when it cannot be written there. Reading the result
 * proves it.
 */
export function withDockerfile(host: HostFile, index: number, after: string): HostFile | undefined {
  const one = host.dockerfiles[index];
  if (!one) return undefined;
  const before = one.text.text;
  if (after === before) return host;
  const edits = one.text.writing.fits(after) ? one.text.editsInHost(minimalEdits(before, after)) : undefined;
  if (!edits) return undefined;
  const written = hostFile(host.path, applyEdits(host.text, edits), host.kind);
  const wanted = host.dockerfiles.map(({ text }, at) => (at === index ? after : text.text));
  const read = written?.dockerfiles.map(({ text }) => text.text);
  return JSON.stringify(read) === JSON.stringify(wanted) ? written : undefined;
}
