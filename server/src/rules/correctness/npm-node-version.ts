import { packageCommand } from '../../commands/packageCommand';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';
import { mayFail } from '../shared/expectedFailure';

/**
 * By package manager: its major version → the oldest Node.js that it runs on (`engines` in the npm registry, 2026-11).
 * The last one is what is installed without a version.
 */
const NEEDED: Readonly<Record<string, readonly (readonly [version: number, node: number])[]>> = {
  npm: [
    [8, 12],
    [9, 14],
    [10, 18],
    [11, 20],
    [12, 22],
  ],
  pnpm: [
    [7, 14],
    [8, 16],
    [9, 18],
    [10, 18],
  ],
};

export default defineRule({
  meta: {
    id: 'npm-node-version',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      old: '`{name}` does not run on Node.js {node}',
      pin: 'Write `{pinned}`, the newest that runs on Node.js {node}',
      newer: 'Use Node.js {minimum} or later',
    },
    docs: {
      description: 'Install a version of npm or pnpm that runs on the Node.js of the image',
      rationale:
        'Each version of npm and pnpm supports only some versions of Node.js. Without a version, `npm install --global npm` installs the newest one. On an older Node.js the install or the next call stops, also in a Dockerfile that used to build.',
      fixSafety: { unsafe: 'another version of the package manager may install other files.' },
      bad: ['FROM node:16\nRUN npm install --global pnpm\n', 'FROM node:18\nRUN npm install --global npm@latest\n'],
      good: ['FROM node:16\nRUN npm install --global pnpm@8\n', 'FROM node:24\nRUN npm install --global npm@11\n'],
      references: ['https://docs.npmjs.com/cli/v11/using-npm/changelog', 'https://pnpm.io/installation#compatibility'],
    },
  },
  visits: { tools: ['npm', 'yarn', 'corepack'] },
  create: ({ report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['npm', 'yarn', 'corepack']);
      if (on.keyword !== 'RUN' || !call || !on.stage || mayFail(command)) return;
      const isGlobal = call.tool === 'corepack' || call.has('-g', '--global') || command.words[1]?.value === 'global';
      if (!isGlobal) return;
      for (const word of command.words.slice(1)) {
        const [, name = '', version] = /^(npm|pnpm)(?:@(\S+))?$/.exec(word.value) ?? [];
        const needed = NEEDED[name];
        // `corepack enable pnpm` takes the version from package.json.
        if (!needed || !word.isStatic || (call.tool === 'corepack' && version === undefined)) continue;
        const node = nodeVersion(on.stage, word);
        const own =
          version === undefined || version === 'latest' ? Number.POSITIVE_INFINITY : Number.parseInt(version, 10);
        const minimum = needed.findLast(([major]) => major <= own)?.[1];
        if (node === undefined || minimum === undefined || node >= minimum) continue;
        const fitting = needed.findLast(([, least]) => least <= node)?.[0];
        const pinned = `${name}@${fitting}`;
        report(word.span, 'old', {
          data: { name: version === undefined ? `${name}@latest` : word.value, node },
          fix:
            fitting === undefined
              ? { title: 'newer', data: { minimum }, safety: 'manual' }
              : {
                  title: 'pin',
                  data: { pinned },
                  // Corepack takes only exact versions.
                  ...(call.tool === 'corepack'
                    ? { safety: 'manual' as const }
                    : { safety: 'unsafe' as const, edits: [{ span: word.span, newText: pinned }] }),
                },
        });
      }
    },
  }),
});

/** The major version of Node.js at a place: of the base image, or of the NodeSource repository that was added above. */
function nodeVersion(stage: Stage, at: Word): number | undefined {
  const above = inheritedInstructions(stage).filter(({ span }) => span.start < at.span.start);
  const sources = above.flatMap(({ keyword, bodyText }) =>
    keyword === 'RUN' ? [...bodyText.matchAll(/\bnodesource\.com\/(?:setup|node)_(\d{1,2})\.x/g)] : [],
  );
  const image = baseImage(stage);
  const isOther = above.some(({ bodyText }) =>
    /\bnvm\b|\bfnm\b|\bvolta\b|\bn (?:\d|lts|stable|latest)|nodejs\.org/.test(bodyText),
  );
  if (isOther) return undefined;
  const version = sources.at(-1)?.[1] ?? (image?.name === 'node' ? /^\d+/.exec(image.tag ?? '')?.[0] : undefined);
  return version === undefined ? undefined : Number(version);
}
