import { phrase } from '../../l10n/phrase';
import { headersOf } from '../../optimizer/split/native';
import { type Lack, line, type Program, programName, type Starter, start } from '../starter';
import { onDebian } from './debian';

/** Names of pkg-config that differ from those that the linker takes. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  zlib: 'z',
  openssl: 'ssl',
  libcurl: 'curl',
  libpq: 'pq',
  threads: 'pthread',
  'libxml-2.0': 'xml2',
};

/** Each executable of the Meson project at the top of the folder, but no tests. */
export const meson: Starter = ({ context }): (Program | Lack)[] => {
  if (!context.files.has('meson.build')) return [];
  const files = [...context.files.keys()].filter(
    (path) => /(?:^|\/)meson\.build$/.test(path) && !/^subprojects\//.test(path),
  );
  const texts = files.map((path) => ({
    folder: path.slice(0, -'meson.build'.length),
    text: (context.read(path) ?? '').replace(/#.*$/gm, ''),
  }));
  const programs = texts
    .flatMap(({ folder, text }) =>
      [...text.matchAll(/\bexecutable\s{0,9}\(\s{0,99}'([\w.+-]{1,100})'/g)].map(([, name = '']) => folder + name),
    )
    .filter((path) => !/test|bench|example/i.test(path));
  if (programs.length === 0) return [{ name: 'meson', why: phrase('meson.build names no `executable`') }];
  const wanted = texts.flatMap(({ text }) =>
    [...text.matchAll(/\bdependency\s{0,9}\(\s{0,99}'([\w.+-]{1,100})'/g)].map(([, name = '']) => name),
  );
  const headers = wanted.map((name) => headersOf(OTHER_NAMES[name] ?? name));
  const unknown = wanted.find((_, at) => headers[at] === undefined);
  if (unknown !== undefined)
    return [{ name: 'meson', why: phrase('the Debian package of the library {name} is unknown', { name: unknown }) }];
  return programs.map((path) => ({
    name: programName('meson', path, programs),
    title: 'Meson, Debian bookworm',
    lines: [
      ...onDebian(
        ['build-essential', 'meson', 'ninja-build', 'pkg-config', ...headers.flatMap((name) => name || [])],
        phrase('The compiler, Meson and the libraries that meson.build names'),
      ),
      line(
        'RUN meson setup build --buildtype=release && meson compile -C build',
        phrase('Compiles the program with optimization'),
      ),
      start([`./build/${path}`], phrase('The executable of meson.build')),
    ],
  }));
};
