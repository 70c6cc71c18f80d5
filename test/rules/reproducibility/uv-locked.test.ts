import rule from '../../../server/src/rules/reproducibility/uv-locked';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN uv sync --locked\n',
    'FROM a\nRUN uv sync --frozen --no-dev\n',
    'FROM a\nENV UV_FROZEN=1\nRUN uv sync\n',
    'FROM a\nRUN uv pip sync requirements.txt\n',
    { code: 'FROM a\nCOPY . .\nRUN uv sync\n', buildContext: buildContextOf({ 'pyproject.toml': '' }) },
    {
      code: 'FROM a\nWORKDIR /app\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\nCOPY pyproject.toml .\nRUN uv sync\n',
      buildContext: buildContextOf({ 'pyproject.toml': '', 'uv.lock': '' }),
    },
    {
      code: 'FROM a\nCOPY --from=ghcr.io/astral-sh/uv /uv /usr/local/bin/uv\nCOPY pyproject.toml /app/\nWORKDIR /app\nRUN uv sync\n',
      buildContext: buildContextOf({ 'pyproject.toml': '', 'uv.lock': '' }),
    },
  ],
  invalid: [
    {
      // The other stage may bring the lock file.
      code: 'FROM a\nWORKDIR /app\nCOPY --from=b /src/ /app/\nCOPY pyproject.toml .\nRUN uv sync\n',
      buildContext: buildContextOf({ 'pyproject.toml': '', 'uv.lock': '' }),
      findings: [{ messageId: 'unfrozen', at: 'sync' }],
      output: 'FROM a\nWORKDIR /app\nCOPY --from=b /src/ /app/\nCOPY pyproject.toml .\nRUN uv sync --locked\n',
    },
    {
      code: 'FROM a\nRUN uv sync --no-dev\n',
      findings: [{ messageId: 'unfrozen', at: 'sync', data: { command: 'uv sync' } }],
      output: 'FROM a\nRUN uv sync --locked --no-dev\n',
    },
    {
      code: 'FROM a\nRUN cd b && uv sync && c\n',
      findings: [{ messageId: 'unfrozen', at: 'sync' }],
      output: 'FROM a\nRUN cd b && uv sync --locked && c\n',
    },
  ],
});
