import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'no-stale-package-lists',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['kics:update_instruction_alone'],
    messages: {
      stale: 'The package lists come from an earlier layer, which the cache may keep for weeks',
    },
    docs: {
      description: 'Install from package lists that the same RUN updated',
      rationale:
        'The layer that updates the lists stays cached as long as its line does not change. This RUN then requests packages that the mirrors no longer have. Off by default, because [no-lone-package-update](no-lone-package-update.md) reports the update itself.',
      bad: ['FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { tools: [...SYSTEM_MANAGERS, 'pacman'] },
  create: ({ report }) => ({
    command(command, on) {
      if (command.name === 'pacman' && installsByPacman(command) && !syncs(on) && runsAbove(on).some(syncs))
        report(command.span, 'stale');
      const call = systemInstall(command);
      if (!call || !on.stage) return;
      if (call.has('--no-cache', '--update', '--update-cache', '-U') || on.flags.some(({ name }) => name === 'mount'))
        return;
      const updates = (node: Instruction): boolean =>
        (node.script?.commands ?? []).some((other) => isUpdate(packageCommand(other, [call.tool])));
      if (!updates(on) && runsAbove(on).some(updates)) report(call.subcommand.span, 'stale');
    },
  }),
});

function runsAbove({ stage, span }: Instruction): Instruction[] {
  return stage?.instructions.filter((node) => node.keyword === 'RUN' && node.span.start < span.start) ?? [];
}

/** `pacman -S nginx`; with `y`, it fetches the lists itself. */
function installsByPacman({ words }: ShellCommand): boolean {
  const options = words.slice(1).filter(({ value }) => value.startsWith('-'));
  return options.some(({ value }) => /^-S$|^--sync$/.test(value)) && words.length > options.length + 1;
}

/** `pacman -Sy`, `pacman -Syu`. */
function syncs({ script }: Instruction): boolean {
  return (script?.commands ?? []).some(
    ({ name, words }) => name === 'pacman' && words.some(({ value }) => /^-S[a-z]{0,5}y|^--refresh$/.test(value)),
  );
}

function isUpdate(call: PackageCommand | undefined): boolean {
  return /^(?:update|refresh|ref)$/.test(call?.subcommand?.value ?? '');
}
