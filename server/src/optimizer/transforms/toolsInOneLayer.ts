import { canMerge } from '../../commands/mergeRuns';
import { packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { separatorLike } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { finalStages } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import type { Transform } from '../transform';

const SETTINGS = new Set(['ARG', 'ENV', 'EXPOSE', 'LABEL', 'WORKDIR']);

/** Installs, uses and removes tools for a single step in one layer: a later layer could not remove them. */
export const toolsInOneLayer: Transform = {
  id: 'tools-in-one-layer',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile }) {
    for (const { instructions } of finalStages(dockerfile)) {
      for (const [index, install] of instructions.entries()) {
        const names = installedNames(install);
        const following = instructions.slice(index + 1);
        const count = following.findIndex((node) => !isIndependent(node));
        if (names.size === 0 || count < 0) continue;
        const runs = following.slice(count);
        const last = runs.findIndex((run) => removes(run, names));
        const joined = [install, ...runs.slice(0, last + 1)];
        if (last < 0 || !joined.every((run, at) => at === 0 || canMerge(dockerfile, joined[at - 1] ?? run, run)))
          continue;
        return {
          title: phrase('Install, use and remove the build tools in one layer'),
          reason: phrase(
            'A package that a later layer removes stays in the layer that installed it. Install, use and remove it in one RUN, and it is not part of any layer.',
          ),
          risk: phrase('The packages are installed again whenever a file that is copied before this step changes.'),
          edits: joinedAtLast(dockerfile, joined),
        };
      }
    }
    return undefined;
  },
};

/** True if packages stay the same after it: it does not change the system. */
function isIndependent({ keyword, args }: Instruction): boolean {
  const isCopy = keyword === 'COPY' || keyword === 'ADD';
  return SETTINGS.has(keyword) || (isCopy && !/^\/(?:$|etc|lib|usr|var)/.test(args.at(-1)?.value ?? '/'));
}

/** Packages and virtual groups that a RUN installs if it does nothing else. */
function installedNames({ keyword, script }: Instruction): ReadonlySet<string> {
  const commands = script?.commands ?? [];
  const names = new Set<string>();
  if (keyword !== 'RUN') return names;
  for (const command of commands) {
    const call = systemInstall(command);
    for (const { value } of call?.operands ?? []) names.add(value);
    const group = call ? command.words.findIndex(({ value }) => value === '--virtual' || value === '-t') : -1;
    if (group >= 0) names.add(command.words[group + 1]?.value ?? '');
    if (!packageCommand(command, SYSTEM_MANAGERS) && command.name !== 'rm') return new Set();
  }
  return names;
}

function removes({ script }: Instruction, names: ReadonlySet<string>): boolean {
  return (script?.commands ?? []).some((command) => {
    const call = packageCommand(command, SYSTEM_MANAGERS);
    return (
      /^(?:del|remove|purge|autoremove|erase)$/.test(call?.subcommand?.value ?? '') &&
      call?.operands.some(({ value }) => names.has(value))
    );
  });
}

function joinedAtLast(dockerfile: DockerfileModel, runs: readonly Instruction[]): TextEdit[] {
  const { text } = dockerfile;
  const [install, first] = runs;
  const last = runs.at(-1);
  if (!install || !first || !last) return [];
  const separator = separatorLike(dockerfile, runs);
  const script = runs.map(({ body }) => text.slice(body.start, body.end).trimEnd()).join(separator);
  const start = startWithComments(text, install.span.start);
  return [
    { span: { start, end: text.indexOf('\n', install.span.end) + 1 }, newText: '' },
    {
      span: { start: first.span.start, end: last.span.end },
      newText: text.slice(first.span.start, first.body.start) + script,
    },
  ];
}
