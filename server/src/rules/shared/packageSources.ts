import { installsNothing } from '../../commands/packageLists';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';

/** True if nothing before the command may have added or changed a package repository. */
export function hasOwnSources(run: Instruction, command: ShellCommand): boolean {
  const above = run.stage ? inheritedInstructions(run.stage) : [];
  return [...above.filter(({ span }) => span.end <= run.span.start), run].every((node) => {
    if (/^(?:COPY|ADD)$/.test(node.keyword))
      return !/^\/(?:etc(?:\/ap[kt].*)?\/?)?$/.test(node.args.at(-1)?.value ?? '/');
    if (node.keyword !== 'RUN') return true;
    const before = node.script?.commands.filter(({ span }) => span.start < command.span.start);
    return before?.every((one) => installsNothing(one) && !ADDS_SOURCES.test(wordsOf(one))) ?? false;
  });
}

const ADDS_SOURCES = /\/etc\/ap[kt]\b|add-apt-repository|\.deb\b/;

function wordsOf({ words, redirects }: ShellCommand): string {
  return [...words, ...redirects.map(({ target }) => target)].map((word) => word?.value ?? '').join(' ');
}
