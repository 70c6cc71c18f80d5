import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { anyOf } from '../text/pattern';
import { copiedBy } from './copiedFiles';
import type { RunSite } from './runSite';

/**
 * Files that set where a Java program logs and stores data: docs.spring.io/spring-boot, logback.qos.ch,
 * logging.apache.org (2026-11).
 */
const SETTINGS =
  /(?:^|\/)(?:application|bootstrap)[\w-]*\.(?:properties|ya?ml)$|(?:^|\/)(?:logback|log4j2?)[\w-]*\.(?:xml|properties|ya?ml)$/;
const WRITES = /FileAppender|RollingFile|logging\.(?:file|path)|^[ \t]+file:|jdbc:(?:h2|hsqldb|derby|sqlite):(?!mem)/m;
const NAME = anyOf(
  /<file>|(?:fileName|filePattern|value)=["']/,
  /(?:logging\.(?:file|path)[\w.]{0,40}|LOG\w{0,40}) ?[=:] ?/,
  /^[ \t]{1,40}file:\s{1,40}(?:name|path): ?/,
  /jdbc:(?:h2|hsqldb|derby|sqlite):(?:file:)?/,
);
const PATH = new RegExp(`(?:${NAME.source})["']?(/(?!/)[\\w./-]{1,200})`, 'gm');

/** The files that the program writes according to its settings. */
export interface JavaSettings {
  readonly writes: boolean;
  /** Absolute paths. */
  readonly paths: readonly string[];
}

export function javaSettings(context: BuildContext): JavaSettings {
  const texts = [...context.files.keys()]
    .filter((path) => SETTINGS.test(path) && !/(?:^|\/)test\//.test(path))
    .map((path) => context.read(path) ?? '');
  return {
    writes: texts.some((text) => WRITES.test(text)),
    paths: texts.flatMap((text) => [...text.matchAll(PATH)].map(([, path = '']) => path)),
  };
}

/**
 * True when the content of every COPY is known. A JAR counts as known if the sources that it is built from are beside
 * the Dockerfile.
 */
export function isFollowed({ stage, copied }: RunSite, context: BuildContext): boolean {
  const hasSources = [...context.files.keys()].some(
    (path) => /(?:^|\/)src\/main\//.test(path) && /\.(?:java|kt)$/.test(path),
  );
  if (copied.isComplete) return hasSources || ![...copied.files.values()].some((path) => /\.[jw]ar$/.test(path));
  return stage.instructions.every(
    (node) =>
      !/^(?:COPY|ADD)$/.test(node.keyword) ||
      node.flags.some(({ name }) => name === 'from') ||
      copiedBy(node, context) !== undefined ||
      (hasSources && copiesBuilt(node)),
  );
}

/** True for a COPY of only programs from the output folders of Maven and Gradle. */
function copiesBuilt(node: Instruction): boolean {
  return node.args
    .slice(0, -1)
    .every(({ text }) =>
      /^(?:\.?\/)?(?:[\w-]+\/)?(?:target|build\/libs)\/[^/]*\.[jw]ar$/.test(node.expand(text) ?? ''),
    );
}
