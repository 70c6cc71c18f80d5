import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import { mavenModules } from './mavenModules';
import { named, type Resolver } from './resolver';

/** Options that mean the same when dependencies are downloaded. */
const KEPT = /^(?:-[BqeUX]|-ntp|-nsu|--batch-mode|--quiet|--no-transfer-progress|-D(?!skip|maven\.test)\S+|-P\S+)$/;
const GOAL = /^(?:clean|compile|test|package|verify|install|dependency:(?:go-offline|resolve))$/;
const DROPPED = /^-D(?:skip\w+|maven\.test\.skip)(?:=\w+)?$/;

/** The modules to build, and the modules that these need. */
const CHOSEN = /^(?:-pl|--projects)$/;
const ALSO = /^(?:-am|--also-make)$/;

/** Maven: for a project that names no file of its own. */
export const maven: Resolver = {
  tool: 'Maven',
  isPartial: true,
  isOwn: ({ name }) => /^mvnw?$/.test(name),
  folderOf: ({ words }) => /^(\/.+)\/pom\.xml$/.exec(words[fileOption(words) + 1]?.value ?? '')?.[1],
  resolve(command, context) {
    const { words } = command;
    const [tool, ...given] = words;
    const file = fileOption(given);
    if (!tool || (file >= 0 && maven.folderOf?.(command) === undefined)) return undefined;
    const chosen = file < 0 ? [] : given.splice(file, 2);
    const projects = given.findIndex(({ value }) => CHOSEN.test(value));
    const only = projects < 0 ? [] : given.splice(projects, 2);
    const goals = given.filter(({ value }) => !value.startsWith('-'));
    if (goals.length === 0 || !goals.every(({ value }) => GOAL.test(value))) return undefined;
    const options = given.filter(({ value }) => value.startsWith('-') && !DROPPED.test(value));
    if (!options.every(({ value }) => KEPT.test(value) || ALSO.test(value))) return undefined;
    const pom = context.read('pom.xml');
    if (pom === undefined) return undefined;
    const isResolved = goals.every(({ value }) => value.startsWith('dependency:'));
    const hasModules = /<modules?>/.test(pom);
    const modules = hasModules ? mavenModules(context) : [];
    const guard = hasModules ? moduleGuard(context, modules, isResolved) : undefined;
    if (guard) return guard;
    // The variable may be declared below.
    if (only.some(({ isStatic }) => !isStatic)) return refuse('a variable names the module');
    const poms = ['pom.xml', ...modules.map((module) => `${module}pom.xml`)];
    const written = poms.map((path) => context.read(path) ?? '').join('\n');
    if (/<systemPath>|basedir\}|file:\/\/|<relativePath>(?!\.\.\/(?:pom\.xml)?<)[^<]/.test(written))
      return refuse('pom.xml refers to project files that the download needs');
    const wrapper = tool.value.endsWith('mvnw') ? ['mvnw'] : [];
    const kept = new Set([tool, ...chosen, ...options, ...only]);
    const call = words.filter((word) => kept.has(word)).map(({ text }) => text);
    return {
      manifests: [...poms, ...wrapper],
      settings: named(context, /^\.mvn\//),
      script: isResolved ? undefined : [...call, hasModules ? PACKAGE_NOTHING : 'dependency:go-offline'].join(' '),
      risk: hasModules
        ? phrase('Maven packages the modules once more, before their sources are there.')
        : phrase(
            'Dependencies of tests and of plugins that the build does not call are downloaded too, so they must be available.',
          ),
    };
  },
};

function fileOption(words: ShellCommand['words']): number {
  return words.findIndex(({ value }) => value === '-f' || value === '--file');
}

/**
 * Modules need each other's jars, which only a build makes: this one makes them without sources. Spring Boot packs
 * no jar without a main class: https://docs.spring.io/spring-boot/maven-plugin/packaging.html (2026-11).
 */
const PACKAGE_NOTHING = 'package -DskipTests -Dspring-boot.repackage.skip';

/** Plugins that do nothing where there are no sources. */
const HARMLESS =
  /^(?:spring-boot-maven|maven-(?:clean|compiler|deploy|failsafe|install|jar|javadoc|resources|source|surefire|war))-plugin$/;
const MANY_MODULES = 12;

/** Why the modules cannot be packaged without their sources. */
function moduleGuard(context: BuildContext, modules: readonly string[], isResolved: boolean): Guard | undefined {
  if (isResolved || modules.length === 0) return refuse('pom.xml has modules that the download needs');
  if (modules.length > MANY_MODULES) return refuse('there are too many projects to copy one by one');
  const texts = ['', ...modules].map((folder) => context.read(`${folder}pom.xml`) ?? '');
  const plugins = texts.flatMap((text) => [...text.matchAll(/<artifactId>\s*([\w.-]+-plugin)\s*</g)]);
  const packagings = texts.flatMap((text) => [...text.matchAll(/<packaging>\s*([\w-]+)\s*</g)]);
  const plugin = plugins.map(([, name = '']) => name).find((name) => !HARMLESS.test(name));
  if (plugin !== undefined) return refuse('`{name}` may need the sources of the modules', { name: plugin });
  return packagings.every(([, packaging = '']) => /^(?:jar|pom)$/.test(packaging))
    ? undefined
    : refuse('pom.xml has modules that the download needs');
}
