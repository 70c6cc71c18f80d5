import { scriptText } from '../../app/scriptText';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'entrypoint-exec',
    group: 'correctness',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    messages: {
      child: '`{script}` does not end with `exec`: the program receives no signals',
    },
    docs: {
      description: 'End a start script with exec',
      rationale:
        'A script that starts the program and waits for it remains process 1: `docker stop` signals the script, not the program. The rule checks scripts in the Dockerfile and next to it.',
      bad: ['FROM debian:12\nCOPY <<EOF /start.sh\n#!/bin/sh\napp --now\nEOF\nENTRYPOINT ["/start.sh"]\n'],
      good: ['FROM debian:12\nCOPY <<EOF /start.sh\n#!/bin/sh\nexec app --now\nEOF\nENTRYPOINT ["/start.sh"]\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#entrypoint'],
    },
  },
  create: ({ buildContext, dockerfile, report }) => ({
    stage(stage) {
      const start =
        stage.instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT') ??
        stage.instructions.findLast(({ keyword }) => keyword === 'CMD');
      const [program] = start?.form === 'exec' ? start.args : [];
      const script = program?.value.endsWith('.sh')
        ? scriptText(dockerfile, stage, program.value, buildContext)
        : undefined;
      // Skip scripts that use exec, handle child processes themselves, or run under an init.
      if (!program || script === undefined || /\bexec\b|\bwait\b|\btrap\b|tini|dumb-init|supervisord/.test(script))
        return;
      report(program.span, 'child', { data: { script: program.value } });
    },
  }),
});
