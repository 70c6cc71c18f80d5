import { baseFacts } from '../../app/effectiveUser';
import { inheritedInstructions, isFromScratch } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import { anyOf } from '../../text/pattern';

const EXPANDS = anyOf(
  /(?:^|\/)(?:ba|da|a|z|k)?sh$|cmd(?:\.exe)?$|(?:powershell|pwsh)(?:\.exe)?$|\.sh$/i,
  /entrypoint|tini|dumb-init|supervisord|confd|envsubst|awk|make|gosu|su-exec|env$/i,
);

export default defineRule({
  meta: {
    id: 'no-variable-in-exec',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      literal: '`{name}` is passed literally: exec form has no shell to expand it',
      shell: 'Start a shell: `["sh", "-c", "exec …"]`',
    },
    advice: { literal: 'shell' },
    docs: {
      description: 'Do not use shell variables in exec form',
      rationale: 'Exec form runs without a shell. The program receives the literal text `$PORT` instead of a number.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM node:22\nCMD ["node", "app.js", "--port", "$PORT"]\n'],
      good: ['FROM node:22\nCMD ["sh", "-c", "exec node app.js --port \\"$PORT\\""]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
    },
  },
  visits: { keywords: ['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK'] },
  create: ({ knowledge, report }) => ({
    instruction(node) {
      if (!/^(?:CMD|ENTRYPOINT|RUN|HEALTHCHECK)$/.test(node.keyword) || node.form !== 'exec') return;
      // A shell, or a program that expands variables itself.
      if (EXPANDS.test(node.args[0]?.value ?? '')) return;
      // With an ENTRYPOINT these are its arguments, and it may be a shell. An unknown base image may have one.
      if (node.keyword === 'CMD' && (!node.stage || mayHaveEntrypoint(node.stage, knowledge))) return;
      for (const { value, span } of node.args) {
        const name = /(?<![\\$])\$(?:\{[A-Za-z_]\w*\}|[A-Z_][A-Z\d_]*\b)/.exec(value)?.[0];
        if (name !== undefined && !/\s/.test(value)) report(span, 'literal', { data: { name } });
      }
    },
  }),
});

function mayHaveEntrypoint(stage: Stage, knowledge: KnowledgeBase): boolean {
  if (inheritedInstructions(stage).some(({ keyword }) => keyword === 'ENTRYPOINT')) return true;
  return !isFromScratch(stage) && baseFacts(stage, knowledge) === undefined;
}
