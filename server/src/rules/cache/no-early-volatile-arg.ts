import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-early-volatile-arg',
    group: 'cache',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      early: '`{name}` changes with every build, so nothing below it is cached',
      move: 'Declare it directly above its first use',
    },
    docs: {
      description: 'Declare values that change with every build last',
      rationale:
        'A build argument such as a commit or a date invalidates the cache of every RUN below it: each commit runs all of them again.',
      fixSafety: { manual: 'scripts may use the value too, so the Dockerfile does not show where it is needed.' },
      bad: [
        'FROM debian:12\nARG GIT_COMMIT\nRUN apt-get update && apt-get install -y curl\nLABEL revision=$GIT_COMMIT\n',
      ],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nARG GIT_COMMIT\nLABEL revision=$GIT_COMMIT\n',
      ],
      references: ['https://docs.docker.com/build/cache/invalidation/'],
    },
  },
  create: ({ report }) => ({
    stage({ instructions }) {
      for (const [at, node] of instructions.entries()) {
        if (node.keyword !== 'ARG' && node.keyword !== 'ENV' && node.keyword !== 'LABEL') continue;
        const pair = node.pairs.find(
          ({ name, value }) =>
            (node.keyword === 'ARG' ? !value : value?.includes('$')) && VOLATILE.test(name.toUpperCase()),
        );
        if (!pair) continue;
        // An ENV or LABEL that uses an ARG above is reported at the ARG.
        const variable = /\$\{?(\w+)/.exec(pair.value ?? '')?.[1];
        if (
          variable !== undefined &&
          instructions
            .slice(0, at)
            .some((other) => other.keyword === 'ARG' && other.pairs.some(({ name }) => name === variable))
        )
          continue;
        const next = instructions.slice(at + 1).find((other) => other.keyword === 'RUN');
        // If the next RUN uses the variable, it has to be set here.
        if (!next || !isHeavy(next) || next.args.some(({ text }) => text.includes(pair.name))) continue;
        report(pair.nameSpan, 'early', { data: { name: pair.name }, fix: { title: 'move', safety: 'manual' } });
      }
    },
  }),
});

/** Names in upper case. */
const VOLATILE = anyOf(
  /^(?:GIT_|VCS_|BUILD_|CI_|SOURCE_)?(?:COMMIT(?:_SHA|_HASH|_ID)?|SHA|GIT_SHA\d?|REF|REVISION|BUILD_DATE|DATE)$/,
  /^(?:GIT_|VCS_|BUILD_|CI_|SOURCE_)?(?:BUILD_TIME(?:STAMP)?|TIMESTAMP|BUILD_NUMBER|NUMBER|BUILD_ID|CACHEBUST)$/,
  /^(?:GIT_|VCS_|BUILD_|CI_|SOURCE_)?(?:CACHE_BUST)$/,
);

/** True for installs, which do not depend on the value. A compiler may put it into its output. */
function isHeavy({ script }: Instruction): boolean {
  return (script?.commands ?? []).some(
    ({ name, words }) =>
      /^(?:apt-get|apt|apk|dnf|yum|microdnf|zypper|pip\d?|npm|yarn|pnpm|bundle|composer)$/.test(name) &&
      words.some(({ value }) => /^(?:install|add|ci|i|sync)$/.test(value)),
  );
}
