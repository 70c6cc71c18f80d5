import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-debug-env',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['sonar:S4507'],
    messages: {
      debug: '`{name}={value}` enables debugging in every container',
    },
    docs: {
      description: 'Do not enable debug mode in the final image',
      rationale:
        'Debug modes show stack traces and settings to every visitor, and some let visitors run code (Flask, Django, Symfony, Rails). Enable them during development only, with `docker run -e`.',
      bad: ['FROM python:3.12-slim\nENV FLASK_DEBUG=1\n'],
      good: ['FROM python:3.12-slim\nENV FLASK_DEBUG=0\n'],
      references: ['https://owasp.org/Top10/A05_2021-Security_Misconfiguration/'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      for (const part of lineage(stage)) {
        for (const node of part.instructions) {
          if (node.keyword !== 'ENV') continue;
          for (const { name, valueText = '', span } of node.pairs) {
            const value = node.expand(valueText);
            if (value !== undefined && isDebug(name, value)) report(span, 'debug', { data: { name, value } });
          }
        }
      }
    },
  }),
});

function isDebug(name: string, value: string): boolean {
  if (/(?:^|_)XDEBUG_MODE$/i.test(name)) return !/^(?:off|)$/i.test(value);
  if (/(?:^|_)DEBUG$/i.test(name)) return /^(?:1|true|yes|on)$/i.test(value);
  // An environment of conda may be called `dev`.
  return (
    /(?:^|_)ENV(?:IRONMENT)?$/i.test(name) &&
    !/^CONDA_/.test(name) &&
    /^(?:dev|devel|develop|development|debug)$/i.test(value)
  );
}
