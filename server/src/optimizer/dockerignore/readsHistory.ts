import { readSources } from '../../app/sources';
import type { DockerfileModel } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import type { ShellCommand } from '../../shell/script';
import { anyOf } from '../../text/pattern';

/** Files that describe how something is built. */
const BUILD_FILES = anyOf(
  /(?:^|\/)(?:GNUmakefile|Makefile|CMakeLists\.txt|Cargo\.toml|Directory\.Build\.(?:props|targets)|Gemfile)$/,
  /(?:^|\/)(?:Rakefile|Taskfile\.ya?ml|angular\.json|build\.(?:gradle(?:\.kts)?|rs|sbt|xml|sh)|composer\.json)$/,
  /(?:^|\/)(?:configure\.ac|justfile|meson\.build|mix\.exs|package\.json|pom\.xml|pyproject\.toml)$/,
  /(?:^|\/)(?:setup\.(?:cfg|py)|version\.json)$/,
  /\.(?:cmake|csproj|fsproj|gemspec|mk|sh)$|\.config\.[cm]?[jt]s$/,
);
/** Git commands that read the history. */
const READS = 'branch|describe|diff|log|ls-files|rev-list|rev-parse|shortlog|show|status|submodule|symbolic-ref|tag';
const CALL = new RegExp(`\\bgit[ \\t]{1,4}(?:${READS})\\b|["'\`]git["'\`], ?\\[?["'\`](?:${READS})\\b`);
/** Tools that derive a version from the history, in lower case. */
const TOOLS = [
  'axion-release',
  'buildnumber-maven',
  'dunamai',
  'dynamic-versioning',
  'find_package(git',
  'git-commit-id',
  'git-describe',
  'git-rev-sync',
  'git-revision',
  'git-version',
  'git_version',
  'gitpython',
  'gitversion',
  'gradle-git-properties',
  'hatch-vcs',
  'isomorphic-git',
  'jgitver',
  'minver',
  'pbr>',
  '"pbr"',
  'setuptools-git',
  'setuptools-scm',
  'setuptools_git',
  'setuptools_scm',
  'shadow-rs',
  'simple-git',
  'vergen',
  'versioneer',
  'versioningit',
];
/** Git subcommands that read nothing of the project. */
const HARMLESS = /^(?:clone|config|init|lfs|ls-remote|)$/;

/** True if a build or the program itself reads the project's Git history, and so needs `.git`. */
export function readsHistory({ instructions }: DockerfileModel, context: BuildContext): boolean {
  if (instructions.some(({ script }) => script?.commands.some(readsIt))) return true;
  const paths = [...context.files.keys()].filter((path) => BUILD_FILES.test(path) && !path.includes('node_modules/'));
  const sources = readSources(context, context.files.keys()) ?? [];
  const texts = [...paths.slice(0, 300).map((path) => context.read(path) ?? ''), ...sources.map(({ text }) => text)];
  return texts.some((text) => CALL.test(text) || namesTool(text.toLowerCase()));
}

function namesTool(text: string): boolean {
  return TOOLS.some((tool) => text.includes(tool));
}

function readsIt({ name, words }: ShellCommand): boolean {
  if (/^(?:goreleaser|gitversion|nbgv)$/i.test(name)) return true;
  const subcommand = words.slice(1).find(({ value }) => !value.startsWith('-'))?.value ?? '';
  return name === 'git' && !HARMLESS.test(subcommand);
}
