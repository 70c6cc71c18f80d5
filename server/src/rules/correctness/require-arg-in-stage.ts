import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { EXPANDED_KEYWORDS } from '../../dockerfile/expandedKeywords';
import { lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';
import { variablesOfBase } from '../shared/variablesOfBase';

export default defineRule({
  meta: {
    id: 'require-arg-in-stage',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['sonar:S6579', 'UndefinedVar'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      empty: '`{name}` is empty here: an ARG above FROM applies only to FROM',
      platform: '`{name}` is empty here: this stage does not declare it',
      other: '`{name}` is empty here: the ARG of another stage applies only there',
      declare: 'Declare it in this stage: `ARG {argument}`',
    },
    docs: {
      description: 'Declare an ARG again in the stage that uses it',
      rationale:
        'An ARG above the first FROM applies only to FROM lines, and an ARG of a stage only to that stage. Another stage that needs the value must declare `ARG NAME` itself. Without it, the variable is empty, and Docker does not warn. The same applies to the platform arguments that BuildKit sets, such as TARGETARCH.',
      fixSafety: { unsafe: 'what was built with an empty value is then built with the real value.' },
      bad: ['ARG VERSION=1.2\nFROM debian:12\nRUN curl -fO https://example.com/app-${VERSION}.tgz\n'],
      good: ['ARG VERSION=1.2\nFROM debian:12\nARG VERSION\nRUN curl -fO https://example.com/app-${VERSION}.tgz\n'],
      references: [
        'https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact',
        'https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
      ],
    },
  },
  create: ({ dockerfile, knowledge, report }) => {
    const wanted = declarations(dockerfile);
    return {
      stage(stage) {
        for (const { name, argument, messageId } of wanted) {
          const use = stage.instructions.find((node) => uses(dockerfile, node, name));
          if (!use || isSet(stage, name, use)) continue;
          if (messageId === 'other' && !isEmptyInRun(name, use, variablesOfBase(stage, knowledge))) continue;
          const span = useSpan(dockerfile, use, name);
          if (!span) continue;
          const at = stage.from.span.end;
          report(span, messageId, {
            data: { name },
            fix: {
              title: 'declare',
              data: { argument },
              safety: 'unsafe',
              edits: [{ span: { start: at, end: at }, newText: `${lineEndOf(dockerfile)}ARG ${argument}` }],
            },
          });
        }
      },
    };
  },
});

interface Declaration {
  readonly name: string;
  /** What the stage has to declare: with the value, if that is in another stage. */
  readonly argument: string;
  readonly messageId: 'empty' | 'platform' | 'other';
}

/** The names that a stage may have to declare, each once: that of an ARG above FROM first. */
function declarations({ text, globalArgs, stages }: DockerfileModel): Declaration[] {
  const found = new Map<string, Declaration>();
  const add = (name: string, messageId: Declaration['messageId'], argument = name): void => {
    if (/^[A-Za-z_]\w*$/.test(name) && text.includes(name) && !found.has(name))
      found.set(name, { name, argument, messageId });
  };
  for (const { pairs } of globalArgs) for (const { name } of pairs) add(name, 'empty');
  for (const name of PLATFORM_ARGS) add(name, 'platform');
  for (const { keyword, pairs } of stages.flatMap(({ instructions }) => instructions))
    if (keyword === 'ARG')
      for (const { name, span } of pairs) {
        const argument = text.slice(span.start, span.end);
        add(name, 'other', /[\n$]/.test(argument) ? name : argument);
      }
  return [...found.values()];
}

/** True for a RUN whose shell has the variable neither from the base image nor from a file that the script loads. */
function isEmptyInRun(name: string, { keyword, bodyText }: Instruction, ofBase?: ReadonlySet<string>): boolean {
  return keyword === 'RUN' && ofBase?.has(name) === false && !/(?:^|[\s;&({])(?:\.|source|eval|env)\s/.test(bodyText);
}

const KEYWORDS: ReadonlySet<string> = new Set([...EXPANDED_KEYWORDS, 'RUN']);

function uses({ text }: DockerfileModel, node: Instruction, name: string): boolean {
  // CMD and ENTRYPOINT use the environment of the container. An ONBUILD trigger runs in another build.
  if (!KEYWORDS.has(node.keyword) || node.onbuild) return false;
  if (!text.slice(node.span.start, node.span.end).includes(name)) return false;
  const source = sourceOf(text, node);
  if (!new RegExp(`(?<!\\\\)\\$(?:${name}\\b|\\{${name}\\b(?!:?[-+?]))`).test(source)) return false;
  // Set by the script itself, or protected from expansion by single quotes or a quoted heredoc. `A=$A` sets nothing.
  const set = `(?<![\\w.])${name}=(?!["']?\\$(?:${name}\\b|\\{${name}\\}))`;
  return (
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    !new RegExp(`${set}|\\b(?:for|read|export|local)\\b[^\\n]*\\b${name}\\b|'[^'\\n]*\\$\\{?${name}\\b`).test(source) &&
    node.heredocs.every(({ expand }) => expand)
  );
}

/** True if the stage, a parent stage or the base image sets it. */
function isSet(stage: Stage, name: string, use: Instruction): boolean {
  if (use.resolve(name) !== undefined) return true;
  return lineage(stage).some(({ instructions }) =>
    instructions.some(
      (node) =>
        // `ENV A=$A` sets nothing.
        node.span.start < use.span.start &&
        (node.keyword === 'ARG' || node.keyword === 'ENV') &&
        node.pairs.some((pair) => pair.name === name),
    ),
  );
}

function useSpan({ text }: DockerfileModel, node: Instruction, name: string): Span | undefined {
  const match = new RegExp(`(?<!\\\\)\\$\\{?(${name})\\b`).exec(sourceOf(text, node));
  if (!match) return undefined;
  const start = node.span.start + match.index + match[0].length - name.length;
  return { start, end: start + name.length };
}

/** Without the value of `from=`, which does not expand variables. */
function sourceOf(text: string, { span }: Instruction): string {
  return text.slice(span.start, span.end).replace(/\bfrom=[^\s,]+/g, (from) => ' '.repeat(from.length));
}
