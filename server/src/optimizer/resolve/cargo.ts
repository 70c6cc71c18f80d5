import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import { named, type Resolution, type Resolver } from './resolver';

/** Options that decide how dependencies are compiled; with another set they would be compiled again. */
const KEPT =
  /^(?:--release|-r|--locked|--frozen|--offline|--no-default-features|--all-features|--features=\S+|-[vq]+)$/;

/** Cargo: dependencies are compiled for a program that does nothing, whose own parts are then thrown away. */
export const cargo: Resolver = {
  tool: 'Cargo',
  isOwn: ({ name }) => name === 'cargo',
  resolve({ words }, context): Resolution | Guard | undefined {
    const options = optionsOf(words);
    if (!options) return undefined;
    const text = context.read('Cargo.toml');
    if (text === undefined || !context.files.has('Cargo.lock')) return undefined;
    if (!/^[ \t]*\[package\]/m.test(text) || /^[ \t]*\[workspace/m.test(text))
      return refuse('Cargo.toml belongs to a workspace');
    // Nothing to compile before the program itself.
    if (!/^[ \t]*\[(?:target\.[^\]\n]*\.)?dependencies[\].][^[]*=/m.test(text)) return undefined;
    const settings = named(context, /^(?:\.cargo\/|rust-toolchain(?:\.toml)?$)/);
    if (settings.some((path) => /\b(?:directory|paths)\s*=/.test(context.read(path) ?? '')))
      return refuse('the dependencies are in the same folder as the sources');
    if (/\bpath\s*=/.test(text))
      return refuse('Cargo.toml refers to files or folders of the project, which are needed first');
    if (/^[ \t]*build[ \t]*=/m.test(text) || context.files.has('build.rs'))
      return refuse('a build script may read the sources');
    if (/^[ \t]*\[\[?(?:lib|bin|bench|example|test)\]/m.test(text))
      return refuse('Cargo.toml lists targets, whose sources are needed first');
    if (!context.files.has('src/main.rs')) return refuse('there is no src/main.rs');
    const name = /^[ \t]*\[package\][^[]*?^[ \t]*name[ \t]*=[ \t]*"([\w-]+)"/m.exec(text)?.[1];
    if (name === undefined) return refuse('Cargo.toml has no package name');
    // A library of the package is found by its file, and the program may use it.
    const files = ['src/main.rs', ...(context.files.has('src/lib.rs') ? ['src/lib.rs'] : [])];
    const profile = options.some((option) => option === '--release' || option === '-r') ? 'release' : 'debug';
    return {
      manifests: ['Cargo.toml', 'Cargo.lock', ...settings],
      script: [
        'mkdir src',
        `echo 'fn main() {}' > src/main.rs`,
        ...(files.length > 1 ? ['touch src/lib.rs'] : []),
        ['cargo build', ...options].join(' '),
        `rm -r src target/${profile}/.fingerprint/${name}-*`,
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
    } else if (KEPT.test(word)) options.push(word);
    else return undefined;
  }
  if (subcommand === 'build') return options;
  // Without --locked an install takes other versions than a build.
  return subcommand === 'install' && options.includes('--locked') && !options.includes('--debug')
    ? ['--release', ...options]
    : undefined;
}
