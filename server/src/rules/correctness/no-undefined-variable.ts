import { EXPANDED_KEYWORDS } from '../../dockerfile/expandedKeywords';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Pair } from '../../dockerfile/model';
import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { nearestName } from '../../engine/nearestName';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { Span } from '../../text/span';
import { variablesOfBase } from '../shared/variablesOfBase';

type MessageId = 'declare' | 'plain' | 'undefined' | 'nearest' | 'rename' | 'leaveOut';

export default defineRule<MessageId>({
  meta: {
    id: 'no-undefined-variable',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['UndefinedVar'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      undefined: '`{name}` is not set here',
      nearest: '`{name}` is not set here; did you mean `{near}`?',
      rename: 'Write `{near}`',
      leaveOut: 'Leave `{name}` out: an empty entry stands for the working directory',
      plain: 'Write `ARG {name}`, without `$`',
      declare: 'Set it above: `ARG {name}=…` or `ENV {name}=…`',
    },
    advice: { undefined: 'declare' },
    docs: {
      description: 'Use only variables that are set',
      rationale:
        'A variable that neither ENV nor ARG nor the base image sets is empty, and Docker uses the text around it: `COPY app$VERSIN /srv` copies `app`. `ENV LD_LIBRARY_PATH=/opt/lib:$LD_LIBRARY_PATH` leaves an empty entry, so programs also search the working directory for libraries. `$HOME` is set in RUN, but not in other instructions. If the variables of the base image are unknown, the rule reports only variables that are declared further down.',
      fixSafety: { unsafe: 'the intended variable is guessed from its name.' },
      bad: ['FROM debian:12\nARG VERSION=1\nCOPY app-$VERSOIN /srv/\n'],
      good: ['FROM debian:12\nARG VERSION=1\nCOPY app-$VERSION /srv/\n'],
      references: ['https://docs.docker.com/reference/build-checks/undefined-var/'],
    },
  },
  visits: { keywords: [...EXPANDED_KEYWORDS, 'ARG'] },
  create: ({ dockerfile: { text, globalArgs }, knowledge, report }) => ({
    instruction(node) {
      const isGlobalArg = (name: string) => globalArgs.some(({ pairs }) => pairs.some((pair) => pair.name === name));
      const { stage } = node;
      if (!stage) return;
      const { start, end } = node.body;
      const source = text.slice(start, end);
      if (!source.includes('$') || node.heredocs.length > 0) return;
      const ofBase = variablesOfBase(stage, knowledge);
      for (const { 0: whole, 1: name = '', index } of source.matchAll(/(?<![\\`])\$(?:\{(?=\w+\}))?([A-Za-z_]\w*)/g)) {
        if (node.resolve(name) !== undefined || ofBase?.has(name) || isOff(source, index, name)) continue;
        // require-arg-in-stage reports these.
        const isLater = isArgBelow(node, name);
        if (!isLater && (PLATFORM_ARGS.has(name) || isGlobalArg(name))) continue;
        const at = { start: start + index + whole.length - name.length, end: start + index + whole.length };
        const own = node.pairs.find((pair) => pair.span.start <= at.start && pair.span.end >= at.end);
        // Another pair of the same ENV sets it: no-env-self-reference reports that.
        if (node.pairs.some((pair) => pair !== own && pair.name === name)) continue;
        const isOwn = own?.name === name;
        if (!ofBase && (isOwn || !isLater)) continue;
        const near = isOwn || isLater ? undefined : nearestName(name, namesAt(node, ofBase));
        report(at, near === undefined ? 'undefined' : 'nearest', {
          data: { name, near: near ?? '' },
          fix:
            node.keyword === 'ARG' && own?.nameSpan.start === at.start - whole.length + name.length
              ? {
                  title: 'plain',
                  safety: 'unsafe',
                  edits: [{ span: { start: start + index, end: at.end }, newText: name }],
                }
              : fixFor(at, near, isOwn ? own : undefined),
        });
      }
    },
  }),
});

/** Variables with a value at this point and a valid name. */
function namesAt(node: Instruction, ofBase: ReadonlySet<string> | undefined): string[] {
  const set = (node.stage ? lineage(node.stage) : []).flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, pairs }) =>
      keyword === 'ENV' || keyword === 'ARG' ? pairs.map(({ name }) => name) : [],
    ),
  );
  return [...set.filter((name) => node.resolve(name) !== undefined), ...(ofBase ?? [])].filter((name) =>
    /^[A-Za-z_]\w{2,}$/.test(name),
  );
}

function fixFor(at: Span, near: string | undefined, own: Pair | undefined): FixDraft<MessageId> | undefined {
  if (near !== undefined) return { title: 'rename', safety: 'unsafe', edits: [{ span: at, newText: near }] };
  // `/a:$X` and `$X:/a` without the empty entry.
  const { name = '', valueText = '', valueSpan } = own ?? {};
  const match = new RegExp(`^(["']?)(?:(.+):\\$\\{?${name}\\}?|\\$\\{?${name}\\}?:(.+))\\1$`).exec(valueText);
  const rest = match?.[2] ?? match?.[3];
  if (!valueSpan || !match || rest === undefined || valueSpan.end - valueSpan.start !== valueText.length)
    return undefined;
  return {
    title: 'leaveOut',
    safety: 'unsafe',
    edits: [{ span: valueSpan, newText: `${match[1]}${rest}${match[1]}` }],
  };
}

/** True if the ARG comes later: Docker reads from top to bottom. */
function isArgBelow(node: Instruction, name: string): boolean {
  return (node.stage?.instructions ?? []).some(
    (other) =>
      other.keyword === 'ARG' && other.span.start > node.span.start && other.pairs.some((pair) => pair.name === name),
  );
}

/** Single quotes prevent expansion, and `${X:+$X:}` tests the variable first. */
function isOff(source: string, at: number, name: string): boolean {
  const before = source.slice(0, at);
  return (before.match(/'/g)?.length ?? 0) % 2 === 1 || new RegExp(`\\$\\{${name}:?\\+[^}]{0,1000}$`).test(before);
}
