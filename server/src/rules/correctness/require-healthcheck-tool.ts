import { baseFacts } from '../../app/effectiveUser';
import { lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ImageFacts } from '../../knowledge/knowledgeBase';

export default defineRule({
  meta: {
    id: 'require-healthcheck-tool',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      missing: '`{name}` is not in `{image}`: every check fails, the container is unhealthy',
      install: 'Install `{name}`, or check with a program of the image',
    },
    advice: { missing: 'install' },
    docs: {
      description: 'Use a program in HEALTHCHECK that the image contains',
      rationale:
        'Slim images have neither curl nor wget, and Alpine has no curl. A check that cannot start fails, and an orchestrator restarts a container that works.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM python:3.12-slim\nHEALTHCHECK CMD curl -f http://localhost:8000/\n'],
      good: [
        'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\nHEALTHCHECK CMD curl -f http://localhost:8000/\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
    },
  },
  visits: { keywords: ['HEALTHCHECK'] },
  create: ({ knowledge, dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!node.stage) return;
      const program = node.form === 'exec' ? node.args[0] : node.script?.commands[0]?.words[0];
      const name = program?.value ?? '';
      const base = lineage(node.stage)[0]?.base;
      if (
        !program ||
        base?.kind !== 'image' ||
        !isMissing(name, baseFacts(node.stage, knowledge), base.image.repository)
      )
        return;
      // If the file installs or copies the tool, it names it elsewhere. Testing the text in two parts avoids copying
      // it.
      const named = new RegExp(`\\b(?:${name}|busybox)\\b`);
      if (
        named.test(text.slice(0, node.span.start)) ||
        named.test(text.slice(node.span.end)) ||
        /\.sh\b|requirements|ansible/.test(runsOf(node.stage, text))
      )
        return;
      report(program.span, 'missing', { data: { name, image: base.image.repository } });
    },
  }),
});

/** As far as known for official images: slim images and plain distributions have neither; Alpine has BusyBox's wget. */
function isMissing(name: string, facts: ImageFacts | undefined, repository: string): boolean {
  if (facts?.distro === 'alpine') return name === 'curl' && /^(?:alpine|python|node|golang|ruby)$/.test(repository);
  if (name !== 'curl' && name !== 'wget') return false;
  return (
    (facts?.variant === 'slim' && /^(?:python|node|ruby)$/.test(repository)) || /^(?:debian|ubuntu)$/.test(repository)
  );
}

function runsOf(stage: Stage, text: string): string {
  const runs = lineage(stage).flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'RUN'));
  return runs
    .map(({ span }) => text.slice(span.start, span.end))
    .join('\n')
    .replace(/-r\s+\S+/g, '');
}
