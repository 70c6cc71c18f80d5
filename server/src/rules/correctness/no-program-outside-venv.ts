import { startInstructions } from '../../app/start/startInstructions';
import { startCommand } from '../../app/start/startWords';
import { packageCommand } from '../../commands/packageCommand';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { wordList } from '../../text/wordList';

/** Programs that come with Python packages. */
const PROGRAMS = wordList`
  alembic celery chainlit daphne django-admin dramatiq fastapi flask gradio granian gunicorn hypercorn litestar mkdocs
  mlflow prefect robyn rq sanic scrapy streamlit taskiq uvicorn uwsgi waitress-serve
`;

export default defineRule({
  meta: {
    id: 'no-program-outside-venv',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      outside: '`{program}` is not on PATH: `{install}` puts it into a virtual environment',
      run: 'Start it with `{tool} run`',
    },
    docs: {
      description: 'Start a program from the virtual environment that it was installed into',
      rationale:
        '`uv sync`, `poetry install`, `pdm install` and `pipenv install` install into a virtual environment. Its programs are not on PATH, so the container stops with `executable file not found`. Start them with the `run` command of the tool, or put the environment first in PATH: `ENV PATH="/app/.venv/bin:$PATH"`.',
      fixSafety: { unsafe: 'the tool starts the program, and may look for newer packages first.' },
      bad: [
        'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv sync --locked\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n',
      ],
      good: [
        'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv sync --locked\nCMD ["uv", "run", "uvicorn", "main:app", "--host", "0.0.0.0"]\n',
        'FROM python:3.14-slim\nWORKDIR /app\nENV PATH="/app/.venv/bin:$PATH"\nCOPY . .\nRUN pip install uv && uv sync --locked\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n',
      ],
      references: [
        'https://docs.astral.sh/uv/guides/integration/docker/',
        'https://python-poetry.org/docs/configuration/#virtualenvscreate',
      ],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      const [program] = (stage.isFinal && startCommand(stage)) || [];
      if (!program?.isStatic || !PROGRAMS.test(program.value) || baseImage(stage)?.name !== 'python') return;
      const steps = inheritedInstructions(stage);
      const install = steps.map(environmentInstall).find((one) => one);
      if (!install || steps.some(mayBringProgram)) return;
      const start = startInstructions(stage).find(
        ({ span }) => span.start < program.span.start && program.span.end <= span.end,
      );
      const newText = start?.form === 'exec' ? `"${install.tool}", "run", ` : `${install.tool} run `;
      report(program.span, 'outside', {
        data: { program: program.value, install: install.call },
        fix: {
          title: 'run',
          data: { tool: install.tool },
          safety: 'unsafe',
          edits: [{ span: { start: program.span.start, end: program.span.start }, newText }],
        },
      });
    },
  }),
});

/** `uv sync` and the like: an install into an environment of its own. */
function environmentInstall({ keyword, script }: Instruction): { tool: string; call: string } | undefined {
  if (keyword !== 'RUN') return undefined;
  for (const command of script?.commands ?? []) {
    const call = packageCommand(command, ['uv', 'poetry', 'pdm', 'pipenv']);
    const name = call?.subcommand?.value ?? '';
    if (call && (call.tool === 'uv' ? name === 'sync' : /^(?:install|sync)$/.test(name)) && !call.has('--system'))
      return { tool: call.tool, call: `${call.tool} ${name}` };
  }
  return undefined;
}

/** True where the program may be on PATH in another way. */
function mayBringProgram({ keyword, flags, bodyText, script, pairs }: Instruction): boolean {
  if (keyword === 'ENV' || keyword === 'ARG') return pairs.some(({ name }) => /PATH|VENV|VIRTUAL|_ENV/.test(name));
  if (keyword === 'COPY' || keyword === 'ADD')
    return flags.some(({ name }) => name === 'from') && !/\/(?:uv|uvx|poetry)\b/.test(bodyText);
  if (keyword !== 'RUN') return false;
  if (!script || /virtualenvs[.-]create|\bvenv\b|\bln\b|\bexport\b/.test(bodyText)) return true;
  return script.commands.some((command) => {
    const call = packageCommand(command, ['pip', 'pipx', 'uv', 'conda', 'apt-get', 'apt']);
    if (!call || (call.tool === 'uv' && call.subcommand?.value === 'sync')) return false;
    return (
      !call.operands.every(({ value }) =>
        /^(?:uv|poetry|pdm|pipenv|pip|setuptools|wheel)(?:[=<>~![].*)?$/.test(value),
      ) &&
      call.tool !== 'apt-get' &&
      call.tool !== 'apt'
    );
  });
}
