import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-maintainer',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    tags: ['deprecated'],
    aliases: [
      'DL4000',
      'MaintainerDeprecated',
      'DS-0022',
      'DS022',
      'AVD-DS-0022',
      'CKV_DOCKER_6',
      'DF019',
      'kics:maintainer_instruction_being_used',
      'semgrep:maintainer-is-deprecated',
      'sonar:S6586',
      'dockerfile-utils:DEPRECATED_MAINTAINER',
    ],
    fixable: 'safe',
    messages: {
      deprecated: 'MAINTAINER is deprecated',
      label: 'Write it as LABEL org.opencontainers.image.authors',
    },
    docs: {
      description: 'Name the authors in a LABEL instead of MAINTAINER',
      rationale:
        'MAINTAINER has been deprecated since Docker 1.13. `docker inspect` shows a label like all others, and registries display it.',
      fixSafety: {
        safe: 'only the metadata that names the authors moves.',
        notes: 'There is no automatic fix for a name with variables: LABEL expands them, MAINTAINER does not.',
      },
      bad: ['FROM alpine:3.20\nMAINTAINER Jo Doe <jo@example.com>\n'],
      good: ['FROM alpine:3.20\nLABEL org.opencontainers.image.authors="Jo Doe <jo@example.com>"\n'],
      references: [
        'https://docs.docker.com/reference/build-checks/maintainer-deprecated/',
        'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
      ],
    },
  },
  visits: { keywords: ['MAINTAINER'] },
  create: ({ dockerfile: { text, escape }, report }) => ({
    instruction(node) {
      const span = { start: node.span.start, end: node.body.end };
      const name = unquote(text.slice(node.body.start, node.body.end));
      const isPlain = name !== '' && !/[\r\n$"]/.test(name) && !name.includes(escape);
      const keyword = text.slice(node.keywordSpan.start, node.keywordSpan.end);
      const label = keyword === keyword.toLowerCase() ? 'label' : 'LABEL';
      report(node.keywordSpan, 'deprecated', {
        fix: isPlain
          ? {
              title: 'label',
              safety: 'safe',
              edits: [{ span, newText: `${label} org.opencontainers.image.authors="${name}"` }],
            }
          : { title: 'label', safety: 'manual' },
      });
    },
  }),
});

function unquote(text: string): string {
  return /^"([^"]*)"$/.exec(text)?.[1] ?? /^'([^']*)'$/.exec(text)?.[1] ?? text;
}
