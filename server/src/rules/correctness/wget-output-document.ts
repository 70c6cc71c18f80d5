import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'wget-output-document',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      url: '`wget` takes `{path}` for another URL',
      name: 'Write `{option} {path}`',
    },
    docs: {
      description: 'Give wget the output file with -O',
      rationale:
        'wget has no operand for the output file: it tries to download each operand, and fails at a path. `-O` names the output file, `-P` a directory.',
      fixSafety: { unsafe: 'the step did not work before, so nobody knows what it does now.' },
      bad: ['FROM alpine:3.22\nRUN wget https://example.com/app.tgz /tmp/app.tgz\n'],
      good: [
        'FROM alpine:3.22\nRUN wget -O /tmp/app.tgz https://example.com/app.tgz\n',
        'FROM alpine:3.22\nRUN wget https://example.com/a.tgz https://example.com/b.tgz\n',
      ],
      references: ['https://www.gnu.org/software/wget/manual/wget.html#Download-Options'],
    },
  },
  visits: { tools: ['wget'] },
  create: ({ report }) => ({
    command(command, on) {
      if (on.keyword !== 'RUN') return;
      const options = readOptions(command);
      const { operands } = options;
      const path = operands.find(({ value }) => /^(?:\.{0,2}|~)\//.test(value));
      if (!path || operands.length !== 2 || !operands.some(({ value }) => /^(?:https?|ftp):\/\//.test(value))) return;
      if (options.has('-O', '--output-document', '-i', '--input-file')) return;
      const option = path.value.endsWith('/') ? '-P' : '-O';
      report(path.span, 'url', {
        data: { path: path.value, option },
        fix: {
          title: 'name',
          safety: 'unsafe',
          edits: [{ span: { start: path.span.start, end: path.span.start }, newText: `${option} ` }],
        },
      });
    },
  }),
});
