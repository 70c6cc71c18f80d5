import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { Dockerignore } from '../engine/dockerignore';
import { createLineIndex } from '../text/lineIndex';
import { firstLine, runsAgain, sourcesOf, takesPath } from './runsAgain';

/** What the commits of a project would have cost its builds, had each been built. */
export interface ChangeHistory {
  /** The instructions that take files of the build context; what costs most first. */
  readonly inputs: readonly InputHistory[];
  /** RUN instructions that ran again, over all commits. */
  readonly runs: number;
}

export interface InputHistory {
  /** 1-based. */
  readonly line: number;
  readonly instruction: string;
  /** How many of the commits change what it takes. */
  readonly commits: number;
  /** RUN instructions that run again each time. */
  readonly runs: number;
}

/** @param commits the paths that each commit changes, as seen from the build context */
export function changeHistory(
  dockerfile: DockerfileModel,
  commits: readonly (readonly string[])[],
  ignore: Dockerignore | undefined,
): ChangeHistory {
  const inputs = dockerfile.instructions.filter((node) => sourcesOf(node).length > 0);
  const takers = new Map<string, readonly Instruction[]>();
  const takersOf = (path: string): readonly Instruction[] => {
    const known = takers.get(path) ?? inputs.filter((node) => takesPath(node, path, ignore));
    takers.set(path, known);
    return known;
  };
  const runsOf = (changed: ReadonlySet<Instruction>): number =>
    runsAgain(dockerfile, (node) => changed.has(node)).filter(({ node }) => node.keyword === 'RUN').length;
  const changes = commits.map((paths) => new Set(paths.flatMap(takersOf)));
  const lines = createLineIndex(dockerfile.text);
  const costs = inputs.map((node) => ({
    line: lines.positionAt(node.span.start).line + 1,
    instruction: firstLine(dockerfile.text, node),
    commits: changes.filter((changed) => changed.has(node)).length,
    runs: runsOf(new Set([node])),
  }));
  return {
    inputs: costs.sort((a, b) => b.commits * b.runs - a.commits * a.runs || b.commits - a.commits),
    runs: changes.reduce((sum, changed) => sum + runsOf(changed), 0),
  };
}
