import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'python-unbuffered',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['DF032'],
    fixable: 'unsafe',
    messages: {
      buffered: 'Python buffers its output: logs come late or are lost in a crash',
      set: 'Set PYTHONUNBUFFERED',
    },
    docs: {
      description: 'Let Python write its output immediately',
      rationale:
        'Without a terminal, Python buffers its output. `docker logs` may show nothing for minutes, and buffered output is lost when the process is killed.',
      fixSafety: { unsafe: 'output arrives in different pieces, and a program with much output becomes slower.' },
      bad: ['FROM python:3.12\nCMD ["python", "app.py"]\n'],
      good: [
        'FROM python:3.12\nENV PYTHONUNBUFFERED=1\nCMD ["python", "app.py"]\n',
        'FROM python:3.12\nCMD ["python", "-u", "app.py"]\n',
      ],
      references: ['https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED'],
    },
  },
  create: ({ dockerfile, report }) => ({
    stage(stage) {
      const start = stage.instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
      const [program, option] = start?.args ?? [];
      if (!stage.isFinal || !start || !program || !/^python[\d.]*$/.test(program.value) || option?.value === '-u')
        return;
      if (start.resolve('PYTHONUNBUFFERED') || dockerfile.text.includes('PYTHONUNBUFFERED')) return;
      const at = stage.from.span.end;
      const lineEnd = lineEndOf(dockerfile);
      report(program.span, 'buffered', {
        fix: {
          title: 'set',
          safety: 'unsafe',
          edits: [{ span: { start: at, end: at }, newText: `${lineEnd}ENV PYTHONUNBUFFERED=1` }],
        },
      });
    },
  }),
});
