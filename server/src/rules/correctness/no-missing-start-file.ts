import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import { isContextCertain, lacksFile } from '../../app/lackedFile';
import { servicesOf } from '../../app/servicesOf';
import { contextOfBuild } from '../../app/site';
import { startCommand } from '../../app/start/startWords';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-missing-start-file',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      absent: '`{path}` is not in the image: no step copies or makes it',
      assembly: '`{path}` is not in the image: no project builds an assembly of that name',
      correct: 'Correct the path, or copy the file',
      name: 'Write `{meant}`',
    },
    docs: {
      description: 'Start a file that is in the image',
      rationale:
        'The image builds, and the container stops at once: node says `Cannot find module`, Python `can’t open file`, Java `Unable to access jarfile`.\n\nOnly reported where all files of the build context and all steps are known.',
      fixSafety: { manual: 'only the author knows which file is meant.' },
      bad: ['FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n'],
      good: ['FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "index.js"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#cmd'],
    },
  },
  create: ({ dockerfile, buildContext, settings, report }) => ({
    stage(stage) {
      const words = stage.isFinal && buildContext ? startCommand(stage) : undefined;
      const file = words && startFile(words);
      const context = file && buildContext && contextOfBuild(buildContext);
      if (!context || !isContextCertain(buildContext, settings)) return;
      const services = servicesOf(stage, settings.services);
      if (services.some(({ starts, mounts }) => starts.length > 0 || mounts.some(({ kind }) => kind === 'bind')))
        return;
      if (file.value.endsWith('.dll')) {
        const projects = [...context.files.keys()].filter((path) => /\.(?:cs|fs|vb)proj$/.test(path));
        const meant = projects.length === 1 ? `${baseName(projects[0] ?? '').replace(/\.\w+$/, '')}.dll` : undefined;
        if (buildsAssembly(baseName(file.value), projects, context)) return;
        const title = meant === undefined ? 'correct' : 'name';
        report(file.span, 'assembly', {
          data: { path: file.value },
          fix: { title, data: meant === undefined ? {} : { meant }, safety: 'manual' },
        });
        return;
      }
      // Without any source of that language, the sources come from elsewhere.
      const end = file.value.slice(file.value.lastIndexOf('.'));
      if (![...context.files.keys()].some((one) => one.endsWith(end))) return;
      const path = absolutePath(file.value, workdirAtEnd(inheritedInstructions(stage)));
      if (!lacksFile(path, stage, Number.POSITIVE_INFINITY, { dockerfile, context })) return;
      report(file.span, 'absent', { data: { path: file.value }, fix: { title: 'correct', safety: 'manual' } });
    },
  }),
});

/** `server.js` in `node --inspect server.js`, `app.jar` in `java -jar app.jar`, `./start.sh`. */
function startFile(words: readonly Word[]): Word | undefined {
  const [program, ...others] = words;
  const name = baseName(program?.value ?? '');
  const isScript = /\.(?:sh|py|js)$/.test(name) && /^\.?\/(?!docker-entrypoint)/.test(program?.value ?? '');
  if (isScript) return program?.isStatic ? program : undefined;
  const rest = RUNS.test(`${name} ${others[0]?.value}`) ? others.slice(1) : others;
  const ends = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!ends) return undefined;
  // What stands behind other options may be their value.
  const at = rest.findIndex(
    ({ value }) => !/^(?:-u|-jar|-[DX][\w:.=-]+|--inspect(?:=\S*)?|--enable-source-maps)$/.test(value),
  );
  const file = rest[at];
  if (name === 'java' && rest[at - 1]?.value !== '-jar') return undefined;
  return file?.isStatic && ends.test(file.value) && !/[$*]|^-/.test(file.value) ? file : undefined;
}

const FILES: Readonly<Record<string, RegExp>> = {
  node: /^[\w./-]+\.[cm]?js$/,
  nodemon: /^[\w./-]+\.[cm]?js$/,
  python: /^[\w./-]+\.py$/,
  python3: /^[\w./-]+\.py$/,
  ruby: /^[\w./-]+\.rb$/,
  java: /^[\w./-]+\.jar$/,
  dotnet: /^[\w./-]+\.dll$/,
  sh: /^[\w./-]+\.sh$/,
  bash: /^[\w./-]+\.sh$/,
  fastapi: /^[\w./-]+\.py$/,
  streamlit: /^[\w./-]+\.py$/,
};

/** The file stands behind the subcommand. */
const RUNS = /^(?:fastapi (?:run|dev)|streamlit run)$/;

function buildsAssembly(name: string, projects: readonly string[], context: BuildContext): boolean {
  if (projects.length === 0) return true;
  const texts = [...projects, ...[...context.files.keys()].filter((path) => path.endsWith('.props'))].map((path) =>
    context.read(path),
  );
  return (
    texts.some((text) => text === undefined || text.includes('AssemblyName')) ||
    projects.some((path) => baseName(path).replace(/\.\w+$/, '.dll') === name)
  );
}
