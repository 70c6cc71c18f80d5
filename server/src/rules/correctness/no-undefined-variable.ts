import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';
import { EXPANDED_KEYWORDS } from '../shared/expandedKeywords';

export default defineRule({
  meta: {
    id: 'no-undefined-variable',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['UndefinedVar'],
    fixable: 'unsafe',
    messages: {
      undefined: '`{name}` is not set here',
      nearest: '`{name}` is not set here; the nearest is `{near}`',
      rename: 'Write `{near}`',
    },
    docs: {
      description: 'Use variables that are set',
      rationale:
        'A variable that neither ENV nor ARG sets is empty, and what stands around it is taken as it is: `COPY app$VERSIN /srv` copies `app`. What the base image sets is not seen here: only names that are close to one that is set are reported, and those that are set further down.',
      fixSafety: 'Unsafe: which variable was meant is a guess from its name.',
      bad: ['FROM debian:12\nARG VERSION=1\nCOPY app-$VERSOIN /srv/\n'],
      good: ['FROM debian:12\nARG VERSION=1\nCOPY app-$VERSION /srv/\n'],
      references: ['https://docs.docker.com/reference/build-checks/undefined-var/'],
    },
  },
  visits: { keywords: EXPANDED_KEYWORDS },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!node.stage) return;
      const { start, end } = node.body;
      const source = text.slice(start, end);
      if (!source.includes('$') || node.heredocs.length > 0) return;
      const { stage } = node;
      for (const { 0: whole, 1: name = '', index } of source.matchAll(
        /(?<!\\)\$\{?([A-Za-z_]\w*)(?!\w|:?[-+?]|[#%/])/g,
      )) {
        if (node.resolve(name) !== undefined || COMMON.has(name) || isQuoted(source, index)) continue;
        // `ENV X=/a:$X` goes on from what the base image sets.
        if (node.pairs.some((pair) => pair.name === name)) continue;
        const isLater = isArgBelow(node, name);
        const near = isLater
          ? undefined
          : nearestName(
              name,
              [...namesIn(stage), 'PATH'].filter((other) => other.length > 2 && other !== name),
            );
        if (!isLater && (near === undefined || name.length < 4)) continue;
        const at = { start: start + index + whole.length - name.length, end: start + index + whole.length };
        report(at, near === undefined ? 'undefined' : 'nearest', {
          data: { name, near: near ?? '' },
          fix:
            near === undefined
              ? undefined
              : { title: 'rename', safety: 'unsafe', edits: [{ span: at, newText: near }] },
        });
      }
    },
  }),
});

/** Set by most base images. */
const COMMON: ReadonlySet<string> = new Set(['PATH', 'HOME', 'USER', 'HOSTNAME', 'PWD', 'LANG', 'TERM', 'SHELL']);

function namesIn(stage: Stage): string[] {
  return lineage(stage).flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, pairs }) =>
      keyword === 'ENV' || keyword === 'ARG' ? pairs.map(({ name }) => name) : [],
    ),
  );
}

/** Declared, but not yet: Docker reads from the top. */
function isArgBelow(node: Instruction, name: string): boolean {
  return (node.stage?.instructions ?? []).some(
    (other) =>
      other.keyword === 'ARG' && other.span.start > node.span.start && other.pairs.some((pair) => pair.name === name),
  );
}

/** Single quotes keep it as it is. */
function isQuoted(source: string, at: number): boolean {
  return (source.slice(0, at).match(/'/g)?.length ?? 0) % 2 === 1;
}
