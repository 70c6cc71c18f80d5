import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { copiedBy } from './copiedFiles';
import type { RunSite } from './runSite';

/** Files that say where a Java program logs and keeps its data: docs.spring.io/spring-boot, logback.qos.ch, logging.apache.org (2026-11). */
const SETTINGS =
  /(?:^|\/)(?:application|bootstrap)[\w-]*\.(?:properties|ya?ml)$|(?:^|\/)(?:logback|log4j2?)[\w-]*\.(?:xml|properties|ya?ml)$/;
const WRITES = /FileAppender|RollingFile|logging\.(?:file|path)|^[ \t]+file:|jdbc:(?:h2|hsqldb|derby|sqlite):(?!mem)/m;
const PATH =
  /(?:<file>|(?:fileName|filePattern|value)=["']|(?:logging\.(?:file|path)[\w.]{0,40}|LOG\w{0,40}) ?[=:] ?|^[ \t]{1,40}file:\s{1,40}(?:name|path): ?|jdbc:(?:h2|hsqldb|derby|sqlite):(?:file:)?)["']?(\/(?!\/)[\w./-]{1,200})/gm;

/** What settings say of files that the program writes. */
export interface JavaSettings {
  readonly writes: boolean;
  /** Absolute. */
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

/** What every COPY brings is known: a JAR is where the sources lie beside the Dockerfile that it is built of. */
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

/** Nothing but programs out of folders that Maven and Gradle build in. */
function copiesBuilt(node: Instruction): boolean {
  return node.args
    .slice(0, -1)
    .every(({ text }) =>
      /^(?:\.?\/)?(?:[\w-]+\/)?(?:target|build\/libs)\/[^/]*\.[jw]ar$/.test(node.expand(text) ?? ''),
    );
}
