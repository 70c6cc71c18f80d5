import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { commandsOfTarget } from '../../optimizer/split/makefile';
import { headersOf } from '../../optimizer/split/native';
import { line, type Starter, start } from '../starter';
import { onDebian } from './debian';

/** Other build tools, whose projects have a Makefile only to call them. */
const OTHERS = [
  'CMakeLists.txt',
  'meson.build',
  'configure.ac',
  'configure',
  'go.mod',
  'Cargo.toml',
  'package.json',
  'pyproject.toml',
];

/** The one program that `make` links from C or C++ by itself. */
export const make: Starter = ({ context }) => {
  const text = context.read('Makefile') ?? '';
  if (OTHERS.some((file) => context.files.has(file))) return [];
  const [program, ...others] = new Set(linkedBy(text, context));
  if (program === undefined) return [];
  if (others.length > 0) return [{ name: 'make', why: phrase('the Makefile builds several programs') }];
  const libraries = [...text.matchAll(/(?:^|\s)-l([\w.+-]{1,60})/g)].map(([, name = '']) => name);
  const headers = libraries.map(headersOf);
  const unknown =
    libraries.find((_, at) => headers[at] === undefined) ?? (/\bpkg-config\b/.test(text) ? 'pkg-config' : undefined);
  if (unknown !== undefined)
    return [{ name: 'make', why: phrase('the Debian package of the library {name} is unknown', { name: unknown }) }];
  return [
    {
      name: 'make',
      title: 'Make, Debian bookworm',
      lines: [
        ...onDebian(
          ['build-essential', ...headers.flatMap((name) => name || [])],
          phrase('The compiler, Make and the libraries that the Makefile links'),
        ),
        line('RUN make', phrase('The first target of the Makefile')),
        start([`./${program}`], phrase('The program that the build creates')),
      ],
    },
  ];
};

/** `app` for `$(CC) -o app main.o`. */
function linkedBy(text: string, { files }: BuildContext): string[] {
  if (![...files.keys()].some((path) => /\.(?:c|cc|cpp|cxx)$/.test(path))) return [];
  return (commandsOfTarget(text, undefined) ?? []).flatMap(({ words }) => {
    const values = words.map(({ value }) => value);
    const at = values.indexOf('-o');
    const output = values[at + 1] ?? '';
    const isLinked = at > 0 && !values.includes('-c') && values.some((word) => /\.(?:c|cc|cpp|cxx|o)$/.test(word));
    return isLinked && /^(?:\.\/)?[\w./+-]+$/.test(output) && !/\.(?:so|a|o)$/.test(output)
      ? [output.replace(/^\.\//, '')]
      : [];
  });
}
