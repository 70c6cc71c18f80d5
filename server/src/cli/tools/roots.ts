import { type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readBuildContext } from '../../host/buildContext.node';
import { nodeHost, projectFiles } from '../../host/host.node';
import type { Localize } from '../../l10n/localize';
import { MAIN_DOCKERFILES } from '../../project/fileNames';
import { readText } from '../../system/readText';
import { Failure } from '../failure';
import { portablePath } from '../formatters/reporter';
import { isBelow, realPath } from '../realPath';
import type { Session } from '../session';

/** The folders that an agent may see; nothing outside of them is read or written, whether a path or a link leads there. */
export interface Roots {
  readonly folders: readonly string[];
  /** The files in them. */
  readonly host: Session['host'];
  /**
   * The real path of a file or folder, which need not exist.
   * @param path absolute, or relative to one of the folders
   * @throws Failure when it is outside
   */
  find(path: string): string;
  /** The same, or the Dockerfile in it if it is a folder. */
  findDockerfile(path: string): string;
  /** A path as an agent may write it. */
  shown(path: string): string;
}

export function createRoots(named: readonly string[], localize: Localize): Roots {
  const folders = named.map(realPath);
  const allows = (path: string): boolean => {
    const real = realPath(path);
    return folders.some((folder) => isBelow(folder, real));
  };
  const find = (path: string): string => {
    const places = folders.map((folder) => resolve(folder, path));
    const place = places.find(statsOf) ?? places[0];
    if (place === undefined || !allows(place))
      throw new Failure(localize('{path}: outside the folders that may be read', { path: cut(path) }));
    return realPath(place);
  };
  return {
    folders,
    find,
    findDockerfile(path) {
      const place = find(path);
      const stats = statsOf(place);
      if (!stats) throw new Failure(localize('{path}: cannot be read', { path: cut(path) }));
      if (stats.isFile()) return place;
      const name = MAIN_DOCKERFILES.find((one) => statsOf(join(place, one))?.isFile());
      if (name === undefined) throw new Failure(`${cut(path)}: ${localize('no Dockerfile in this folder')}`);
      return find(join(place, name));
    },
    shown(path) {
      const folder = folders.find((one) => isBelow(one, path));
      return portablePath(folder === undefined ? path : path.slice(folder.length).replace(/^[\\/]/, '') || '.');
    },
    host: {
      ...projectFiles((path) => (allows(path) ? readText(path) : undefined)),
      parentOf: (path) => (folders.includes(path) ? undefined : nodeHost.parentOf(path)),
      // Read anew for each call: an agent changes files meanwhile.
      buildContext: (path) => (allows(dirname(path)) ? readBuildContext(dirname(path)) : undefined),
      hasBuildKit: nodeHost.hasBuildKit,
    },
  };
}

/** A hostile name is not repeated at full length. */
function cut(path: string): string {
  return path.slice(0, 200);
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
