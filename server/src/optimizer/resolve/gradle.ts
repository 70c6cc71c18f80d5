import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { refuse } from '../transform';
import { named, type Resolver } from './resolver';

/** Options that mean the same when dependencies are downloaded. */
const KEPT = /^(?:-[PD][\w.-]+(?:=\S*)?|--no-daemon|--console=plain|-[qi]|--quiet|--info|--stacktrace)$/;
const MANIFESTS = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.properties'];

/** Gradle: for a single project whose build script reads no other file. */
export const gradle: Resolver = {
  tool: 'Gradle',
  isPartial: true,
  isOwn: ({ name }) => /^gradlew?$/.test(name),
  resolve({ words }, context) {
    const [tool, ...given] = words;
    const options = optionsOf(given.map(({ text }) => text));
    const manifests = MANIFESTS.filter((path) => context.files.has(path));
    if (!tool || !options || !manifests.some((path) => path.startsWith('build.gradle'))) return undefined;
    const text = manifests.map((path) => withoutComments(context.read(path) ?? '')).join('\n');
    if (/^[ \t]{0,40}include(?:Build|Flat)?\b/m.test(text) || hasFolder(context, 'buildSrc/'))
      return refuse('the Gradle build has other projects, which are needed first');
    if (/\b(?:file|files|fileTree|apply from)[ \t]{0,9}[(:]|\bFile\(|\bexec\b|\bgit\b/.test(text))
      return refuse('the Gradle build script reads files of the project, which are needed first');
    const isWrapper = tool.value.endsWith('gradlew');
    if (isWrapper && !/^(?:\.\/)?gradlew$/.test(tool.value)) return undefined;
    return {
      manifests: [...manifests, ...(isWrapper ? ['gradlew'] : [])],
      settings: named(context, /^gradle\/|^gradle\.lockfile$/),
      script: [tool.text, 'dependencies', ...new Set([...options, '--no-daemon'])].join(' '),
      risk: phrase('Gradle reads the build script once more, before the sources are there.'),
    };
  },
};

/** Undefined if one of them is unknown. */
function optionsOf(given: readonly string[]): string[] | undefined {
  const options: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    // `-x test` excludes a task.
    if (word === '-x' || word === '--exclude-task') index++;
    else if (KEPT.test(word)) options.push(word);
    else if (!/^:?[a-zA-Z]\w*$/.test(word)) return undefined;
  }
  return options;
}

function hasFolder(context: BuildContext, folder: string): boolean {
  return [...context.files.keys()].some((path) => path.startsWith(folder));
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]{0,40}(?:\/\/|\*|\/\*).*$/gm, '');
}
