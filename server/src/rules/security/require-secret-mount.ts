import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-secret-mount',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:require-secret-mounts'],
    messages: {
      variable: '`{name}` reaches `{tool}` in a variable instead of a secret mount',
    },
    docs: {
      description: 'Pass credentials to package managers in a secret mount',
      rationale:
        'Package managers read their login from a file. Mounted as a secret, the file exists only for that step. Off by default, because most builds need no login.',
      bad: ['FROM node:22\nARG NPM_TOKEN\nRUN echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc && npm ci\n'],
      good: ['FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n'],
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (node.flags.some(({ options }) => options.get('type') === 'secret')) return;
      const tool = node.script?.commands.find(({ name }) =>
        /^(?:npm|yarn|pnpm|pip\d?|bundle|composer|mvn|gradle|cargo|go|dotnet|nuget|twine)$/.test(name),
      );
      const source = text.slice(node.span.start, node.span.end);
      const match = /\$\{?(\w*(?:TOKEN|PASSWORD|_KEY|SECRET)\w*)/i.exec(source);
      if (!tool || !match) return;
      const start = node.span.start + match.index;
      report({ start, end: start + match[0].length }, 'variable', { data: { name: match[1] ?? '', tool: tool.name } });
    },
  }),
});
