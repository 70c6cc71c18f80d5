import { fromFlags } from '../../dockerfile/fromFlags';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-misspelled-stage',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      near: 'No stage above is named `{name}`: did you mean `{stage}`?',
      below: 'Stage `{name}` is defined below: Docker takes the name for an image',
      replace: 'Replace it with `{stage}`',
      move: 'Move the stage above this one',
    },
    docs: {
      description: 'Name build stages as they are defined above',
      rationale:
        'Docker takes a name that is no stage above for an image, and fails to pull it. The rule reports a name that differs little from the name of a stage, and is neither an official image nor a build context of a Compose or Bake file.',
      fixSafety: { unsafe: 'the name may be that of a local image or of a build context on the command line.' },
      bad: [
        'FROM golang:1.26 AS builder\nRUN go build -o /app .\nFROM debian:12\nCOPY --from=biulder /app /app\n',
        'FROM debian:12\nCOPY --from=assets /a /a\nFROM node:22 AS assets\n',
      ],
      good: [
        'FROM golang:1.26 AS builder\nRUN go build -o /app .\nFROM debian:12\nCOPY --from=builder /app /app\n',
        'FROM debian:12\nCOPY --from=busybox:1.37 /bin/busybox /bin/\n',
      ],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  visits: { keywords: ['FROM', 'COPY', 'RUN'] },
  create: ({ dockerfile, knowledge, settings: { contexts }, report }) => ({
    instruction(node) {
      const { stages } = dockerfile;
      const at = node.stage?.index ?? 0;
      const names = stages.map(({ name }) => name);
      for (const { reference, span } of namedIn(dockerfile, node)) {
        const name = reference.toLowerCase();
        if (!/^[a-z][\w-]*$/.test(name) || contexts.has(reference) || knowledge.names.includes(name)) continue;
        if (names.slice(0, at).includes(name) || names[at] === name) continue;
        if (names.slice(at).includes(name)) {
          report(span, 'below', { data: { name }, fix: { title: 'move', safety: 'manual' } });
          continue;
        }
        const stage = nearestStage(name, stages.slice(0, at), node.keyword === 'FROM');
        if (stage === undefined) continue;
        report(span, 'near', {
          data: { name: reference, stage },
          fix: { title: 'replace', safety: 'unsafe', edits: [{ span, newText: stage }] },
        });
      }
    },
  }),
});

/** The references in FROM and `from=` that may be stage names. */
function namedIn({ text, stages }: DockerfileModel, node: Instruction): { reference: string; span: Span }[] {
  if (node.keyword !== 'FROM') return fromFlags(node, text);
  const base = stages.find(({ from }) => from === node)?.base;
  if (base?.kind !== 'image' || !base.image.isLiteral) return [];
  const { span } = base.image;
  return [{ reference: text.slice(span.start, span.end), span }];
}

/**
 * FROM may also name an image that was built before, such as `app2` next to the stage `app`, so it needs a closer
 * match: the same letters, or one letter less. So does a short name.
 */
function nearestStage(name: string, above: readonly Stage[], isBase: boolean): string | undefined {
  const stage = nearestName(
    name,
    above.flatMap((one) => one.name ?? []),
  );
  if (stage === undefined || name.length < 3) return undefined;
  const letters = (text: string) => text.replace(/[^a-z]/g, '');
  const isNumbered = letters(stage) === letters(name);
  const isClose = sorted(stage) === sorted(name) || isOneShorter(name, stage) || (!isBase && isOneShorter(stage, name));
  return isNumbered || ((isBase || name.length < 4) && !isClose) ? undefined : stage;
}

function isOneShorter(name: string, stage: string): boolean {
  return [...stage].some((_, at) => stage.slice(0, at) + stage.slice(at + 1) === name);
}

function sorted(text: string): string {
  return [...text].sort().join('');
}
