import { packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import type { Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'cargo-locked',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      unlocked: '`cargo {subcommand}` may use versions that are not in Cargo.lock',
      lock: 'Add `--locked`',
    },
    docs: {
      description: 'Build with the versions in Cargo.lock',
      rationale:
        'Without `--locked`, cargo silently updates a lock file that does not match: the image then contains untested versions.',
      fixSafety: { unsafe: 'the step fails if Cargo.lock does not match Cargo.toml.' },
      bad: ['FROM rust:1.79\nCOPY Cargo.toml Cargo.lock ./\nRUN cargo build --release\n'],
      good: ['FROM rust:1.79\nCOPY Cargo.toml Cargo.lock ./\nRUN cargo build --release --locked\n'],
      references: ['https://doc.rust-lang.org/cargo/commands/cargo-build.html#manifest-options'],
    },
  },
  visits: { tools: ['cargo'] },
  create: ({ buildContext, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['cargo'], on);
      const subcommand = call?.subcommand;
      if (
        !subcommand ||
        !/^(?:build|b|install|run|test|rustc)$/.test(subcommand.value) ||
        call.has('--locked', '--frozen', '--offline')
      )
        return;
      const isInstall = subcommand.value === 'install';
      // `cargo install name` uses the lock file that the author published.
      if (!isInstall && !copiesLock(on, buildContext)) return;
      report(subcommand.span, 'unlocked', {
        data: { subcommand: subcommand.value },
        fix: { title: 'lock', safety: 'unsafe', edits: [addOption(subcommand, '--locked')] },
      });
    },
  }),
});

function copiesLock(run: Instruction, context: BuildContext | undefined): boolean {
  const copies = (run.stage?.instructions ?? []).filter(
    ({ keyword, span }) => keyword === 'COPY' && span.start < run.span.start,
  );
  const sources = copies.flatMap(({ args }) => args.slice(0, -1).map(({ value }) => value));
  return sources.some(
    (source) =>
      /Cargo\.lock$|Cargo\.\*$/.test(source) || (/^\.\/?$/.test(source) && context?.files.has('Cargo.lock') === true),
  );
}
