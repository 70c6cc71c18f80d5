import { builtParts, readBakeFile } from './bake';
import { type NamedBuild, toNamedBuild } from './buildPart';
import { readServices } from './compose';

/** The build of one service or target, from a file of any name; undefined when it has none of a Dockerfile. */
export function buildNamed(path: string, text: string, name: string): NamedBuild | undefined {
  const isBake = /\.(?:hcl|json)$/i.test(path);
  const part = isBake ? builtParts([readBakeFile(path, text)]).get(name) : readServices(text).get(name)?.part;
  return part && toNamedBuild(part, { kind: isBake ? 'target' : 'service', name });
}
