import { readFileSync } from 'node:fs';
import { loadEngine } from './loadEngine.mjs';

/** In files of rules: `docs: {` up to its brace, as the formatter writes it. */
const DOCS = /^( +)docs: \{\n[\s\S]*?\n\1\},$/gm;

/** Bundles rules without what they tell about themselves: that, half of their size, is a file of its own. */
export const withoutDocs = {
  name: 'without docs',
  setup: ({ onLoad }) => {
    onLoad(
      { filter: /server[\\/]src[\\/](?:rules[\\/][a-z]+[\\/][\w-]+|engine[\\/]builtinRules)\.ts$/ },
      ({ path }) => {
        const contents = readFileSync(path, 'utf8').replace(DOCS, (_, indent) => `${indent}docs: {} as never,`);
        return { contents, loader: 'ts' };
      },
    );
  },
};

/** What `withoutDocs` leaves out, by rule. */
export async function readDocs() {
  const { allRules, builtinRules } = await loadEngine();
  const metas = [...builtinRules, ...allRules.map(({ meta }) => meta)];
  return Object.fromEntries(metas.map(({ id, docs }) => [id, docs]));
}
