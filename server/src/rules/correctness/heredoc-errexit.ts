import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'heredoc-errexit',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      goesOn: 'The script continues when a command fails: only the last one counts',
      set: 'Start it with `set -e`',
    },
    docs: {
      description: 'Stop a heredoc script at the first error',
      rationale:
        'The lines of a heredoc run one after the other, even if a line fails. The step fails only if the last line does.',
      fixSafety: { unsafe: 'a build that ignored an error now stops.' },
      bad: ['FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n'],
      good: ['FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const [heredoc] = node.heredocs;
      if (
        node.keyword !== 'RUN' ||
        node.form !== 'heredoc' ||
        !heredoc ||
        !node.script ||
        node.script.chain.items.length < 2
      )
        return;
      const content = dockerfile.text.slice(heredoc.content.start, heredoc.content.end);
      const joined = node.script.chain.operators.every(({ text }) => text === '&&' || text === '||');
      if (
        joined ||
        content.trimStart().startsWith('#!') ||
        node.script.commands.some(isErrexit) ||
        hasErrexitShell(node)
      )
        return;
      const at = heredoc.content.start;
      const indent = /^[ \t]*/.exec(content)?.[0] ?? '';
      report(heredoc.opener, 'goesOn', {
        fix: {
          title: 'set',
          safety: 'unsafe',
          edits: [{ span: { start: at, end: at }, newText: `${indent}set -e${lineEndOf(dockerfile)}` }],
        },
      });
    },
  }),
});

function isErrexit({ name, words }: ShellCommand): boolean {
  return name === 'set' && words.some(({ value }) => /^-\w*e|^errexit$/.test(value));
}

function hasErrexitShell(node: Instruction): boolean {
  const shells = node.stage
    ? lineage(node.stage).flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'SHELL'))
    : [];
  return shells.some(({ args }) => args.some(({ value }) => /^-\w*e|^errexit$/.test(value)));
}
