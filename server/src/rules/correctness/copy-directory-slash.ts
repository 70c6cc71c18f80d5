import { isFromHistory } from '../../dockerfile/imageHistory';
import { inlineComments } from '../../dockerfile/inlineComments';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'copy-directory-slash',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3021',
      'DS-0011',
      'DS011',
      'AVD-DS-0011',
      'DF048',
      'kics:copy_with_more_than_two_arguments_not_ending_with_slash',
      'dockerfile-utils:INVALID_DESTINATION',
    ],
    fixable: 'safe',
    messages: {
      slash: 'Several sources need a directory: `{path}` does not end with `/`',
      add: 'Add the `/`',
    },
    docs: {
      description: 'End the destination of several sources with a slash',
      rationale:
        'With more than one source, the destination must be a directory, and only a trailing `/` marks it as one. Otherwise `docker build` stops at this line.',
      fixSafety: { safe: 'without the slash, the file does not build.' },
      bad: ['FROM debian:12\nCOPY a b /srv\n'],
      good: ['FROM debian:12\nCOPY a b /srv/\n', 'FROM debian:12\nCOPY a /srv\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const { text } = dockerfile;
      const target = node.args.at(-1);
      if (!target || node.args.length < 3 || /[/\\.]$/.test(target.value) || node.heredocs.length > 0) return;
      if (inlineComments(dockerfile, node).length > 0) return;
      // The value of a variable may end in a slash.
      if (!target.isStatic || isFromHistory(node)) return;
      const written = text.slice(target.span.start, target.span.end);
      const quote = /["']$/.exec(written)?.[0] ?? '';
      // An unclosed quote, as in `'"`.
      if (quote !== '' && written.split(quote).length % 2 === 0) return;
      const at = target.span.end - quote.length;
      report(target.span, 'slash', {
        data: { path: target.value },
        fix: { title: 'add', safety: 'safe', edits: [{ span: { start: at, end: at }, newText: '/' }] },
      });
    },
  }),
});
