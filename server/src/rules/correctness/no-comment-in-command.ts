import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-comment-in-command',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      swallowed: 'The rest of this RUN becomes part of the comment when the lines are joined',
      above: 'Put the comment on a line of its own',
    },
    advice: { swallowed: 'above' },
    docs: {
      description: 'Put comments in a long RUN on their own lines',
      rationale:
        'Docker removes lines that begin with `#` before it joins the lines. A `#` after a command stays: the shell treats everything up to the end of the RUN as a comment.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: [
        'FROM debian:12\nRUN apt-get update \\\n # the tools\n && apt-get install -y curl # and why \\\n && rm -rf /var/lib/apt/lists/*\n',
      ],
      good: [
        'FROM debian:12\nRUN apt-get update \\\n # the tools\n && apt-get install -y curl \\\n # and why\n && rm -rf /var/lib/apt/lists/*\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#format'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (node.form !== 'shell' || node.heredocs.length > 0 || !node.script || node.script.errors.length > 0) return;
      const last = node.script.chain.items.at(-1);
      if (!last) return;
      const rest = text.slice(last.span.end, node.span.end);
      // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
      const match = /[ \t](#[^\n]*[\\`])[ \t]*\r?\n(?=[\s\S]*\S)/.exec(rest);
      // Report only if code is lost, not just blanks, comments and line endings.
      const swallowed = match ? rest.slice(match.index + match[0].length) : '';
      if (!match || !/^[ \t]*(?:&&|\|\||;|\||[a-z])/im.test(swallowed.replace(/^[ \t]*#.*$/gm, ''))) return;
      const start = last.span.end + match.index + 1;
      report({ start, end: start + (match[1]?.length ?? 1) - 1 }, 'swallowed');
    },
  }),
});
