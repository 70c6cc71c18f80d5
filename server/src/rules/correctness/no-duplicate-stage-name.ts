import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-duplicate-stage-name',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3024',
      'DuplicateStageName',
      'DS-0012',
      'DS012',
      'AVD-DS-0012',
      'CKV_DOCKER_11',
      'DF042',
      'kics:same_alias_in_different_froms',
      'semgrep:alias-must-be-unique',
      'dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME',
    ],
    fixable: 'manual',
    messages: {
      duplicate: 'Another stage is already named `{name}`',
      first: 'This one',
      rename: 'Rename this stage and what refers to it, such as `{name}-2`',
    },
    advice: { duplicate: 'rename' },
    docs: {
      description: 'Give every stage a unique name',
      rationale:
        'If two stages have the same name, `--from`, `FROM` and `--target` can mean only one of them, and it is not defined which. Stage names are not case-sensitive.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM alpine:3.20 AS build\nFROM debian:12 AS Build\n'],
      good: ['FROM alpine:3.20 AS build\nFROM debian:12 AS run\n'],
      references: ['https://docs.docker.com/reference/build-checks/duplicate-stage-name/'],
    },
  },
  create: ({ report }) => ({
    file({ stages }) {
      const first = new Map<string, Span>();
      for (const { name, nameSpan } of stages) {
        if (name === undefined || !nameSpan) continue;
        const other = first.get(name);
        if (other) report(nameSpan, 'duplicate', { data: { name }, related: [{ messageId: 'first', span: other }] });
        else first.set(name, nameSpan);
      }
    },
  }),
});
