import type { Site } from '../../app/site';
import { readSources, type SourceFile } from '../../app/sources';
import { baseName, isWithin } from '../../text/paths';

const MOST_FILES = 1500;
const MOST_BYTES = 256 * 1024;

const SOURCE = /\.(?:java|kt|scala|groovy|cs|fs|vb|cshtml|razor)$/;
const SCRIPT = /\.sh$|(?:^|\/)entrypoint$/;
/** The program itself, which the build makes: its directory holds no data. */
const BUILT = /[\w./@+-]{1,200}\.(?:jar|war|dll)\b/g;
/** Settings of programs; settings of builds and deployments name files too, but do not count. */
function isSettings(path: string): boolean {
  if (/^app(?:lication|settings)/.test(baseName(path))) return true;
  return (
    /(?:^|\/)(?:src\/main|resources|config)\//.test(path) && /\.(?:properties|ya?ml|xml|json|conf|toml|ini)$/.test(path)
  );
}

/**
 * True for files of the build context that a program reads by path at run time: its sources, settings or scripts, or
 * the Dockerfile, name the file or a directory that contains it. For Java and .NET programs everything else is in the
 * build output.
 */
export function namedFiles(site: Site): (path: string) => boolean {
  const { context, dockerfile, services, stage } = site;
  const telling = [...context.files.keys()].filter(
    (path) =>
      (SOURCE.test(path) || SCRIPT.test(path) || isSettings(path)) &&
      !/(?:^|\/)(?:test|obj|bin|target|build|node_modules|\.\w+)\//.test(path),
  );
  if (telling.length > MOST_FILES) return () => true;
  const starts = [
    ...stage.instructions
      .filter(({ keyword }) => ['ENV', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword))
      .map(({ span }) => dockerfile.text.slice(span.start, span.end)),
    ...services.flatMap((service) => service.starts),
  ].map((text) => ({ path: '', text: text.replace(BUILT, ' ') }));
  const files = telling
    .filter((path) => (context.files.get(path)?.sizeBytes ?? 0) <= MOST_BYTES)
    .map((path) => ({ path, text: context.read(path) ?? '' }));
  const isScript = ({ path }: SourceFile) => SCRIPT.test(path);
  const texts = withCalled([...starts, ...files.filter((file) => !isScript(file))], files.filter(isScript));
  return (path) => texts.some((one) => one.path !== path && names(one.text, path));
}

/** Adds the scripts that one of the texts names; the others are for people. */
function withCalled(texts: readonly SourceFile[], scripts: readonly SourceFile[]): SourceFile[] {
  const found = [...texts];
  const left = new Set(scripts);
  // Each script that is found is searched as well.
  for (let at = 0; at < found.length && left.size > 0; at++)
    for (const script of left)
      if (names(found[at]?.text ?? '', script.path)) {
        found.push(script);
        left.delete(script);
      }
  return found;
}

/** True if the text contains the name of the file or of a directory that it is in. */
function names(text: string, path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return text.includes(baseName(path)) || folders.some((folder) => isFolderIn(folder, text));
}

/** True for files below `src/` that the program opens by that path, according to its sources and settings. */
export function openedSources({ context }: Site): (path: string) => boolean {
  const paths = [...context.files.keys()];
  const settings = paths.filter((path) => /\/application[^/]*\.(?:properties|ya?ml)$/.test(path));
  const texts = [
    ...(readSources(
      context,
      paths.filter((path) => /\.(?:java|kt|scala|groovy)$/.test(path)),
    ) ?? []),
    ...settings.map((path) => ({ text: context.read(path) ?? '' })),
  ];
  const opened = new Set<string>();
  for (const { text } of texts)
    for (const [, path = ''] of text.matchAll(/["'=:/]\s{0,4}(src\/main\/(?:resources|webapp)[\w./-]{0,200})/g))
      opened.add(path.replace(/\/$/, ''));
  return (path) => [...opened].some((one) => isWithin(path, one));
}

/** `data/`, or `"data"` as a separate word. */
function isFolderIn(folder: string, text: string): boolean {
  for (let at = text.indexOf(folder); at >= 0; at = text.indexOf(folder, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + folder.length]];
    if (/[\w.-]/.test(before)) continue;
    if (after === '/' || after === '\\' || (/["'`]/.test(before) && /["'`]/.test(after))) return true;
  }
  return false;
}
