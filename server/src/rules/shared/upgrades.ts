import { fullUpgrade } from '../../commands/systemPackages';
import { defineRule, type RuleMeta } from '../../engine/rule';

interface UpgradeRule extends Pick<RuleMeta, 'id' | 'aliases'> {
  readonly tools: readonly string[];
  /** Subcommands that upgrade all packages. */
  readonly subcommands: readonly string[];
  readonly docs: Omit<RuleMeta['docs'], 'rationale'>;
}

/** Defines a rule for a package manager that upgrades all packages during the build. */
export function upgradeRule({ id, aliases, tools, subcommands, docs }: UpgradeRule) {
  return defineRule({
    meta: {
      id,
      group: 'maintainability',
      severity: 'info',
      recommended: false,
      since: '0.1.0',
      scope: 'instruction',
      aliases,
      messages: {
        upgrade: '`{tool} {subcommand}` makes the image depend on the build date',
      },
      docs: {
        rationale:
          'What an upgrade changes depends on the build date, not on the file. A newer base image has the same fixes, in layers that all images built on it share. Off by default, because teams that build every night may want exactly this.',
        ...docs,
      },
    },
    visits: { tools },
    create: ({ report }) => ({
      command(command) {
        const call = fullUpgrade(command, tools, subcommands);
        if (call)
          report(call.subcommand.span, 'upgrade', { data: { tool: call.tool, subcommand: call.subcommand.value } });
      },
    }),
  });
}
