import { phrase } from '../../l10n/phrase';
import { headersOf } from '../../optimizer/split/native';
import { type Lack, line, type Program, programName, type Starter, start } from '../starter';
import { onDebian } from './debian';

/** Each program that Autotools install, by its name. */
export const autotools: Starter = ({ context }): (Program | Lack)[] => {
  const configure = context.read('configure.ac')?.replace(/^[ \t]{0,40}(?:dnl\b|#).*$/gm, '');
  if (configure === undefined || context.files.has('CMakeLists.txt') || context.files.has('meson.build')) return [];
  const programs = [...context.files.keys()]
    .filter((path) => /(?:^|\/)Makefile\.am$/.test(path))
    .flatMap(
      (path) =>
        /^bin_PROGRAMS[ \t]{0,9}=[ \t]{0,9}([\w.+ -]{1,300})$/m.exec(context.read(path) ?? '')?.[1]?.split(' ') ?? [],
    )
    .filter((name) => name !== '');
  if (programs.length === 0)
    return [{ name: 'autotools', why: phrase('no Makefile.am names a program with `bin_PROGRAMS`') }];
  const libraries = [
    ...configure.matchAll(/\bAC_(?:CHECK_LIB\(\[?|SEARCH_LIBS\(\[?\w{1,60}\]?,\s{0,20}\[?)([\w.+-]{1,60})/g),
  ].map(([, name = '']) => name);
  const headers = libraries.map(headersOf);
  const [, chosen] = /\b(PKG_CHECK_MODULES|AX_\w{1,60}|AM_PATH_\w{1,60})\b/.exec(configure) ?? [];
  const unknown = chosen ?? libraries.find((_, at) => headers[at] === undefined);
  if (unknown !== undefined)
    return [
      { name: 'autotools', why: phrase('the Debian package of the library {name} is unknown', { name: unknown }) },
    ];
  const libtool = /\b(?:LT_INIT|AC_PROG_LIBTOOL|AM_PROG_LIBTOOL)\b/.test(configure) ? ['libtool'] : [];
  return programs.map((name) => ({
    name: programName('autotools', name, programs),
    title: 'Autotools, Debian bookworm',
    lines: [
      ...onDebian(
        ['build-essential', 'autoconf', 'automake', ...libtool, ...headers.flatMap((one) => one || [])],
        phrase('The compiler, Autotools and the libraries that configure.ac looks for'),
      ),
      line(
        'RUN autoreconf --install && ./configure && make && make install',
        phrase('Compiles the program and installs it with its data'),
      ),
      start([name], phrase('The program that the build creates')),
    ],
  }));
};
