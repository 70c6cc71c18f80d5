import { phrase } from '../../l10n/phrase';
import { refuse } from '../transform';
import type { Resolver } from './resolver';

/** Leiningen: for a project file that reads no other file. */
export const leiningen: Resolver = {
  tool: 'Leiningen',
  isPartial: true,
  isOwn: ({ name }) => name === 'lein',
  resolve({ words: [tool, ...tasks] }, context) {
    const call = tasks.map(({ value }) => value).join(' ');
    const text = context.read('project.clj');
    if (!tool || text === undefined || !/^(?:compile|deps|jar|ring uberjar|uberjar)(?: :\w+)?$/.test(call))
      return undefined;
    if (/\(slurp\b|\bfile:|:local-repo\b|:checkout/.test(text))
      return refuse('project.clj refers to files of the project, which are needed first');
    return {
      manifests: ['project.clj'],
      script: call === 'deps' ? undefined : `${tool.text} deps`,
      risk: phrase('Dependencies of tests are downloaded too.'),
    };
  },
};
