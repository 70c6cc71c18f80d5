import { isAside } from '../../app/sources';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { baseName, isWithin } from '../../text/paths';
import { listening } from '../listening';
import { badName, isOneWord, line, programName, type Starter, sources, start } from '../starter';
import { newestRelease } from '../versions';

/** `ListenAndServe(":8080"`, `.Run(":8080")`, `Addr: ":8080"` */
const PORT = /\b(?:ListenAndServe|Run|Start|Listen|Addr)[(:][ \t]*"[\w.]*:(\d{2,5})"/;

const EXAMPLES = /(?:^|\/)_?examples?\//;

/** Each folder with `package main` is a program. */
export const go: Starter = (folder) => {
  const { context } = folder;
  const module = context.read('go.mod');
  if (module === undefined) return [];
  if (!/^module[ \t]/m.test(module)) return [{ name: 'go', why: phrase('{path} cannot be read', { path: 'go.mod' }) }];
  // Go takes this version where there is none: https://go.dev/ref/mod#go-mod-file-go
  const wanted = /^go[ \t]+(\d+\.\d+)/m.exec(module)?.[1] ?? '1.16';
  const release = newestRelease(folder, 'golang', `>=${wanted}`, (one) => one.includes('.'));
  if (release === undefined)
    return [{ name: 'go', why: phrase('no known Go image satisfies {file}', { file: 'go.mod' }) }];
  const mains = [
    ...new Set(
      [...context.files.keys()]
        .filter((path) => path.endsWith('.go') && !path.endsWith('_test.go') && !isAside(path) && !EXAMPLES.test(path))
        .filter((path) => isMain(context.read(path) ?? ''))
        .map((path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0))),
    ),
  ];
  if (mains.length === 0) return [{ name: 'go', why: phrase('no folder has a `package main`') }];
  return mains.map((path) => {
    const name = baseName((path === '' ? /^module[ \t]+(\S+)/m.exec(module)?.[1] : path) ?? 'app');
    const program = /^v\d+$/.test(name) ? 'app' : name;
    const label = programName('go', path === '' ? '.' : path, mains);
    if (!isOneWord(path)) return badName(label, path);
    return {
      name: label,
      title: `Go ${release}`,
      lines: [
        line(
          `FROM golang:${release}`,
          phrase('The newest Go, which also builds modules for Go {version}', {
            version: wanted,
          }),
        ),
        ...sources('/app'),
        ...(hasChecksums(context, module)
          ? []
          : [line('RUN go mod tidy', phrase('Writes go.sum, which the build needs and the project does not have'))]),
        line(
          `RUN go build -trimpath -ldflags="-s -w" -o /usr/local/bin/${program} ${path === '' ? '.' : `./${path}`}`,
          phrase('The `package main` of the module, without debug information'),
        ),
        ...listening(context, sourcesIn(context, path), PORT),
        start([program], phrase('The program that the build creates')),
      ],
    };
  });
};

/** Without the checksums of the required modules `go build` stops: https://go.dev/ref/mod#go-sum-files (2026-12). */
function hasChecksums({ files }: BuildContext, module: string): boolean {
  const isNeeded = /^require\b/m.test(module) && !files.has('vendor/modules.txt');
  return !isNeeded || (files.get('go.sum')?.sizeBytes ?? 0) > 0;
}

function isMain(text: string): boolean {
  return /^package main\b/m.test(text) && /^func main\(/m.test(text);
}

function sourcesIn({ files }: BuildContext, folder: string): string[] {
  return [...files.keys()].filter(
    (path) => path.endsWith('.go') && isWithin(`/${path}`, `/${folder}`) && !isAside(path),
  );
}
