import { anyOf } from '../text/pattern';

/** Caches, logs and settings of tools and of the engine: programs work without them. */
const NOT_OF_PROGRAM = anyOf(
  /^\/(?:tmp|proc|sys|dev|run|etc)(?:\/|$)|^\/var\/(?:log|cache|lib\/apt)\/|^\/(?:root|home\/[^/]{1,100})\/\./,
  /\/\.(?:cache|npm|config|local|dotnet|nuget|java|pm2|bash_history)(?:\/|$)|\/_logs\/|\/node_modules\/\./,
  /\/(?:caches?|tmp\/pids|tmp\/sockets|framework\/views)(?:\/|$)|\/__pycache__\//,
  /\.(?:pyc|pid|sock|ctl|lock|lock\.db)$|-(?:wal|shm|journal)$/,
);

/** The files that the program itself has written, of all paths that a container has changed: the engine makes mounts. */
export function writtenFiles(changes: readonly string[], mounts: readonly string[]): string[] {
  return changes.filter((path) => !NOT_OF_PROGRAM.test(path) && !mounts.includes(path));
}
