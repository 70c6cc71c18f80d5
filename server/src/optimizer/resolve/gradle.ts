import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { refuse } from '../transform';
import { named, type Resolver } from './resolver';

/** Options that mean the same when dependencies are downloaded. */
const KEPT = /^(?:-[PD][\w.-]+(?:=\S*)?|--no-daemon|--console=plain|-[qi]|--quiet|--info|--stacktrace)$/;
const MANIFESTS = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.properties'];

const MANY_PROJECTS = 12;

/** Gradle: for projects whose build scripts read no other file. */
export const gradle: Resolver = {
  tool: 'Gradle',
  isPartial: true,
  isOwn: ({ name }) => /^gradlew?$/.test(name),
  resolve({ words }, context) {
    const [tool, ...given] = words;
    const options = optionsOf(given.map(({ text }) => text));
    const manifests = MANIFESTS.filter((path) => context.files.has(path));
    if (!tool || !options || !manifests.some((path) => path.startsWith('build.gradle'))) return undefined;
    const root = manifests.map((path) => withoutComments(context.read(path) ?? '')).join('\n');
    const projects = projectsIn(root);
    if (!projects || hasFolder(context, 'buildSrc/'))
      return refuse('the Gradle build has other projects, which are needed first');
    if (projects.length > MANY_PROJECTS) return refuse('there are too many projects to copy one by one');
    const scripts = projects.flatMap((project) =>
      MANIFESTS.map((name) => `${project}/${name}`).filter((path) => context.files.has(path)),
    );
    const text = [root, ...scripts.map((path) => withoutComments(context.read(path) ?? ''))].join('\n');
    if (/\b(?:file|files|fileTree|apply from)[ \t]{0,9}[(:]|\bFile\(|\bexec\b|\bgit\b/.test(text))
      return refuse('the Gradle build script reads files of the project, which are needed first');
    const isWrapper = tool.value.endsWith('gradlew');
    if (isWrapper && !/^(?:\.\/)?gradlew$/.test(tool.value)) return undefined;
    return {
      manifests: [...manifests, ...(isWrapper ? ['gradlew'] : []), ...scripts],
      settings: named(context, /^gradle\/|^gradle\.lockfile$/),
      script: [tool.text, 'dependencies', ...projects.map(taskOf), ...new Set([...options, '--no-daemon'])].join(' '),
      risk: phrase('Gradle reads the build script once more, before the sources are there.'),
    };
  },
};

/** The directories of the projects that the settings include; undefined if they are unknown or elsewhere. */
function projectsIn(text: string): string[] | undefined {
  const lines = [
    ...text.matchAll(/^[ \t]{0,40}include\b[ \t]{0,9}\(?((?:[^)\n]{0,500},[ \t]{0,20}\n){0,20}[^)\n]{0,500})/gm),
  ];
  const names = lines.map(([, list = '']) => list.match(/["'][\w:.-]{1,100}["']/g));
  if (/\binclude(?:Build|Flat)\b|\bprojectDir\b/.test(text) || names.includes(null)) return undefined;
  return names.flatMap((found) =>
    (found ?? []).map((name) => name.slice(1, -1).replace(/^:/, '').replaceAll(':', '/')),
  );
}

/** Each project resolves its own dependencies. */
function taskOf(project: string): string {
  return `:${project.replaceAll('/', ':')}:dependencies`;
}

/** Undefined if one of them is unknown. */
function optionsOf(given: readonly string[]): string[] | undefined {
  const options: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    // `-x test` excludes a task.
    if (word === '-x' || word === '--exclude-task') index++;
    else if (KEPT.test(word)) options.push(word);
    else if (!/^:?[a-zA-Z][\w:-]*$/.test(word)) return undefined;
  }
  return options;
}

function hasFolder(context: BuildContext, folder: string): boolean {
  return [...context.files.keys()].some((path) => path.startsWith(folder));
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]{0,40}(?:\/\/|\*|\/\*).*$/gm, '');
}
