import { lacksPythonPackage } from '../../app/pythonPackages';
import { servicesOf } from '../../app/servicesOf';
import { contextOfBuild, createSite } from '../../app/site';
import { developmentProgram } from '../../app/start/developmentProgram';
import { startCommand } from '../../app/start/startWords';
import { packageCommand } from '../../commands/packageCommand';
import { installsNothing } from '../../commands/packageLists';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { packageOf } from '../../knowledge/nodePrograms';
import type { ShellCommand } from '../../shell/script';
import { escapePattern } from '../../text/pattern';
import type { Word } from '../../text/word';
import { wordList } from '../../text/wordList';

export default defineRule({
  meta: {
    id: 'no-missing-program',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      missing: '`{program}` starts the container, but no step installs it',
      path: '`{program}` is not on PATH: no step installs it globally',
      development: '`{program}` starts the container, and the install leaves out devDependencies',
      move: 'Move `{name}` to `dependencies`, or start without it',
      list: 'Add `{name}` to the packages that are installed',
      npx: 'Write `npx {program}`, or install it with `npm install --global {name}`',
    },
    docs: {
      description: 'Install the program that the container starts',
      rationale:
        'The image builds, and the container stops at once with `executable file not found` or `Cannot find module`. npm puts the programs of a project into `node_modules/.bin`, which is not on PATH: only scripts of package.json and npx find them there.\n\nOnly reported for official images of Python and Node.js, where it is known what all steps install.',
      fixSafety: { manual: 'the version is your choice.' },
      bad: ['FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["nodemon", "server.js"]\n'],
      good: ['FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n'],
      references: ['https://docs.npmjs.com/cli/v11/configuring-npm/folders#executables'],
    },
  },
  create: ({ dockerfile, buildContext, knowledge, settings, report }) => ({
    stage(stage) {
      const words = stage.isFinal ? startCommand(stage) : undefined;
      const language = baseImage(stage)?.name;
      const services = servicesOf(stage, settings.services);
      if (!words || services.some(({ starts }) => starts.length > 0)) return;
      const isMounted = services.some(({ mounts }) => mounts.some(({ kind }) => kind === 'bind'));
      if (language === 'node') {
        const [word] = words;
        const program = word?.value ?? '';
        const name = packageOf(program);
        if (word?.isStatic && NODE.test(program) && !mayBringProgram(dockerfile.instructions, stage, word, name))
          report(word.span, 'path', {
            data: { program },
            fix: { title: 'npx', data: { program, name }, safety: 'manual' },
          });
        const site = buildContext && createSite(dockerfile, stage, knowledge, buildContext);
        const missing = site && developmentProgram(site);
        const last = words.at(-1);
        if (missing && last && !isMounted)
          report(last.span, 'development', {
            data: { program: missing.program },
            fix: { title: 'move', data: { name: missing.name }, safety: 'manual' },
          });
        return;
      }
      const word = language === 'python' ? pythonProgram(words) : undefined;
      const program = word?.value ?? '';
      const name = program === 'waitress-serve' ? 'waitress' : program;
      const context = word && buildContext && contextOfBuild(buildContext);
      if (!context || isMentioned(name, dockerfile.instructions, word)) return;
      if (lacksPythonPackage(name, dockerfile, context))
        report(word.span, 'missing', { data: { program }, fix: { title: 'list', data: { name }, safety: 'manual' } });
    },
  }),
});

/** Programs that no official image of Node.js contains. */
const NODE = wordList`concurrently forever http-server nest next nodemon pm2 pm2-docker pm2-runtime serve ts-node ts-node-dev tsx vite`;
/** Servers whose package has their name, but for one. */
const PYTHON = wordList`celery daphne gunicorn hypercorn streamlit uvicorn waitress-serve`;

/** The program in `gunicorn app`, `poetry run gunicorn app` and `python -m gunicorn app`. */
function pythonProgram(words: readonly Word[]): Word | undefined {
  const [first = '', second = ''] = words.map(({ value }) => value);
  const isRun = second === 'run' && /^(?:poetry|pipenv|pdm|uv)$/.test(first);
  const at = isRun || (second === '-m' && /^python[\d.]*$/.test(first)) ? 2 : 0;
  const word = words[at];
  return word?.isStatic && PYTHON.test(word.value) ? word : undefined;
}

/** True where another instruction names it. */
function isMentioned(name: string, instructions: readonly Instruction[], except: Word): boolean {
  // `@nestjs/cli` begins with no letter.
  const pattern = new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`, 'i');
  return instructions.some(
    ({ span, bodyText }) => !(span.start <= except.span.start && except.span.end <= span.end) && pattern.test(bodyText),
  );
}

/** True where a program of npm may be on PATH. */
function mayBringProgram(instructions: readonly Instruction[], stage: Stage, word: Word, name: string): boolean {
  if (isMentioned(word.value, instructions, word) || isMentioned(name, instructions, word)) return true;
  return inheritedInstructions(stage).some(({ keyword, pairs, flags, args, script }) => {
    if (keyword === 'ENV') return pairs.some((pair) => pair.name === 'PATH');
    if (keyword === 'COPY' || keyword === 'ADD')
      return flags.some((flag) => flag.name === 'from') && /^\/(?:usr|bin|opt|$)|\$/.test(args.at(-1)?.value ?? '/');
    return keyword === 'RUN' && !(script?.commands.every(bringsNoProgram) ?? false);
  });
}

function bringsNoProgram(command: ShellCommand): boolean {
  const call = packageCommand(command, ['npm', 'yarn', 'pnpm']);
  // `npm install --global .`
  if (call) return !call.operands.some(({ value }) => /^[./~$]/.test(value)) && call.subcommand?.value !== 'link';
  return (
    installsNothing(command) ||
    /^(?:adduser|addgroup|npx|node|corepack|git|tar|unzip|python[\d.]*|pip)$/.test(command.name)
  );
}
