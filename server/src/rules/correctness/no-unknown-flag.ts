import { removeWord } from '../../dockerfile/edits/removeWord';
import { broughtBy, FLAGS, type FlagFacts, flagFacts } from '../../dockerfile/flags';
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
      newer: '`--{name}` needs Dockerfile syntax {version}: this file sets {syntax}',
      nearest: 'Write `--{near}`',
      raise: 'Write `# syntax=docker/dockerfile:{tag}`',
      remove: 'Remove it',
    },
    docs: {
      description: 'Use flags that the instruction supports',
      rationale:
        'Docker rejects a flag that it does not know. A `# syntax=` line with a version, such as `docker/dockerfile:1.6`, excludes the flags of later versions.',
      fixSafety: { unsafe: 'the intended flag is guessed from its name, or a newer syntax reads the whole file.' },
      bad: ['FROM debian:12\nCOPY --chwon=app a /a\n'],
      good: ['FROM debian:12\nCOPY --chown=app a /a\n'],
      references: ['https://docs.docker.com/reference/dockerfile/'],
    },
  },
  visits: { keywords: ['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      // A custom frontend may support other flags.
      const directive = dockerfile.directives.find(({ name }) => name === 'syntax');
      const syntax = directive?.value;
      if (syntax !== undefined && !/^(?:docker\.io\/)?docker\/dockerfile(?::|@|$)/.test(syntax)) return;
      for (const { name, span } of node.flags) {
        const facts = flagFacts(node.keyword, name);
        if (facts) {
          const needed = directive && neededVersion(facts, directive.value);
          if (!needed) continue;
          const start = directive.span.end - directive.value.length;
          const edits = [{ span: { start, end: directive.span.end }, newText: `docker/dockerfile:${needed.tag}` }];
          report(span, 'newer', {
            data: { name, version: needed.version, syntax: tagOf(directive.value) },
            fix: { title: 'raise', data: { tag: needed.tag }, safety: 'unsafe', edits },
          });
          continue;
        }
        const near = nearestName(name, Object.keys(FLAGS[node.keyword] ?? {}));
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

function tagOf(syntax: string): string {
  return /:([\w.-]+)/.exec(syntax)?.[1] ?? 'latest';
}

/** The version that the flag needs, where the tag of the syntax names an older one. */
function neededVersion(
  { since }: FlagFacts,
  syntax: string,
): { readonly version: string; readonly tag: string } | undefined {
  const tag = tagOf(syntax);
  const [, minor, labs] = /^1(?:\.(\d+)(?:\.\d+)?)?(-labs)?$/.exec(tag) ?? [];
  // `1`, `latest` and `labs` are the newest version.
  const have = minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
  if (!since || !/^(?:1(?:[.-]|$)|latest$|labs$)/.test(tag)) return undefined;
  const isLabs = labs !== undefined || tag === 'labs';
  const first = Math.min(
    since.stable ?? Number.POSITIVE_INFINITY,
    isLabs ? (since.labs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
  );
  if (have >= first && first !== Number.POSITIVE_INFINITY) return undefined;
  return { version: broughtBy(since), tag: since.stable === undefined ? '1-labs' : '1' };
}
