import type { BuildContext } from '../../engine/buildContext';
import type { Phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import type { Guard } from '../transform';

/** How a build tool gets a project's dependencies without its sources. One file per tool. */
export interface Resolver {
  /** Display name of the tool. */
  readonly tool: string;
  /** The build itself still downloads something; a cache mount keeps all of it. */
  readonly isPartial?: boolean;
  /** Downloads nothing that the build would not download too. */
  readonly isExact?: boolean;
  /** True for commands of the tool that fetch dependencies, whatever else they do. */
  isOwn(command: ShellCommand): boolean;
  /** Directory of the project in the image, if the command names one. */
  folderOf?(command: ShellCommand): string | undefined;
  /**
   * Undefined if the command needs no dependencies or is not understood; a guard if the project needs more than its
   * manifests. `context`: the files in the directory of the project, by their paths there.
   */
  resolve(command: ShellCommand, context: BuildContext): Resolution | Guard | undefined;
}

export interface Resolution {
  /** Paths of files that must be present. */
  readonly manifests: readonly string[];
  /** Files that are copied along with the manifests. */
  readonly settings?: readonly string[];
  /** The command that fetches the dependencies; undefined if the given command does nothing else. */
  readonly script: string | undefined;
  /** An option to add to the given command once the dependencies are there. */
  readonly option?: string;
  readonly risk: Phrase;
}

/** Paths in the build context whose file name matches, in any folder. */
export function named(context: BuildContext, pattern: RegExp): string[] {
  return [...context.files.keys()].filter((path) => pattern.test(path));
}
