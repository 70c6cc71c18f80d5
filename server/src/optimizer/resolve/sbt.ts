import { phrase } from '../../l10n/phrase';
import { refuse } from '../transform';
import { named, type Resolver } from './resolver';

const TASKS = /^(?:clean|update|compile|stage|assembly|package|dist|test|universal:packageBin|Universal\/packageBin)$/;

/** sbt: for a single project whose build definition reads no other file. */
export const sbt: Resolver = {
  tool: 'sbt',
  isPartial: true,
  isOwn: ({ name }) => name === 'sbt',
  resolve({ words: [tool, ...tasks] }, context) {
    if (!tool || tasks.length === 0 || !tasks.every(({ value }) => TASKS.test(value))) return undefined;
    if (!context.files.has('build.sbt')) return undefined;
    const manifests = named(context, /^(?:[^/]+\.sbt|project\/[^/]+\.(?:sbt|scala|properties))$/);
    const text = manifests.map((path) => (context.read(path) ?? '').replace(/^[ \t]{0,40}\/\/.*$/gm, '')).join('\n');
    if (
      /\bproject[ \t]{0,9}(?:\.in|in)\b[ \t]{0,9}\(?[ \t]{0,9}file\([ \t]{0,9}"(?!\."\))|=[ \t]{0,9}project$/m.test(
        text,
      )
    )
      return refuse('the sbt build has other projects, which are needed first');
    if (/\bIO\.|\bSource\.from|\bsys\.process\b|\bProcess\(|\bgit\b|\bbaseDirectory\b/.test(text))
      return refuse('the sbt build reads files of the project, which are needed first');
    return {
      manifests,
      script: tasks.every(({ value }) => value === 'update') ? undefined : `${tool.text} update`,
      risk: phrase('sbt reads the build definition once more, before the sources are there.'),
    };
  },
};
