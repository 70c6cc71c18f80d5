import { normalPath } from '../../app/copiedFiles';
import { contextOfBuild } from '../../app/site';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-copy-outside-context',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'safe',
    messages: {
      outside: '`{path}` cannot leave the build context: BuildKit reads `{inside}` in it',
      write: 'Write `{inside}`',
      context: 'Make its folder the build context, and write the path from there',
    },
    docs: {
      description: 'Copy only files of the build context',
      rationale:
        'A build sees only its context. BuildKit drops each `../` that leads out of it, so `COPY ../shared /shared` copies the folder `shared` of the context, or stops because there is none. The builder without BuildKit stops in any case.',
      fixSafety: {
        safe: 'only where the context has the file: BuildKit reads the same one.',
        manual: 'otherwise the file has to come into the build context first.',
      },
      bad: ['FROM debian:13\nCOPY ../shared /shared\n'],
      good: ['FROM debian:13\nCOPY shared /shared\n', 'FROM debian:13\nCOPY app/../shared /shared\n'],
      references: ['https://docs.docker.com/build/concepts/context/'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: (all) => ({
    instruction({ args, flags }) {
      if (flags.some(({ name }) => name === 'from')) return;
      for (const { value, span, isStatic } of args.slice(0, -1)) {
        if (!isStatic || !leavesContext(value)) continue;
        const inside = normalPath(value) || '.';
        const context = all.buildContext && contextOfBuild(all.buildContext);
        const isThere = [...(context?.files.keys() ?? [])].some(
          (path) => path === inside || path.startsWith(`${inside}/`),
        );
        const source = all.dockerfile.text.slice(span.start, span.end);
        all.report(span, 'outside', {
          data: { path: value, inside },
          fix: isThere
            ? {
                title: 'write',
                data: { inside },
                safety: 'safe',
                edits: [{ span, newText: source.replace(value, inside) }],
              }
            : { title: 'context', safety: 'manual' },
        });
      }
    },
  }),
});

/** True where more `..` than folders stand before some part of the path. */
function leavesContext(path: string): boolean {
  let depth = 0;
  if (/^[a-z+]+:\/\//i.test(path)) return false;
  return path.split('/').some((part) => {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    return depth < 0;
  });
}
