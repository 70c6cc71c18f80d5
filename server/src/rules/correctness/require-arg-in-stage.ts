import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { EXPANDED_KEYWORDS } from '../../dockerfile/expandedKeywords';
import { lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

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
      declare: 'Declare it in this stage: `ARG {name}`',
    },
    docs: {
      description: 'Declare an ARG again in the stage that uses it',
      rationale:
        'An ARG above the first FROM applies only to FROM lines. A stage that needs its value must declare `ARG NAME` itself. Without it, the variable is empty, and Docker does not warn. The same applies to the platform arguments that BuildKit sets, such as TARGETARCH.',
      fixSafety: { unsafe: 'what was built with an empty value is then built with the real value.' },
      bad: ['ARG VERSION=1.2\nFROM debian:12\nRUN curl -fO https://example.com/app-${VERSION}.tgz\n'],
      good: ['ARG VERSION=1.2\nFROM debian:12\nARG VERSION\nRUN curl -fO https://example.com/app-${VERSION}.tgz\n'],
      references: [
        'https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact',
        'https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
      ],
    },
  },
  create: ({ dockerfile, report }) => {
    const declared = dockerfile.globalArgs.flatMap(({ pairs }) => pairs.map(({ name }) => name));
    const names = [...new Set([...declared, ...PLATFORM_ARGS])].filter(
      (name) => /^[A-Za-z_]\w*$/.test(name) && dockerfile.text.includes(name),
    );
    return {
      stage(stage) {
        for (const name of names) {
          const use = stage.instructions.find((node) => uses(dockerfile, node, name));
          if (!use || isSet(stage, name, use)) continue;
          const span = useSpan(dockerfile, use, name);
          if (!span) continue;
          const at = stage.from.span.end;
          report(span, declared.includes(name) ? 'empty' : 'platform', {
            data: { name },
            fix: {
              title: 'declare',
              safety: 'unsafe',
              edits: [{ span: { start: at, end: at }, newText: `${lineEndOf(dockerfile)}ARG ${name}` }],
            },
          });
        }
      },
    };
  },
});

const KEYWORDS: ReadonlySet<string> = new Set([...EXPANDED_KEYWORDS, 'RUN']);

function uses({ text }: DockerfileModel, node: Instruction, name: string): boolean {
  // CMD and ENTRYPOINT use the environment of the container. An ONBUILD trigger runs in another build.
  if (!KEYWORDS.has(node.keyword) || node.onbuild) return false;
  const source = sourceOf(text, node);
  if (!source.includes(name)) return false;
  if (!new RegExp(`(?<!\\\\)\\$(?:${name}\\b|\\{${name}\\})`).test(source)) return false;
  // Set by the script itself, or protected from expansion by single quotes or a quoted heredoc.
  return (
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    !new RegExp(`\\b${name}=|\\b(?:for|read|export|local)\\b[^\\n]*\\b${name}\\b|'[^'\\n]*\\$\\{?${name}\\b`).test(
      source,
    ) && node.heredocs.every(({ expand }) => expand)
  );
}

/** True if the stage, a parent stage or the base image sets it. */
function isSet(stage: Stage, name: string, use: Instruction): boolean {
  if (use.resolve(name) !== undefined) return true;
  return lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ keyword, pairs }) => (keyword === 'ARG' || keyword === 'ENV') && pairs.some((pair) => pair.name === name),
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
