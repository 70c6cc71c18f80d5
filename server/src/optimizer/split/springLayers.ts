import type { BuildContext } from '../../engine/buildContext';

/** How the jars of a Spring Boot release come apart into layers. */
export interface SpringLayers {
  /** The command that unpacks a jar into a directory. */
  unpack(jar: string, into: string): string;
  /** The class that starts the unpacked program; undefined if its jar starts as before. */
  readonly launcher: string | undefined;
}

/** Where the build describes a project. */
export const SPRING_MANIFEST = /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/;
/** Settings of the plugins that name other layers, leave the unpacker out or make another kind of jar. */
const OWN_LAYERS =
  /<layers>|\blayered\b|includeTools|<executable>\s*true|launchScript|maven-shade-plugin|\bshadow(?:Jar)?\b|<layout>|<skip>\s*true|\bloaderImplementation\b|\bbootJar\b[^}]{0,200}\benabled ?= ?false/;

/**
 * The layers of the project's jars; undefined if the releases of its Spring Boot plugins differ in them or are unknown,
 * or if they have settings for layers. Releases before 2.4 have none unless asked for:
 * https://docs.spring.io/spring-boot/3.2/reference/html/container-images.html,
 * https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html (2026-11).
 */
export function springLayersOf({ files, read }: BuildContext): SpringLayers | undefined {
  const texts = [...files.keys()].filter((path) => SPRING_MANIFEST.test(path)).map((path) => read(path) ?? '');
  const all = texts.join('\n');
  const versions = [
    ...all.matchAll(
      /<artifactId>\s{0,9}spring-boot-starter-parent\s{0,9}<\/artifactId>\s{0,99}<version>\s{0,9}(\d+)\.(\d+)/g,
    ),
    ...all.matchAll(/\bid ?\(?["']org\.springframework\.boot["']\)? {1,9}version {1,9}["'](\d+)\.(\d+)/g),
  ];
  const [layers, ...others] = new Set(versions.map(([, major, minor]) => ofRelease(Number(major), Number(minor))));
  return others.length > 0 || OWN_LAYERS.test(all) ? undefined : layers;
}

const STARTS_AS_JAR: SpringLayers = {
  unpack: (jar, into) => `java -Djarmode=tools -jar ${jar} extract --layers --destination ${into}`,
  launcher: undefined,
};
const STARTS_BY_CLASS: SpringLayers = {
  unpack: (jar, into) => `java -Djarmode=layertools -jar ${jar} extract --destination ${into}`,
  launcher: 'org.springframework.boot.loader.JarLauncher',
};
const STARTS_BY_MOVED_CLASS: SpringLayers = {
  ...STARTS_BY_CLASS,
  launcher: 'org.springframework.boot.loader.launch.JarLauncher',
};

function ofRelease(major: number, minor: number): SpringLayers | undefined {
  if (major > 3 || (major === 3 && minor >= 3)) return STARTS_AS_JAR;
  if (major === 3) return minor === 2 ? STARTS_BY_MOVED_CLASS : STARTS_BY_CLASS;
  return major === 2 && minor >= 4 ? STARTS_BY_CLASS : undefined;
}
