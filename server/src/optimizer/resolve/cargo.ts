import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, isGuard, refuse } from '../transform';
import { cargoPackages } from './cargoPackages';
import { named, type Resolution, type Resolver } from './resolver';

/** Options that determine how dependencies are compiled; different options would compile them again. */
const KEPT =
  /^(?:--release|-r|--locked|--frozen|--offline|--no-default-features|--all-features|--features=\S+|--package=\S+|--workspace|-[vq]+)$/;

/** Cargo: compiles the dependencies with empty programs as placeholders, whose own output is then removed. */
export const cargo: Resolver = {
  tool: 'Cargo',
  isOwn: ({ name }) => name === 'cargo',
  resolve({ words }, context): Resolution | Guard | undefined {
    const options = optionsOf(words);
    if (!options) return undefined;
    if (!context.files.has('Cargo.toml') || !context.files.has('Cargo.lock')) return undefined;
    const settings = named(context, /^(?:\.cargo\/|rust-toolchain(?:\.toml)?$)/);
    if (settings.some((path) => /\b(?:directory|paths)\s*=/.test(context.read(path) ?? '')))
      return refuse('the dependencies are in the same folder as the sources');
    const packages = cargoPackages(context);
    if (isGuard(packages)) return packages;
    // Without packages from elsewhere there is nothing to compile before the program itself.
    if (!hasOthers(context.read('Cargo.lock') ?? '', packages)) return undefined;
    const profile = options.some((option) => option === '--release' || option === '-r') ? 'release' : 'debug';
    const files = packages.flatMap((one) => one.files);
    const folders = [...new Set(files.map((file) => file.slice(0, file.lastIndexOf('/'))))];
    const sources = [...new Set(packages.map(({ folder }) => `${folder}src`))];
    const prints = packages.map(({ name }) => `target/${profile}/.fingerprint/${name}-*`);
    const isOne = packages.length === 1;
    return {
      manifests: [
        'Cargo.toml',
        'Cargo.lock',
        ...packages.flatMap(({ folder }) => (folder === '' ? [] : [`${folder}Cargo.toml`])),
        ...settings,
      ],
      script: [
        `mkdir ${folders.join(' ') === 'src' ? '' : '-p '}${folders.join(' ')}`,
        ...files.filter((file) => !file.endsWith('lib.rs')).map((file) => `echo 'fn main() {}' > ${file}`),
        // Cargo finds a package's library by its file name, and the program may use the library.
        ...(files.some((file) => file.endsWith('lib.rs'))
          ? [`touch ${files.filter((file) => file.endsWith('lib.rs')).join(' ')}`]
          : []),
        ['cargo build', ...options].join(' '),
        // Packages that this build does not need have no such files.
        `rm -r${isOne ? '' : 'f'} ${[...sources, ...prints].join(' ')}`,
      ].join(' && '),
      risk: phrase('Removing the fingerprint makes Cargo recompile the program itself.'),
    };
  },
};

/** True if a package comes from a registry or a repository. */
function hasOthers(lock: string, packages: readonly { readonly text: string }[]): boolean {
  if (/^\[\[package\]\]/m.test(lock)) return /^source = /m.test(lock);
  // Bounded: a file of at most 256 KB, and only a line end gives the start.
  return packages.some(({ text }) => /^[ \t]*\[(?:target\.[^\]\n]*\.)?dependencies[\].][^[]*=/m.test(text));
}

function optionsOf(words: ShellCommand['words']): string[] | undefined {
  const [subcommand, ...given] = words.slice(1).map(({ text }) => text);
  const options: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    if (subcommand === 'install' && (word === '--path=.' || (word === '--path' && given[index + 1] === '.'))) {
      index += word === '--path' ? 1 : 0;
    } else if (word === '--features' || word === '-F') {
      options.push(`--features=${given[index + 1] ?? ''}`);
      index++;
    } else if (word === '-p' || word === '--package') {
      options.push(word, given[index + 1] ?? '');
      index++;
    } else if (word === '--bins' || word.startsWith('--bin=')) {
    } else if (word === '--bin') {
      index++;
    } else if (KEPT.test(word)) options.push(word);
    else return undefined;
  }
  if (subcommand === 'build' || subcommand === 'b') return options;
  // Without --locked, `cargo install` takes different versions than `cargo build`.
  return subcommand === 'install' && options.includes('--locked') && !options.includes('--debug')
    ? ['--release', ...options]
    : undefined;
}
