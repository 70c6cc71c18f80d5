import { absolutePath, copyTarget } from '../../app/copiedFiles';
import { type FileSearch, isContextCertain, lacksFile } from '../../app/lackedFile';
import { parsePackageJson } from '../../app/packageJson';
import { contextOfBuild } from '../../app/site';
import { copiedStage } from '../../dockerfile/copiedStage';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { baseName, isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-missing-stage-file',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      absent: '`{path}` is not in the stage: no step copies or makes it',
      correct: 'Correct the path, or remove the line',
      near: 'Write `{meant}`',
    },
    docs: {
      description: 'Copy only files that the other stage has',
      rationale:
        'The build fails with `not found`, after everything above it was built. Next.js starts without a `public` folder, but a COPY of it needs one; Cargo and Maven name what they build after the project.\n\nOnly reported where all files of the build context and all steps of the stage are known.',
      fixSafety: { manual: 'only the author knows which file is meant.' },
      bad: [
        'FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:24-slim\nCOPY --from=build /app/server.js /app/\n',
      ],
      good: [
        'FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:24-slim\nCOPY --from=build /app/index.js /app/\n',
      ],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  create: ({ dockerfile, buildContext, settings, report }) => ({
    file({ instructions }) {
      const context = buildContext && contextOfBuild(buildContext);
      if (!context || !isContextCertain(buildContext, settings)) return;
      for (const node of instructions) {
        const from = copiedStage(dockerfile, node);
        if (!from) continue;
        for (const word of node.args.slice(0, -1)) {
          const path = absolutePath(word.value, '/');
          if (!word.isStatic || /[*?[\]$]/.test(word.value) || isNamed(path, from)) continue;
          const meant = otherArtefact(path, from, context);
          if (meant === undefined && !isAbsent(path, from, node, { dockerfile, context })) continue;
          report(word.span, 'absent', {
            data: { path: word.value },
            fix:
              meant === undefined
                ? { title: 'correct', safety: 'manual' }
                : { title: 'near', data: { meant }, safety: 'manual' },
          });
        }
      }
    },
  }),
});

/** True where a RUN of the stage names it. */
function isNamed(path: string, stage: Stage): boolean {
  return runsOf(stage).some(({ bodyText }) => bodyText.includes(baseName(path)));
}

function runsOf(stage: Stage): Instruction[] {
  return inheritedInstructions(stage).filter(({ keyword }) => keyword === 'RUN');
}

/** True for a source of the project that the build context lacks. */
function isAbsent(path: string, from: Stage, node: Instruction, search: FileSearch): boolean {
  const copies = inheritedInstructions(from).filter(
    ({ keyword, flags }) => /^(?:COPY|ADD)$/.test(keyword) && !flags.some(({ name }) => name === 'from'),
  );
  if (!copies.some((copy) => copyTarget(copy) !== '/' && isWithin(path, copyTarget(copy)))) return false;
  const isOfNext = baseName(path) === 'public' && isPlainNext(search.context);
  const isProgram = /\/[\w-]+$/.test(path) && buildsGo(from);
  if (!isOfNext && !isProgram && (!SOURCE.test(path) || MADE.test(path))) return false;
  return lacksFile(path, from, node.span.start, { ...search, isNeverBuilt: isOfNext });
}

const SOURCE = /\.(?:[cm]?[jt]s|json|py|rb|sh|ya?ml|prisma|conf)$/;
/** What installs and tools write. */
const MADE = anyOf(/node_modules|\/vendor\/|\/\.|lock\b|site-packages|generated|manifest|\/assets?\/|build|version/);

/** Next.js that nothing adds files to: some plugins write into `public`. */
function isPlainNext(context: BuildContext): boolean {
  const text = context.read('package.json') ?? '';
  const json = parsePackageJson(text);
  return (
    json?.dependencies.has('next') === true &&
    !json.hasWorkspaces &&
    !/sitemap|pwa|serwist|workbox|partytown|public|"(?:pre|post)build"|contentlayer|velite|msw/.test(text)
  );
}

function buildsGo(stage: Stage): boolean {
  const commands = runsOf(stage).flatMap(({ script }) => script?.commands ?? []);
  return commands.some(({ name, words }) => name === 'go' && words[1]?.value === 'build');
}

/** The path of what Cargo or Maven builds, where a COPY names it otherwise. */
function otherArtefact(path: string, from: Stage, context: BuildContext): string | undefined {
  const folder = path.slice(0, path.length - baseName(path).length);
  const runs = runsOf(from).map(({ bodyText }) => bodyText);
  const builds = (program: RegExp) => runs.some((text) => program.test(text)) && !runs.some((text) => MOVES.test(text));
  let name: string | undefined;
  if (/\/target\/(?:[\w-]+\/)?release\/[\w-]+$/.test(path) && builds(/\bcargo build\b/)) name = cargoProgram(context);
  if (/\/target\/[\w.-]+\.jar$/.test(path) && builds(/\bmvnw?\b.{1,200}\b(?:package|verify)\b/))
    name = mavenArchive(context);
  return name === undefined || name === baseName(path) ? undefined : `${folder}${name}`;
}

const MOVES =
  /\b(?:mv|cp|ln|install)\b|--(?:out-dir|artifact-dir|bin|example|package)\b| -p |finalName|-Drevision|versions:set/;

/** Undefined for workspaces, and where the manifest lists its programs. */
function cargoProgram(context: BuildContext): string | undefined {
  const text = context.read('Cargo.toml') ?? '';
  const files = [...context.files.keys()];
  if (
    /^[ \t]{0,8}\[(?:workspace|\[bin|lib)/m.test(text) ||
    files.some((file) => /^src\/bin\//.test(file)) ||
    !files.includes('src/main.rs')
  )
    return undefined;
  return /^\[package\][^[]{0,500}?^name\s{0,9}=\s{0,9}"([\w-]{1,100})"/m.exec(text)?.[1];
}

/** Undefined where a plugin, a property or a parent may name it. */
function mavenArchive(context: BuildContext): string | undefined {
  const text = (context.read('pom.xml') ?? '').replace(/<!--[\s\S]{0,5000}?-->/g, '');
  const parent = /<parent>([\s\S]{0,1000}?)<\/parent>/.exec(text)?.[1];
  if (parent !== undefined && !parent.includes('spring-boot-starter-parent')) return undefined;
  if (
    /<(?:finalName|modules|classifier|outputFile|profiles)>|maven-(?:shade|assembly)-plugin|<packaging>(?!jar)/.test(
      text,
    )
  )
    return undefined;
  const [own = ''] = text
    .replace(/<parent>[\s\S]{0,1000}?<\/parent>/, '')
    .split(/<(?:dependencies|build|properties|dependencyManagement)>/, 1);
  const id = /<artifactId>\s{0,9}([\w.-]{1,100})\s{0,9}<\/artifactId>/.exec(own)?.[1];
  const version = /<version>\s{0,9}([\w.-]{1,60})\s{0,9}<\/version>/.exec(own)?.[1];
  return id === undefined || version === undefined ? undefined : `${id}-${version}.jar`;
}
