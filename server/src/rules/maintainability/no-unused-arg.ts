import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { escapePattern } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-unused-arg',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    messages: {
      unused: 'Nothing uses the ARG `{name}`',
    },
    docs: {
      description: 'Do not declare an ARG that nothing uses',
      rationale:
        'An unused build argument looks as if setting it had an effect. Off by default, because commands in RUN also read it from their environment.',
      bad: ['FROM debian:12\nARG VERSION\nCMD ["app"]\n'],
      good: ['FROM debian:12\nARG VERSION\nLABEL version=$VERSION\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#arg'],
    },
  },
  create: ({ dockerfile: { text, globalArgs }, report }) => {
    const check = (node: Instruction, end: number, isInStage: boolean): void => {
      for (const { name, nameSpan } of node.pairs) {
        const rest = text.slice(node.span.end, end);
        // A script in a RUN may read any variable.
        const isRead =
          new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`).test(rest) || (isInStage && /^[ \t]*RUN\b/im.test(rest));
        if (!isRead && !PREDEFINED.test(name)) report(nameSpan, 'unused', { data: { name } });
      }
    };
    return {
      stage({ instructions }) {
        const end = instructions.at(-1)?.span.end ?? 0;
        for (const node of instructions) if (node.keyword === 'ARG') check(node, end, true);
      },
      file() {
        for (const node of globalArgs) check(node, text.length, false);
      },
    };
  },
});

/** Variables that Docker sets, or that the builder reads. */
const PREDEFINED = /^(?:BUILDKIT_|BUILD|TARGET|SOURCE_DATE_EPOCH|HTTPS?_PROXY|FTP_PROXY|NO_PROXY|ALL_PROXY)/i;
