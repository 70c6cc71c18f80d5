import { lineEndOf } from '../../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'definition-comment',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['InvalidDefinitionDescription'],
    fixable: 'safe',
    messages: {
      other: 'The comment above does not start with `{name}`: it is not its description',
      blank: 'Insert a blank line between them',
    },
    docs: {
      description: 'Start the description of a stage or ARG with its name',
      rationale:
        '`docker build --call=outline` shows the comment directly above a stage or ARG as its description if the comment starts with the name. Any other comment there looks like a description, but is not shown. Off by default, as in BuildKit.',
      fixSafety: { safe: 'a blank line between a comment and an instruction has no effect.' },
      bad: ['FROM debian:12\n# The version to take\nARG VERSION\n'],
      good: [
        'FROM debian:12\n# VERSION is the one to take\nARG VERSION\n',
        'FROM debian:12\n# The version to take\n\nARG VERSION\n',
      ],
      references: ['https://docs.docker.com/reference/build-checks/invalid-definition-description/'],
    },
  },
  create: ({ dockerfile, report }) => ({
    file({ stages, globalArgs, instructions }) {
      const froms = stages.flatMap(({ name, nameSpan, from }) =>
        nameSpan && name !== undefined
          ? [{ node: from, names: [dockerfile.text.slice(nameSpan.start, nameSpan.end)] }]
          : [],
      );
      const args = [...globalArgs, ...instructions].filter(({ keyword }) => keyword === 'ARG');
      const seen = new Set<Instruction>();
      for (const { node, names } of [
        ...froms,
        ...args.map((arg) => ({ node: arg, names: arg.pairs.map(({ name }) => name) })),
      ]) {
        if (seen.has(node)) continue;
        seen.add(node);
        const lines = commentsAbove(dockerfile, node);
        if (
          lines.length === 0 ||
          lines.some((line) => names.some((name) => line === name || line.startsWith(`${name} `)))
        )
          continue;
        const at = dockerfile.text.lastIndexOf('\n', node.span.start - 1) + 1;
        report(node.keywordSpan, 'other', {
          data: { name: names[0] ?? '' },
          fix: {
            title: 'blank',
            safety: 'safe',
            edits: [{ span: { start: at, end: at }, newText: lineEndOf(dockerfile) }],
          },
        });
      }
    },
  }),
});

/** The comment lines right above the instruction, without directives and comments for tools. */
function commentsAbove({ text, comments, directives }: DockerfileModel, node: Instruction): string[] {
  const lines: string[] = [];
  let end = text.lastIndexOf('\n', node.span.start - 1) + 1;
  for (const comment of comments.toReversed()) {
    if (comment.span.end > end) continue;
    const isAbove =
      /^\r?\n$/.test(text.slice(comment.span.end, end)) &&
      !directives.some(({ span }) => span.start === comment.span.start);
    if (!isAbove || TOOL_COMMENT.test(comment.text)) break;
    if (comment.text !== '') lines.push(comment.text);
    end = text.lastIndexOf('\n', comment.span.start - 1) + 1;
  }
  return lines;
}

const TOOL_COMMENT = /^(?:hadolint|dockerfile-optimizer|checkov:|trivy:|check=|renovate:|syntax=|escape=)/i;
