import type { Resolved } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-from-arg-default',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['InvalidDefaultArgInFrom'],
    fixable: 'manual',
    messages: {
      invalid: 'Without --build-arg, this is not a valid image: `{reference}`',
      explain: 'Give the ARG a default, such as the version in use',
    },
    docs: {
      description: 'Give the ARGs in FROM defaults that form a valid image reference',
      rationale:
        'A build without `--build-arg` uses the defaults. If they do not form a valid image reference, `docker build .` fails, and so does every tool that reads the file.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['ARG TAG\nFROM debian:${TAG}\n'],
      good: ['ARG TAG=12\nFROM debian:${TAG}\n'],
      references: ['https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/'],
    },
  },
  visits: { keywords: ['FROM'] },
  create: ({ dockerfile: { stages }, report }) => ({
    instruction(node) {
      const [word] = node.args;
      if (!word || word.isStatic || !word.text.includes('$')) return;
      let isKnown = true;
      const reference = word.text
        .replace(/"/g, '')
        .replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
          const resolved = node.resolve(braced ?? bare ?? '');
          if (!resolved || resolved.kind === 'predefined') isKnown = false;
          return defaultOf(resolved, braced ?? bare ?? '');
        });
      // Other expansions have their own default values.
      if (!isKnown || reference.includes('$') || stages.some(({ name }) => name === reference.toLowerCase())) return;
      const name = reference.replace(/@sha256:[0-9a-f]+$/i, '');
      const isValid = /^[a-z0-9][\w.:/-]*(?<![:/])$/i.test(name) && !/\/:|(?:^|\/)[^/:]*:[^/:]*:[^/]*$|\/\//.test(name);
      if (!isValid) report(word.span, 'invalid', { data: { reference }, fix: { title: 'explain', safety: 'manual' } });
    },
  }),
});

/** The value without build arguments, even if the configuration sets some. */
function defaultOf(resolved: Resolved | undefined, name: string): string {
  const pair = resolved?.definedAt?.pairs.findLast((one) => one.name === name);
  return pair?.value?.includes('$') ? (resolved?.value ?? '') : (pair?.value ?? '');
}
