import type { Stage } from '../../dockerfile/model';
import { writtenCommand } from '../../dockerfile/writtenCommand';
import { defineRule } from '../../engine/rule';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-build-in-cmd',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      found: '{keyword} of a build stage never runs: the COPY from it finds nothing built',
      run: 'Write RUN',
    },
    docs: {
      description: 'Build with RUN, not with CMD, in a stage that others copy from',
      rationale:
        'CMD and ENTRYPOINT say what a container starts. No container of a build stage is ever started, so the command never runs, and what the next stage copies is not there.\n\nThe rule reports commands that only build, in a stage without a RUN that does.',
      fixSafety: { unsafe: 'the command runs during the build, which takes longer and can fail.' },
      bad: [
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "run", "build"]\nFROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
      ],
      good: [
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
      ],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  visits: { keywords: ['CMD', 'ENTRYPOINT'] },
  create: ({ settings: { targetStage }, report }) => ({
    instruction(node) {
      const { keyword, stage } = node;
      if (!stage || targetStage !== undefined || !isOnlyCopiedFrom(stage) || !BUILDS.test(writtenCommand(node))) return;
      const isBuilt = stage.instructions.some((other) => other.keyword === 'RUN' && BUILDS.test(writtenCommand(other)));
      if (isBuilt || !stage.instructions.includes(node)) return;
      report(node.keywordSpan, 'found', {
        data: { keyword },
        fix: { title: 'run', safety: 'unsafe', edits: [{ span: node.keywordSpan, newText: 'RUN' }] },
      });
    },
  }),
});

/** Commands that end when something is built. */
const BUILDS = anyOf(
  /\b(?:npm|pnpm|yarn|bun) (?:run )?(?:build|generate)\b|\b(?:vite|next|nuxt|ng|astro|tsc|webpack|gatsby|hexo) build\b/,
  /\b(?:go|cargo|swift|dotnet|mkdocs|jekyll) (?:build|publish)\b|\bmvnw? (?:\S+ ){0,9}(?:package|install|verify)\b/,
  /\bgradlew? (?:\S+ ){0,9}(?:build|assemble|\w*[jJ]ar)\b|\bmake\b(?! ?\w*(?:run|serve|start|dev))|\bmix release\b/,
);

function isOnlyCopiedFrom({ isFinal, usedBy }: Stage): boolean {
  return !isFinal && usedBy.length > 0 && usedBy.every(({ keyword }) => keyword === 'COPY');
}
