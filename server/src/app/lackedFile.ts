import { packageCommand } from '../commands/packageCommand';
import { installsNothing } from '../commands/packageLists';
import { copiedStage } from '../dockerfile/copiedStage';
import { baseImage, inheritedInstructions } from '../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { matchesGlob } from '../engine/glob';
import type { RuleSettings } from '../engine/ruleSettings';
import { readOptions } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { baseName, isWithin } from '../text/paths';
import { anyOf } from '../text/pattern';
import { wordList } from '../text/wordList';
import { excludedFromGit } from './builtFiles';
import { folderOf } from './commandFolder';
import { PLACES, usesArgument } from './contextFileAt';
import { absolutePath, copiedBy, copyTarget, normalPath } from './copiedFiles';

export interface FileSearch {
  readonly dockerfile: DockerfileModel;
  /** Without what .dockerignore leaves out. */
  readonly context: BuildContext;
  /** No build writes files of that name. */
  readonly isNeverBuilt?: boolean;
}

/** Images whose own files no Dockerfile names by a relative path. */
const PLAIN = wordList`
  node oven/bun python pypy ruby golang rust debian ubuntu alpine busybox buildpack-deps eclipse-temurin amazoncorretto openjdk
  maven gradle denoland/deno mcr\.microsoft\.com/dotnet/\w+ gcr\.io/distroless/[\w-]+
`;

/** True where the folder beside the Dockerfile is certainly the build context. */
export function isContextCertain({ files, unlisted }: BuildContext, { isNamedInBuildFile }: RuleSettings): boolean {
  const isListed = !unlisted.includes('');
  return isListed && (isNamedInBuildFile || unlisted.includes('.git') || MANIFESTS.some((name) => files.has(name)));
}

/** Files that lie in the folder of a project. */
export const MANIFESTS = [
  'package.json',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'manage.py',
  'Gemfile',
  'pom.xml',
  'Cargo.toml',
  'go.mod',
];

/** True where no step of a stage before an offset may make a file, or copy it from anywhere. */
export function lacksFile(path: string, stage: Stage, before: number, search: FileSearch): boolean {
  const steps = inheritedInstructions(stage).filter(({ span }) => span.start < before);
  if (!PLAIN.test(baseImage(stage)?.name ?? '') || steps.some((node) => node.keyword === 'ONBUILD')) return false;
  if (steps.some((node) => PLACES.test(node.keyword) && usesArgument(node, steps))) return false;
  return steps.every((node) => {
    if (node.keyword === 'RUN') return !node.script || node.heredocs.length > 0 ? false : !mayMake(node, path, search);
    return (node.keyword !== 'COPY' && node.keyword !== 'ADD') || !mayCopy(node, path, search);
  });
}

function mayCopy(node: Instruction, path: string, search: FileSearch): boolean {
  const target = copyTarget(node);
  if (!isWithin(path, target) && !isWithin(target, path)) return false;
  if (!node.flags.some(({ name }) => name === 'from')) {
    const copied = node.heredocs.length > 0 ? undefined : copiedBy(node, search.context);
    // What a build on the host makes comes with its folder.
    const isFolder = node.args.slice(0, -1).some(({ value }) => !search.context.files.has(normalPath(value)));
    const isMade =
      mayBeOutput(path, search) || ARCHIVE.test(path) || excludedFromGit(path.slice(target.length), search.context);
    return !copied || (isFolder && isMade) || [...copied.keys()].some((file) => isWithin(file, path));
  }
  const other = copiedStage(search.dockerfile, node);
  if (!other || target === path || isWithin(target, path)) return true;
  const rest = path.slice(target === '/' ? 1 : target.length + 1);
  return node.args.slice(0, -1).some((source) => {
    const name = baseName(source.value.replace(/\/$/, ''));
    if (!source.isStatic || name === rest) return true;
    if (/[*?[]/.test(name)) return !/\.\w+$/.test(name) || matchesGlob(rest, `/${name}`);
    if (/\.[a-z]{1,5}$/.test(name)) return false;
    return !lacksFile(absolutePath(rest, absolutePath(source.value, '/')), other, node.span.start, search);
  });
}

/** Programs that make no file of the project. */
const ASIDE = wordList`
  adduser addgroup chgrp corepack dos2unix update-ca-certificates a2enmod a2dismod pecl docker-php-ext-[\w-]+ bundle gem
  pip[\d.]* pipenv poetry uv pdm setcap apk apt-get apt useradd groupadd mkdir chmod chown rm echo set cd export ls true
`;

function mayMake(run: Instruction, path: string, search: FileSearch): boolean {
  return (run.script?.commands ?? []).some((command) => {
    const writes = command.redirects.some(
      ({ operator, target }) =>
        operator.includes('>') && (!target?.isStatic || baseName(target.value) === baseName(path)),
    );
    return writes || mayBeMadeBy(command, run, path, search);
  });
}

function mayBeMadeBy(command: ShellCommand, run: Instruction, path: string, search: FileSearch): boolean {
  const { name, words } = command;
  const [, first = '', second = ''] = words.map(({ value }) => value);
  if (
    ASIDE.test(name) ||
    (installsNothing(command) && !/^(?:cp|mv|ln|install|curl|wget|tee|touch|find|sed)$/.test(name))
  )
    return false;
  if (/^(?:npm|yarn|pnpm|bun)$/.test(name)) {
    const verb = packageCommand(command, [name])?.subcommand?.value ?? '';
    return !/^(?:ci|install|i|add|cache|config|prune|set|global)$|^$/.test(verb) && mayBuild(path, search);
  }
  if (/^(?:next|tsc|nest|ng|vite|npx)$/.test(name))
    return !(name === 'npx' && first === 'prisma') && mayBuild(path, search);
  if (name === 'go') {
    if (first !== 'build') return !/^(?:mod|get|install|test|vet|version|env)$/.test(first);
    const output = readOptions(command).option('-o')?.value;
    const folder = folderOf(run, command);
    if (output === undefined || folder === undefined || /\$/.test(output)) return true;
    const made = absolutePath(output, folder);
    return made === path || output.endsWith('/') || isWithin(path, made);
  }
  if (/^python[\d.]*$/.test(name))
    return !/manage\.py$/.test(first) && !(first === '-m' && /^(?:pip|venv|compileall)$/.test(second));
  return true;
}

/** True for what a build of JavaScript may write: into its output folder, or beside a source of TypeScript. */
function mayBuild(path: string, search: FileSearch): boolean {
  if (search.isNeverBuilt) return false;
  const stem = baseName(path).replace(/\.\w+$/, '');
  const hasTwin = [...search.context.files.keys()].some(
    (file) => /\.[cm]?tsx?$/.test(file) && baseName(file).startsWith(`${stem}.`),
  );
  return mayBeOutput(path, search) || !/\.[cm]?js$|\.json$|\.(?:py|sh|lock|yaml|prisma)$/.test(path) || hasTwin;
}

function mayBeOutput(path: string, { isNeverBuilt }: FileSearch): boolean {
  return !isNeverBuilt && OUTPUT.test(path);
}

const ARCHIVE = /\.[jw]ar$|\/target\//;
const OUTPUT = anyOf(
  /\/\.?(?:dist|build|built|out|output|lib|es|esm|cjs|public|static|assets|server|client|generated|compiled|release|bin|www|next|nuxt|svelte-kit|vercel|tmp)(?:[_.-][\w.-]{0,40})?\/|\/(?:dist|build|out|output|lib|public|static)$/i,
  /(?:bundle|min|worker|sw|manifest)[\w.-]{0,40}$/i,
);
