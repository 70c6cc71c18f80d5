import type { BuildContext } from '../../engine/buildContext';
import { anyOf } from '../../text/pattern';
import { type Guard, refuse } from '../transform';

/**
 * The jar or war that a Spring Boot project is packaged as, below the directory of the build. `module`: the path of the
 * Maven module with a trailing `/`.
 */
export function springArchive(context: BuildContext, tool: string, module = ''): string | Guard {
  const isMaven = /^mvnw?$/.test(tool);
  if (isMaven && !withoutComments(context.read(`${module}pom.xml`) ?? '').includes(PLUGIN))
    return refuse('pom.xml lacks spring-boot-maven-plugin, which creates an executable jar: add it');
  const archive = isMaven ? ofMaven(context, module) : ofGradle(context);
  return archive ?? refuse('the name of the jar that `{name}` creates is unknown', { name: tool });
}

const PLUGIN = '<artifactId>spring-boot-maven-plugin<';

/** Settings that apply only to `spring-boot:run`, or that make a jar that cannot be started. */
const OF_THE_PLUGIN = anyOf(
  /<(?:jvmArguments|arguments|environmentVariables|systemPropertyVariables|workingDirectory|classifier|outputDirectory)>/,
  /<skip>\s*true|<profiles>\s*<profile>\s*\w+\s*</,
);

function ofMaven(context: BuildContext, module: string): string | undefined {
  const pom = withoutComments(context.read(`${module}pom.xml`) ?? '');
  const root = withoutComments(context.read('pom.xml') ?? '');
  const plugin = pom.split('<plugin>').find((one) => one.includes(PLUGIN));
  if (plugin === undefined || /<modules?>/.test(pom) || OF_THE_PLUGIN.test(plugin.split('</plugin>')[0] ?? ''))
    return undefined;
  // The parent of all modules has the goal for them.
  const isPacked = [pom, root].some((text) => inside(text, 'parent').includes('spring-boot-starter-parent'));
  if (!isPacked && !/<goal>\s*repackage\s*</.test(plugin)) return undefined;
  const archive = plugin.includes('<finalName>') ? undefined : mavenArchive(pom);
  return archive && module + archive;
}

/** The jar or war that `mvn package` writes, below the project's directory; undefined if its name is unknown. */
export function mavenArchive(written: string): string | undefined {
  const pom = withoutComments(written);
  const parent = inside(pom, 'parent');
  const own = ['parent', 'dependencyManagement', 'dependencies', 'build', 'profiles', 'properties', 'reporting'].reduce(
    without,
    pom,
  );
  if (/<(?:finalName|packaging)>/.test(inside(pom, 'profiles'))) return undefined;
  const packaging = inside(own, 'packaging') || 'jar';
  const name =
    inside(without(inside(pom, 'build'), 'plugins'), 'finalName') ||
    `${'$'}{project.artifactId}-${'$'}{project.version}`;
  if (!/^[jw]ar$/.test(packaging)) return undefined;
  const values: Readonly<Record<string, string>> = {
    artifactId: inside(own, 'artifactId'),
    version: inside(own, 'version') || inside(parent, 'version'),
  };
  const put = (text: string) =>
    text.replace(/\$\{([\w.-]+)\}/g, (written, key: string) => {
      const ofProject = values[key.replace(/^(?:project|pom)\./, '')];
      return ofProject || inside(inside(pom, 'properties'), key) || written;
    });
  const file = put(put(put(name)));
  return /^[\w.+-]+$/.test(file) ? `target/${file}.${packaging}` : undefined;
}

function ofGradle(context: BuildContext): string | undefined {
  const build = withoutComments(context.read('build.gradle') ?? context.read('build.gradle.kts') ?? '');
  const settings = withoutComments(context.read('settings.gradle') ?? context.read('settings.gradle.kts') ?? '');
  if (!build.includes('org.springframework.boot') || /^[ \t]{0,40}include\b/m.test(settings)) return undefined;
  // The task has its own settings, or another archive is made.
  if (/\bbootRun\b|\bwar\b|archive(?:s?Base|Version|Classifier|Appendix)|libsDirName|buildDir/.test(build))
    return undefined;
  if (/enabled\s*(?:=|\()\s*false/.test(build) && /\bbootJar\b/.test(build)) return undefined;
  const [, written] = /archiveFileName(?:\.set\(|\s*=)\s*["']([\w.+-]+)["']/.exec(build) ?? [];
  if (written !== undefined) return `build/libs/${written}`;
  if (build.includes('archiveFileName')) return undefined;
  const [, name] = /^[ \t]{0,40}rootProject\.name[ \t]{0,9}=[ \t]{0,9}["']([\w.+-]{1,100})["']/m.exec(settings) ?? [];
  const [, version] = /^version[ \t]{0,9}=?[ \t]{0,9}["']([\w.+-]{1,100})["']/m.exec(build) ?? [];
  if (
    name === undefined ||
    (version === undefined && /\bversion\s*=/.test(`${build}${context.read('gradle.properties') ?? ''}`))
  )
    return undefined;
  return `build/libs/${name}${version === undefined ? '' : `-${version}`}.jar`;
}

/** The text between the first opening tag with this name and its closing tag. */
function inside(text: string, tag: string): string {
  const start = text.indexOf(`<${tag}>`);
  const end = text.indexOf(`</${tag}>`, start);
  return start < 0 || end < 0 ? '' : text.slice(start + tag.length + 2, end).trim();
}

function without(text: string, tag: string): string {
  const start = text.indexOf(`<${tag}>`);
  const end = text.lastIndexOf(`</${tag}>`);
  return start < 0 || end < start ? text : text.slice(0, start) + text.slice(end);
}

function withoutComments(text: string): string {
  return text
    .split('<!--')
    .map((part, at) => (at === 0 ? part : (part.split('-->')[1] ?? '')))
    .join('')
    .replace(/^[ \t]{0,40}\/\/.*$/gm, '');
}
