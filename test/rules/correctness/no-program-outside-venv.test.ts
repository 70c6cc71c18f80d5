import rule from '../../../server/src/rules/correctness/no-program-outside-venv';
import { testRule } from '../../helpers/ruleTester';

const HEAD = 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\n';

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    `${HEAD}RUN pip install uv && uv sync\nCMD ["uv", "run", "uvicorn", "a:b"]\n`,
    `${HEAD}RUN pip install uv && uv sync\nENV PATH=/app/.venv/bin:$PATH\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}ENV UV_PROJECT_ENVIRONMENT=/usr/local\nRUN uv sync\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN poetry config virtualenvs.create false && poetry install\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN pip install pipenv && pipenv install --system\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN pip install uvicorn uv && uv sync\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN pip install -r requirements.txt\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN uv sync\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN uv sync\nRUN ln -s /app/.venv/bin/uvicorn /usr/bin/\nCMD ["uvicorn", "a:b"]\n`,
    `${HEAD}RUN uv sync\nCMD ["/app/.venv/bin/uvicorn", "a:b"]\n`,
    'FROM example/python\nRUN uv sync\nCMD ["uvicorn", "a:b"]\n',
    'FROM python:3.14 AS a\nRUN uv sync\nFROM python:3.14\nCOPY --from=a /app /app\nCMD ["uvicorn", "a:b"]\n',
  ],
  invalid: [
    {
      code: `${HEAD}RUN pip install --no-cache-dir uv==0.9 && uv sync --locked\nCMD ["uvicorn", "a:b"]\n`,
      findings: [{ messageId: 'outside', at: '"uvicorn"', data: { program: 'uvicorn', install: 'uv sync' } }],
      output: `${HEAD}RUN pip install --no-cache-dir uv==0.9 && uv sync --locked\nCMD ["uv", "run", "uvicorn", "a:b"]\n`,
    },
    {
      code: 'FROM python:3.14 AS base\nRUN pip install poetry && poetry install\nFROM base\nCMD exec gunicorn a:b\n',
      findings: [{ messageId: 'outside', at: 'gunicorn', data: { program: 'gunicorn', install: 'poetry install' } }],
      output:
        'FROM python:3.14 AS base\nRUN pip install poetry && poetry install\nFROM base\nCMD exec poetry run gunicorn a:b\n',
    },
    {
      code: `${HEAD}COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/\nRUN uv sync\nCMD ["flask", "run"]\n`,
      findings: [{ messageId: 'outside', at: '"flask"' }],
      output: `${HEAD}COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/\nRUN uv sync\nCMD ["uv", "run", "flask", "run"]\n`,
    },
  ],
});
