import type { Site } from '../../app/site';
import { readSources } from '../../app/sources';
import { baseName, isWithin } from '../../text/paths';

const MOST_FILES = 1500;
const MOST_BYTES = 256 * 1024;

const SOURCE = /\.(?:java|kt|scala|groovy|cs|fs|vb|cshtml|razor|sh)$|(?:^|\/)entrypoint$/;
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
  const { context, dockerfile, stage } = site;
  const telling = [...context.files.keys()].filter(
    (path) =>
      (SOURCE.test(path) || isSettings(path)) &&
      !/(?:^|\/)(?:test|obj|bin|target|build|node_modules|\.\w+)\//.test(path),
  );
  if (telling.length > MOST_FILES) return () => true;
  const instructions = stage.instructions
    .filter(({ keyword }) => ['ENV', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword))
    .map(({ span }) => dockerfile.text.slice(span.start, span.end));
  const texts = telling
    .filter((path) => (context.files.get(path)?.sizeBytes ?? 0) <= MOST_BYTES)
    .map((path) => ({ path, text: context.read(path) ?? '' }));
  return (path) => {
    const parts = path.split('/');
    const name = parts.at(-1) ?? '';
    const names = [
      (text: string) => text.includes(name),
      ...parts.slice(0, -1).map((folder) => (text: string) => isFolderIn(folder, text)),
    ];
    return names.some((isIn) => instructions.some(isIn) || texts.some((one) => one.path !== path && isIn(one.text)));
  };
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
