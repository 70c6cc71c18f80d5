import { removeWord } from '../../dockerfile/edits/removeWord';
import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-unknown-flag',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'dockerfile-utils:UNKNOWN_ADD_FLAG',
      'dockerfile-utils:UNKNOWN_COPY_FLAG',
      'dockerfile-utils:UNKNOWN_FROM_FLAG',
      'dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG',
      'dockerfile-utils:UNKNOWN_RUN_FLAG',
    ],
    fixable: 'unsafe',
    messages: {
      unknown: '{keyword} has no flag `--{name}`',
      nearest: 'Write `--{near}`',
      remove: 'Remove it',
    },
    docs: {
      description: 'Use flags that the instruction supports',
      rationale: 'Docker rejects a flag that it does not know.',
      fixSafety: { unsafe: 'the intended flag is guessed from its name.' },
      bad: ['FROM debian:12\nCOPY --chwon=app a /a\n'],
      good: ['FROM debian:12\nCOPY --chown=app a /a\n'],
      references: ['https://docs.docker.com/reference/dockerfile/'],
    },
  },
  visits: { keywords: ['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      // A custom frontend may support other flags.
      const syntax = dockerfile.directives.find(({ name }) => name === 'syntax')?.value;
      const known = FLAGS[node.keyword];
      if (!known || (syntax !== undefined && !/^(?:docker\.io\/)?docker\/dockerfile(?::|@|$)/.test(syntax))) return;
      for (const { name, span } of node.flags) {
        if (known.includes(name)) continue;
        const near = nearestName(name, known);
        const start = span.start + 2;
        const removal = removeWord(dockerfile, span);
        report({ start: span.start, end: start + name.length }, 'unknown', {
          data: { keyword: node.keyword, name },
          fix:
            near !== undefined
              ? {
                  title: 'nearest',
                  data: { near },
                  safety: 'unsafe',
                  edits: [{ span: { start, end: start + name.length }, newText: near }],
                }
              : removal && { title: 'remove', safety: 'unsafe', edits: [removal] },
        });
      }
    },
  }),
});

/** As of Dockerfile syntax 1.21. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chown', 'chmod', 'link', 'checksum', 'keep-git-dir', 'unpack', 'exclude'],
  COPY: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  RUN: ['mount', 'network', 'security', 'device'],
};
