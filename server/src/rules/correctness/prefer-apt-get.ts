import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

/** Subcommands that apt-get supports in the same way. */
const SAME = new Set([
  'install',
  'update',
  'remove',
  'purge',
  'autoremove',
  'clean',
  'autoclean',
  'source',
  'build-dep',
  'download',
]);
/** What apt-get calls a subcommand that does more in apt, or has another name there. */
const RENAMED: Readonly<Record<string, string>> = {
  // apt also installs packages that an upgrade newly needs.
  upgrade: 'upgrade --with-new-pkgs',
  'full-upgrade': 'dist-upgrade',
  'dist-upgrade': 'dist-upgrade',
};
/** Subcommands that apt-cache supports. */
const QUERIES = new Set(['search', 'show', 'policy']);

export default defineRule({
  meta: {
    id: 'prefer-apt-get',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3027', 'CKV_DOCKER_9', 'DF059', 'kics:run_using_apt', 'semgrep:prefer-apt-get'],
    fixable: 'safe',
    messages: {
      apt: '`apt` is for interactive use: its interface may change',
      replace: 'Use `{tool}`',
    },
    docs: {
      description: 'Use apt-get in scripts instead of apt',
      rationale:
        '`apt` itself warns: "apt does not have a stable CLI interface". Its output and options may change between releases; those of `apt-get` and `apt-cache` do not.',
      fixSafety: {
        safe: 'only if both have the subcommand: the same packages are installed. `apt upgrade` becomes `apt-get upgrade --with-new-pkgs`, which does the same.',
        manual: '`apt-get` lacks other subcommands, such as `apt list`.',
      },
      bad: ['FROM debian:12\nRUN apt update && apt install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      references: [
        'https://manpages.debian.org/bookworm/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS',
      ],
    },
  },
  visits: { tools: ['apt'] },
  create: ({ report }) => ({
    command(command) {
      const [name] = command.words;
      const { subcommand } = readOptions(command);
      if (name?.value !== 'apt') return;
      const asked = subcommand?.value ?? '';
      const renamed = Object.hasOwn(RENAMED, asked) ? RENAMED[asked] : undefined;
      const tool = SAME.has(asked) || renamed ? 'apt-get' : QUERIES.has(asked) ? 'apt-cache' : undefined;
      const edits = tool ? [{ span: name.span, newText: tool }] : [];
      if (subcommand && renamed && renamed !== asked) edits.push({ span: subcommand.span, newText: renamed });
      report(name.span, 'apt', {
        data: { tool: tool ?? 'apt-get' },
        fix: tool ? { title: 'replace', safety: 'safe', edits } : { title: 'replace', safety: 'manual' },
      });
    },
  }),
});
