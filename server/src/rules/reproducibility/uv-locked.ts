import { frozenLockfileRule } from '../shared/frozenLockfile';

export default frozenLockfileRule({
  id: 'uv-locked',
  since: '0.2.0',
  recommended: true,
  option: '--locked',
  tool: 'uv',
  lockFile: /\/uv\.lock$/,
  subcommands: ['sync'],
  options: ['--locked', '--frozen', '--dry-run', '--check', '-h', '--help'],
  setting: /UV_(?:LOCKED|FROZEN)/,
  docs: {
    description: 'Let uv install exactly what the lock file says',
    rationale:
      'Without `--locked` or `--frozen`, uv updates a lock file that does not match `pyproject.toml`, and creates one if it is missing. The image then contains untested versions.',
    bad: ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync\n'],
    good: [
      'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\n',
    ],
    references: ['https://docs.astral.sh/uv/guides/integration/docker/'],
  },
});
