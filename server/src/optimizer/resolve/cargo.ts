import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, isGuard, refuse } from '../transform';
import { cargoPackages } from './cargoPackages';
import { named, type Resolution, type Resolver } from './resolver';

/** Options that decide how dependencies are compiled; with another set they would be compiled again. */
const KEPT =
  /^(?:--release|-r|--locked|--frozen|--offline|--no-default-features|--all-features|--features=\S+|--package=\S+|--workspace|-[vq]+)$/;

/** Cargo: dependencies are compiled for programs that do nothing, whose own parts are then thrown away. */
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
    // Nothing to compile before the program itself.
    if (!packages.some(({ text }) => /^[ \t]*\[(?:target\.[^\]\n]*\.)?dependencies[\].][^[]*=/m.test(text)))
      return undefined;
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
        `mkdir ${isOne && folders.length === 1 ? '' : '-p '}${folders.join(' ')}`,
        ...files.filter((file) => !file.endsWith('lib.rs')).map((file) => `echo 'fn main() {}' > ${file}`),
        // A library of a package is found by its file, and the program may use it.
        ...(files.some((file) => file.endsWith('lib.rs'))
          ? [`touch ${files.filter((file) => file.endsWith('lib.rs')).join(' ')}`]
          : []),
        ['cargo build', ...options].join(' '),
        // Of packages that this build does not need there is none.
        `rm -r${isOne ? '' : 'f'} ${[...sources, ...prints].join(' ')}`,
      ].join(' && '),
      risk: phrase('Removing the fingerprint makes Cargo recompile the program itself.'),
    };
  },
};

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
  if (subcommand === 'build') return options;
  // Without --locked an install takes other versions than a build.
  return subcommand === 'install' && options.includes('--locked') && !options.includes('--debug')
    ? ['--release', ...options]
    : undefined;
}
