import { isChangedBefore } from '../../app/changedManifests';
import { copiedBy, copyTarget, workdirAt } from '../../app/copiedFiles';
import { isFallback, packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule, type RuleMeta } from '../../engine/rule';
import { isWithin } from '../../text/paths';

interface FrozenLockfileRule extends Pick<RuleMeta, 'id' | 'unsafeIn'> {
  /** Default: false. */
  readonly recommended?: boolean;
  readonly since?: string;
  /** The option that freezes the lock file. */
  readonly option?: string;
  readonly tool: string;
  readonly lockFile: RegExp;
  /** `undefined` if the tool installs without a subcommand. */
  readonly subcommands: readonly (string | undefined)[];
  /** Options that freeze the lock file, or with which nothing is installed from it. */
  readonly options: readonly string[];
  /** A setting in the file that freezes it everywhere. */
  readonly setting: RegExp;
  readonly docs: Omit<RuleMeta['docs'], 'fixSafety'>;
}

/** Defines a rule for installs from a lock file that may change it. */
export function frozenLockfileRule({
  id,
  since = '0.1.0',
  recommended = false,
  unsafeIn,
  tool,
  lockFile,
  option = '--frozen-lockfile',
  docs,
  ...check
}: FrozenLockfileRule) {
  const { subcommands, options, setting } = check;
  return defineRule({
    meta: {
      id,
      group: 'reproducibility',
      severity: 'info',
      recommended,
      since,
      aliases: [],
      fixable: 'unsafe',
      ...(unsafeIn && { unsafeIn }),
      messages: {
        unfrozen: '`{command}` may install versions that are not in the lock file',
        freeze: `Add \`${option}\``,
      },
      docs: { fixSafety: { unsafe: 'the step fails if the lock file does not match or is not copied.' }, ...docs },
    },
    visits: { tools: [tool] },
    create: ({ dockerfile: { text }, buildContext, report }) => ({
      command(command, on) {
        const call = packageCommand(command, [tool], on);
        if (!call || !subcommands.includes(call.subcommand?.value) || call.operands.length > 0) return;
        const at = call.subcommand ?? command.words[0];
        if (!at || call.has(...options) || setting.test(text)) return;
        if (isFallback(command, on, (other) => packageCommand(other, [tool], on)?.has(...options) ?? false)) return;
        if (isChangedBefore(command, on, (path) => MANIFEST.test(path) || lockFile.test(path))) return;
        if (buildContext && lacks(lockFile, on, buildContext)) return;
        report(at.span, 'unfrozen', {
          data: { command: call.subcommand ? `${tool} ${call.subcommand.value}` : tool },
          fix: { title: 'freeze', safety: 'unsafe', edits: [addOption(at, option)] },
        });
      },
    }),
  });
}

const MANIFEST = /\/(?:package\.json|pyproject\.toml)$/;

/** True where what lists the dependencies is certainly copied without a lock file: with the option, the step may fail. */
function lacks(lockFile: RegExp, run: Instruction, context: BuildContext): boolean {
  if (!run.stage || run.flags.some(({ name }) => name === 'mount')) return false;
  const before = inheritedInstructions(run.stage).filter(({ span }) => span.start < run.span.start);
  const copied = before
    .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
    .filter((node) => !bringsOther(node, workdirAt(run)))
    .map((node) => copiedBy(node, context));
  const paths = copied.flatMap((files) => [...(files?.keys() ?? [])]);
  return (
    copied.every((files) => files !== undefined) &&
    paths.some((path) => MANIFEST.test(path)) &&
    !paths.some((path) => lockFile.test(path))
  );
}

/** True for `COPY --from=ghcr.io/astral-sh/uv /uv /bin/`, which puts nothing where the install looks for its files. */
function bringsOther(node: Instruction, workdir: string): boolean {
  return (
    node.flags.some(({ name }) => name === 'from') &&
    !isWithin(workdir, copyTarget(node)) &&
    !isWithin(copyTarget(node), workdir)
  );
}
