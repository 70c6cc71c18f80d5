import { phrase } from '../../l10n/phrase';
import { refuse } from '../transform';
import type { Resolver } from './resolver';

/** Go: for a go.mod that does not replace a module with a local directory. */
export const goModules: Resolver = {
  tool: 'Go',
  isOwn: ({ name, words }) =>
    name === 'go' && /^(?:build|install|mod|get|test|generate|vet)$/.test(words[1]?.value ?? ''),
  resolve({ words, assignments }, context) {
    const subcommand = words[1]?.value ?? '';
    const [first = '', ...others] = words.slice(2).map(({ value }) => value);
    if (subcommand === 'mod' && !/^(?:tidy|vendor|verify)$/.test(first)) return undefined;
    // Other modules than those in go.mod, or other versions.
    if (subcommand === 'get' && ![first, ...others].every((word) => /^-[dvx]$|^\.(?:\/\.\.\.)?$/.test(word)))
      return undefined;
    // `go install example.com/tool@v1` does not depend on the project.
    if (words.some(({ value }) => value.includes('@') || value.startsWith('-mod')) || assignments.some(isPath))
      return undefined;
    const text = context.read('go.mod');
    if (text === undefined || !context.files.has('go.sum')) return undefined;
    if (context.files.has('vendor/modules.txt')) return undefined;
    if (context.files.has('go.work')) return refuse('go.work lists other modules that the download needs');
    if (/=>\s*\.{0,2}\//.test(text))
      return refuse('go.mod replaces a module with a local directory that the download needs');
    return {
      manifests: ['go.mod', 'go.sum'],
      script: 'go mod download',
      risk: phrase('Modules that only tests need are downloaded too.'),
    };
  },
};

function isPath({ name }: { name: string }): boolean {
  return name === 'GOFLAGS' || name === 'GOPATH' || name === 'GO111MODULE';
}
