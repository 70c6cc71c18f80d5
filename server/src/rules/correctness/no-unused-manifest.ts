import { packageCommand } from '../../commands/packageCommand';
import { installsNothing } from '../../commands/packageLists';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import type { Word } from '../../text/word';
import { wordList } from '../../text/wordList';

export default defineRule({
  meta: {
    id: 'no-unused-manifest',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      unused: '`{manifest}` is copied, but no step installs what it lists',
      install: 'Write `RUN {command}` below it, or remove the line',
    },
    docs: {
      description: 'Install the dependencies that a copied manifest lists',
      rationale:
        'A manifest that is copied on a line of its own is there for an install. Without one, the container stops at the first import of a dependency, or runs with packages that a developer happened to have in the build context.',
      fixSafety: { manual: 'the dependencies may be meant to come from somewhere else.' },
      bad: [
        'FROM python:3.14-slim\nWORKDIR /app\nCOPY requirements.txt .\nCOPY . .\nCMD ["python", "app.py"]\n',
        'FROM node:24-slim\nWORKDIR /app\nCOPY package*.json ./\nCOPY . .\nCMD ["node", "server.js"]\n',
      ],
      good: [
        'FROM python:3.14-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
      ],
      references: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      const base = lineage(stage)[0]?.base;
      if (!stage.isFinal || base?.kind !== 'image' || base.image.registry !== undefined) return;
      const { repository } = base.image;
      const language = Object.hasOwn(LANGUAGES, repository) ? LANGUAGES[repository] : undefined;
      const steps = lineage(stage).flatMap(({ instructions }) => instructions);
      const copied = language && manifestIn(stage, language.manifest);
      // Dependencies may come from another stage, from a script, or when the container starts.
      if (!copied || !startsProgram(steps, language.program) || steps.some(mayInstall)) return;
      report(copied.span, 'unused', {
        data: { manifest: copied.value },
        fix: { title: 'install', data: { command: commandFor(copied.value) ?? language.command }, safety: 'manual' },
      });
    },
  }),
});

interface Language {
  readonly manifest: RegExp;
  readonly command: string;
  /** A start command that needs the dependencies and does not install them. */
  readonly program: RegExp;
}

const PYTHON = /^(?:python[\d.]*|gunicorn|uvicorn|flask|celery|streamlit|fastapi)$/;

const conda = (update: string): Language => ({
  manifest: /^(?:[\w./-]*\/)?env(?:ironment)?[\w.-]*\.ya?ml$/,
  command: `${update} --name base --file environment.yml`,
  program: anyOf(PYTHON, /^(?:conda|mamba|micromamba|jupyter(?:-lab|-notebook)?)$/),
});

const LANGUAGES: Readonly<Record<string, Language>> = {
  'continuumio/anaconda3': conda('conda env update'),
  'continuumio/miniconda3': conda('conda env update'),
  'condaforge/mambaforge': conda('mamba env update'),
  'condaforge/miniforge3': conda('conda env update'),
  'mambaorg/micromamba': conda('micromamba install --yes'),
  python: {
    manifest: /^(?:[\w./-]*\/)?(?:requirements[\w.-]*\.txt|poetry\.lock|uv\.lock|Pipfile\.lock)$/,
    command: 'pip install --no-cache-dir -r requirements.txt',
    program: PYTHON,
  },
  node: {
    manifest: /^(?:[\w./-]*\/)?package(?:\.json|\*\.json)$/,
    command: 'npm ci',
    program: /^(?:node|nodemon|ts-node|pm2-runtime|next)$/,
  },
  php: {
    manifest: /^(?:[\w./-]*\/)?composer\.(?:json|\*)$/,
    command: 'composer install --no-dev',
    program: /^(?:php|php-fpm|apache2-foreground)$/,
  },
  ruby: {
    manifest: /^(?:[\w./-]*\/)?Gemfile\*?$/,
    command: 'bundle install',
    program: /^(?:ruby|rails|rackup|puma)$/,
  },
};

function commandFor(manifest: string): string | undefined {
  const name = baseName(manifest);
  return Object.hasOwn(LOCK_COMMANDS, name) ? LOCK_COMMANDS[name] : undefined;
}

const LOCK_COMMANDS: Readonly<Record<string, string>> = {
  'poetry.lock': 'poetry install --no-root',
  'uv.lock': 'uv sync --locked',
  'Pipfile.lock': 'pipenv sync --system',
};

/** A manifest that is copied without the rest of the project. */
function manifestIn({ instructions }: Stage, manifest: RegExp): Word | undefined {
  const copies = instructions.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
  const copy = copies.find(({ args }) => args.length > 1 && args.slice(0, -1).every(({ value }) => isManifest(value)));
  return copy?.args.find(({ value }) => manifest.test(value));
}

const MANIFEST = wordList`
  requirements[\w.-]*\.txt package\*?(?:-lock)?\*?\.json \S{1,20}\.lockb?\*? pnpm-lock\.yaml\*?
  (?:Gem|Pip)file\*? pyproject\.toml composer\.(?:json|\*) env(?:ironment)?[\w.-]*\.ya?ml
`;

function isManifest(source: string): boolean {
  return MANIFEST.test(baseName(source));
}

function startsProgram(steps: readonly Instruction[], program: RegExp): boolean {
  const start = steps.findLast(({ keyword }) => keyword === 'ENTRYPOINT') ?? steps.findLast(isCommand);
  const name = start?.form === 'exec' ? start.args[0]?.value : start?.script?.commands[0]?.name;
  return program.test(baseName(name ?? ''));
}

const isCommand = ({ keyword }: Instruction): boolean => keyword === 'CMD';

function mayInstall(node: Instruction): boolean {
  if (node.keyword === 'COPY' || node.keyword === 'ADD')
    return (
      (node.flags.some(({ name }) => name === 'from') && !node.args.at(-1)?.value.includes('/bin/')) ||
      /_modules|\bvendor\b/.test(node.bodyText)
    );
  if (node.keyword !== 'RUN') return false;
  return (
    node.flags.length > 0 ||
    !node.script ||
    !node.script.commands.every((command) => installsNothing(command) || installsNamed(command))
  );
}

/** `npm install -g pm2`, `pip install poetry`, `docker-php-ext-install zip`: nothing that a manifest lists. */
function installsNamed(command: ShellCommand): boolean {
  if (/^(?:docker-php-ext-\w+|a2enmod|pecl|corepack)$/.test(command.name)) return true;
  if (/^(?:conda|mamba|micromamba)$/.test(command.name)) return readsNoManifest(command);
  const call = packageCommand(command, ['npm', 'pip', 'pipx', 'gem']);
  if (!call || call.operands.length === 0 || call.subcommand?.value === 'run') return false;
  if (call.tool === 'npm') return call.has('-g', '--global');
  const isProject = call.has('-r', '--requirement', '-e', '--editable', '-c') || call.tool === 'gem';
  return (
    !isProject &&
    call.operands.every(({ value }) => /^[\w.-]+(?:\[[\w,-]+\])?(?:[=<>~!]=?[\w.*-]+)?$/.test(value) && value !== '.')
  );
}

/** `conda install numpy`; `conda env create` reads environment.yml even without an option. */
function readsNoManifest({ words }: ShellCommand): boolean {
  const [subcommand, ...rest] = words.slice(1).map(({ value }) => value);
  return (
    /^(?:clean|config|create|init|install|update)$/.test(subcommand ?? '') &&
    !rest.some((word) => /^(?:-f|--file)|\.ya?ml\b|\$/.test(word))
  );
}
