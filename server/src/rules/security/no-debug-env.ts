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
        for (const { keyword, pairs } of part.instructions) {
          if (keyword !== 'ENV') continue;
          for (const { name, value = '', span } of pairs)
            if (isDebug(name, value)) report(span, 'debug', { data: { name, value } });
        }
      }
    },
  }),
});

/** Variables of frameworks, and the common names. */
function isDebug(name: string, value: string): boolean {
  if (/^(?:(?:APP|FLASK|DJANGO|RAILS|SYMFONY|WP)_)?DEBUG$/i.test(name)) return /^(?:1|true|yes|on)$/i.test(value);
  return (
    /^(?:(?:APP|DJANGO|FLASK|NODE|RACK|RAILS|SYMFONY)_)?ENV$|^(?:(?:ASPNETCORE|DOTNET)_)?ENVIRONMENT$/.test(name) &&
    /^(?:dev|development|debug)$/i.test(value)
  );
}
