import { sourcesOf } from '../../app/neededPrograms';
import { dropsPrivileges, rootNeed } from '../../app/rootNeeds';
import type { Site } from '../../app/site';

/** True when nothing speaks against another user than root: ports, volumes, programs, files that are written. */
export function canDropRoot(site: Site): boolean {
  const { stage } = site;
  if (rootNeed(stage) || dropsPrivileges(stage)) return false;
  if (stage.instructions.some(({ keyword }) => keyword === 'USER')) return false;
  return !writesFiles(site);
}

/** True when a source makes files, or it is not known: a folder has to be given to the user, and that needs a shell. */
export function writesFiles(site: Site): boolean {
  return sourcesOf(site)?.some(({ text }) => WRITES.test(text)) ?? true;
}

/** Calls that make files, of the languages that end on distroless images. */
const WRITES =
  /\bos\.(?:Create|WriteFile|OpenFile|Mkdir|MkdirAll|MkdirTemp)\(|ioutil\.WriteFile|sql\.Open\("sqlite|bolt\.Open|badger\.Open|File::create|fs::write|fs::create_dir|OpenOptions|lumberjack/;
