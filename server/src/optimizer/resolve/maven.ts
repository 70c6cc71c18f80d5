import { phrase } from '../../l10n/phrase';
import { refuse } from '../transform';
import { named, type Resolver } from './resolver';

/** Options that mean the same when dependencies are downloaded. */
const KEPT = /^(?:-[BqeUX]|-ntp|-nsu|--batch-mode|--quiet|--no-transfer-progress|-D(?!skip|maven\.test)\S+|-P\S+)$/;
const GOAL = /^(?:clean|compile|test|package|verify|install|dependency:(?:go-offline|resolve))$/;
const DROPPED = /^-D(?:skip\w+|maven\.test\.skip)(?:=\w+)?$/;

/** Maven: for one pom.xml that names no other module and no file of the project. */
export const maven: Resolver = {
  tool: 'Maven',
  isPartial: true,
  isOwn: ({ name }) => /^mvnw?$/.test(name),
  resolve({ words }, context) {
    const [tool, ...given] = words;
    const file = given.findIndex(({ value }) => value === '-f' || value === '--file');
    const folder = file < 0 ? undefined : /^(\/.+)\/pom\.xml$/.exec(given[file + 1]?.value ?? '')?.[1];
    if (!tool || (file >= 0 && folder === undefined)) return undefined;
    const chosen = file < 0 ? [] : given.splice(file, 2);
    const goals = given.filter(({ value }) => !value.startsWith('-'));
    if (goals.length === 0 || !goals.every(({ value }) => GOAL.test(value))) return undefined;
    const options = given.filter(({ value }) => value.startsWith('-') && !DROPPED.test(value));
    if (!options.every(({ value }) => KEPT.test(value))) return undefined;
    const pom = context.read('pom.xml');
    if (pom === undefined) return undefined;
    if (/<modules?>/.test(pom)) return refuse('pom.xml has modules that the download needs');
    if (/<systemPath>|basedir\}|file:\/\/|<relativePath>[^<]/.test(pom))
      return refuse('pom.xml refers to project files that the download needs');
    const wrapper = tool.value.endsWith('mvnw') ? ['mvnw'] : [];
    const isResolved = goals.every(({ value }) => value.startsWith('dependency:'));
    return {
      manifests: ['pom.xml', ...wrapper],
      settings: named(context, /^\.mvn\//),
      ...(folder === undefined ? {} : { folder }),
      script: isResolved
        ? undefined
        : [tool, ...chosen, ...options]
            .map(({ text }) => text)
            .concat('dependency:go-offline')
            .join(' '),
      risk: phrase(
        'Dependencies of tests and of plugins that the build does not call are downloaded too, so they must be available.',
      ),
    };
  },
};
