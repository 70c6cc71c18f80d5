import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { unfrozenInstall } from '../shared/frozenLockfile';

export default defineRule({
  meta: {
    id: 'uv-locked',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      unlocked: '`{command}` may install versions that are not in uv.lock',
      lock: 'Add `--locked`',
    },
    docs: {
      description: 'Let uv install exactly what the lock file says',
      rationale:
        'Without `--locked` or `--frozen`, uv updates a lock file that does not match `pyproject.toml`, and creates one if it is missing. The image then contains untested versions.',
      fixSafety: 'Unsafe: the step fails if the lock file does not match or is not copied.',
      bad: ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync\n'],
      good: [
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\n',
      ],
      references: ['https://docs.astral.sh/uv/guides/integration/docker/'],
    },
  },
  visits: { tools: ['uv'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command, on) {
      const install = unfrozenInstall(command, on, text, CHECK);
      if (!install) return;
      report(install.at.span, 'unlocked', {
        data: { command: install.written },
        fix: { title: 'lock', safety: 'unsafe', edits: [addOption(install.at, '--locked')] },
      });
    },
  }),
});

const CHECK = {
  tool: 'uv',
  subcommands: ['sync'],
  options: ['--locked', '--frozen', '--dry-run', '--check', '-h', '--help'],
  setting: /UV_(?:LOCKED|FROZEN)/,
};
