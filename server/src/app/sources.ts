import type { BuildContext } from '../engine/buildContext';
import { anyOf } from '../text/pattern';

/** With more files than this, nothing is read and nothing reported. */
const MAX_FILES = 1500;
const MAX_BYTES = 4_000_000;
const MAX_FILE_BYTES = 256 * 1024;

const SOURCE = anyOf(
  /\.(?:py|js|cjs|mjs|ts|cts|mts|jsx|tsx|rb|php|go|rs|java|kt|cs|c|cc|cpp|h|hpp|pl|lua|ex|exs|sh|bash|conf|cfg|ini|rake|erb)$/,
  /(?:^|\/)(?:Procfile|Makefile|Rakefile|[^./]+)$/,
);

export interface SourceFile {
  /** The path in the build context. */
  readonly path: string;
  readonly text: string;
}

/**
 * The text files of the program itself among these paths, without tests and documentation; undefined when there are too
 * many to read.
 */
export function readSources(context: BuildContext, paths: Iterable<string>): SourceFile[] | undefined {
  const wanted = [...new Set(paths)].filter((path) => SOURCE.test(path) && !isAside(path));
  if (wanted.length > MAX_FILES) return undefined;
  const sources: SourceFile[] = [];
  let bytes = 0;
  for (const path of wanted) {
    const size = context.files.get(path)?.sizeBytes ?? 0;
    // A file of that size is generated or data, not a source.
    if (size > MAX_FILE_BYTES) continue;
    bytes += size;
    if (bytes > MAX_BYTES) return undefined;
    const text = context.read(path);
    if (text !== undefined && !text.includes('\0')) sources.push({ path, text });
  }
  return sources;
}

/** Scripts that download a build tool and start it. */
export const BUILD_WRAPPER = /(?:^|\/)(?:mvnw|gradlew)(?:\.\w+)?$/;

/** Tests, documentation and repository files: the image does not run them. */
export function isAside(path: string): boolean {
  return BUILD_WRAPPER.test(path) || ASIDE.test(path);
}

const ASIDE = anyOf(
  /(?:^|\/)(?:tests?|pytest|__tests__|spec|docs?|node_modules|vendor|staticfiles)\//i,
  /(?:^|\/)\.(?:github|git|vscode|idea)\/|(?:^|\/)\.(?:dockerignore|gitignore|editorconfig)$/i,
  /(?:^|\/)(?:Dockerfile|Jenkinsfile|docker-compose|README|LICENSE|CHANGELOG)[^/]*$/i,
  /(?:^|\/)(?:Containerfile|compose\.ya?ml|package-lock\.json|pnpm-lock\.yaml)$/i,
  /(?:^|\/)(?:[^/]*\.(?:md|rst|lock)|test_[^/]*\.py)$|[._](?:test|spec)\.[a-z]+$/i,
);
