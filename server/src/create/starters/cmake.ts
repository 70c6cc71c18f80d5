import { phrase } from '../../l10n/phrase';
import { line, programName, type Starter, start } from '../starter';
import { onDebian } from './debian';

/** What `find_package` looks for, and the Debian package that has it; '' for what the compiler brings. */
const PACKAGES: Readonly<Record<string, string>> = {
  CURL: 'libcurl4-openssl-dev',
  OpenMP: '',
  OpenSSL: 'libssl-dev',
  PostgreSQL: 'libpq-dev',
  SQLite3: 'libsqlite3-dev',
  Threads: '',
  ZLIB: 'zlib1g-dev',
};

/** Each executable of the CMake project at the top of the folder. */
export const cmake: Starter = ({ context }) => {
  const text = context.read('CMakeLists.txt')?.replace(/#.*$/gm, '');
  if (text === undefined) return [];
  const programs = [...text.matchAll(/^[ \t]*add_executable\s*\(\s*([\w.+-]+)\s/gim)].map(([, name = '']) => name);
  if (programs.length === 0)
    return [{ name: 'cmake', why: phrase('CMakeLists.txt names no executable with `add_executable`') }];
  const wanted = [...text.matchAll(/^[ \t]*find_package\s*\(\s*([\w.+-]+)/gim)].map(([, name = '']) => name);
  const unknown = wanted.find((name) => !Object.hasOwn(PACKAGES, name));
  if (unknown !== undefined)
    return [
      { name: 'cmake', why: phrase('the Debian package for `find_package({name})` is unknown', { name: unknown }) },
    ];
  const libraries = wanted.map((name) => PACKAGES[name] ?? '').filter((name) => name !== '');
  return programs.map((name) => ({
    name: programName('cmake', name, programs),
    title: 'CMake, Debian bookworm',
    lines: [
      ...onDebian(
        ['build-essential', 'cmake', ...libraries],
        phrase('The compiler, CMake and what `find_package` looks for'),
      ),
      line(
        'RUN cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build',
        phrase('Compiles the program with optimization'),
      ),
      start([`./build/${name}`], phrase('The executable of CMakeLists.txt')),
    ],
  }));
};
