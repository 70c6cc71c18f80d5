import type { BuildContext } from '../../engine/buildContext';
import type { Phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import type { Guard } from '../transform';

/** How one build tool gets the dependencies of a project without its sources. One tool = one file. */
export interface Resolver {
  /** The tool, as persons call it. */
  readonly tool: string;
  /** The build itself still fetches something: a cache that is mounted holds all of it. */
  readonly isPartial?: boolean;
  /** It fetches nothing that the build does not fetch as well. */
  readonly isExact?: boolean;
  /** True for commands of the tool that fetch dependencies, whatever else they do. */
  isOwn(command: ShellCommand): boolean;
  /** Undefined where the command needs no dependencies or is not understood; a guard where the project needs more than its manifests. */
  resolve(command: ShellCommand, context: BuildContext): Resolution | Guard | undefined;
}

export interface Resolution {
  /** Files of the build context that have to be there, by their paths. */
  readonly manifests: readonly string[];
  /** Files that go with them where they are copied. */
  readonly settings?: readonly string[];
  /** The folder of the project in the image, where it is not the working directory. */
  readonly folder?: string;
  /** The command that gets them; undefined when the one that was given does nothing else. */
  readonly script: string | undefined;
  /** An option that the given command takes once they are there. */
  readonly option?: string;
  readonly risk: Phrase;
}

/** Paths of the context by the name of the file, without regard to its folder. */
export function named(context: BuildContext, pattern: RegExp): string[] {
  return [...context.files.keys()].filter((path) => pattern.test(path));
}
