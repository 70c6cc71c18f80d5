import { isBakeFile, isComposeFile } from '../fileNames';
import { bakeBuilds } from './bake';
import type { NamedBuild } from './buildPart';
import { composeBuilds } from './compose';

/** A larger file is written by a program, and takes long to read. */
const MAX_LENGTH = 256 * 1024;

export function isBuildFileName(name: string): boolean {
  return isComposeFile(name) || isBakeFile(name);
}

/** What the Compose and Bake files of one folder, by their names, say of builds. Never throws: what cannot be read says nothing. */
export function readBuilds(texts: ReadonlyMap<string, string>): readonly NamedBuild[] {
  const read = new Map([...texts].filter(([, text]) => text.length <= MAX_LENGTH));
  return [...composeBuilds(read), ...bakeBuilds(read)];
}
