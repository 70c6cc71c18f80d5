import { inlineComments } from '../../dockerfile/inlineComments';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { brokenList } from '../shared/brokenList';

export default defineRule({
  meta: {
    id: 'valid-exec-form',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S7030', 'dockerfile-utils:JSON_IN_SINGLE_QUOTES', 'tally:invalid-json-form'],
    fixable: 'safe',
    messages: {
      quotes: '{keyword} looks like a JSON array, but JSON allows only double quotes',
      broken: '{keyword} looks like a JSON array, but is not valid JSON',
      empty: '`[""]` names an empty program; `[]` clears the entrypoint',
      reset: 'Write `[]`',
      fix: 'Write it as JSON',
      array: 'Write `["program", "argument"]`: double quotes, and commas between',
    },
    advice: { quotes: 'array', broken: 'array' },
    docs: {
      description: 'Write exec form as JSON',
      rationale:
        'Exec form is a JSON array of strings in double quotes. Anything else is a command for the shell, which finds no command of that name; COPY and VOLUME use the brackets as part of a path. `ENTRYPOINT [""]` clears the entrypoint only in Docker; Kubernetes tries to start a program without a name.',
      fixSafety: {
        safe: 'only if the errors are just quotes, a comma or the closing bracket: the shell fails on the current text.',
      },
      bad: ["FROM debian:12\nCMD ['app', '--now']\n", 'FROM debian:12\nCMD ["app" "--now"]\n'],
      good: ['FROM debian:12\nCMD ["app", "--now"]\n', 'FROM debian:12\nRUN [ -f /a ] && rm /a\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
    },
  },
  visits: { keywords: ['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL', 'VOLUME', 'COPY', 'ADD'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.keyword === 'ENTRYPOINT' && node.form === 'exec' && isOneEmptyWord(node.args)) {
        const edits = [{ span: node.body, newText: '[]' }];
        report(node.body, 'empty', { severity: 'warning', fix: { title: 'reset', safety: 'safe', edits } });
      }
      if (!KEYWORDS.has(node.keyword) || node.form !== 'shell') return;
      // A comment after the list is reported by no-inline-comment.
      if (inlineComments(dockerfile, node).length > 0) return;
      const found = brokenList(dockerfile.text, node);
      if (!found) return;
      const { at, list, json } = found;
      const start = node.body.start + at;
      const span = { start, end: start + list.length };
      // Only a list on a single line is fixed.
      const isLine = json !== undefined && !list.includes('\n');
      report(span, /^\[\s*['‘’“”]/.test(list) ? 'quotes' : 'broken', {
        data: { keyword: node.keyword },
        fix: isLine ? { title: 'fix', safety: 'safe', edits: [{ span, newText: json }] } : undefined,
      });
    },
  }),
});

const KEYWORDS: ReadonlySet<string> = new Set([
  'RUN',
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'SHELL',
  'VOLUME',
  'COPY',
  'ADD',
]);

function isOneEmptyWord([only, ...others]: Instruction['args']): boolean {
  return only?.value === '' && others.length === 0;
}
