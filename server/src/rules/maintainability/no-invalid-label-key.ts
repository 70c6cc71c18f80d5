import { inlineComments } from '../../dockerfile/inlineComments';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-invalid-label-key',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3048', 'tally:labels/valid-key'],
    messages: {
      invalid: '`{label}` is not a valid label key',
      reserved: '`{label}` begins with a prefix that is reserved for Docker',
    },
    docs: {
      description: 'Use valid label keys',
      rationale:
        'A key contains lower-case letters, digits, `.`, `-` and `_`, and begins and ends with a letter or digit. `com.docker.`, `io.docker.` and `org.dockerproject.` are reserved for Docker. Some tools ignore other keys.',
      bad: ['FROM debian:12\nLABEL -team="web"\n'],
      good: ['FROM debian:12\nLABEL com.example.team="web"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#label'],
    },
  },
  visits: { keywords: ['LABEL'] },
  create: ({ dockerfile, settings, report }) => ({
    instruction(node) {
      if (inlineComments(dockerfile, node).length > 0) return;
      for (const pair of node.pairs) {
        const { name } = pair;
        if (name === '' || name.includes('$')) continue;
        if (/^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(name))
          report(pair.nameSpan, 'reserved', { data: { label: name } });
        else if (!VALID.test(name) || /[.-]{2}/.test(name) || (settings.dialect === 'hadolint' && /[A-Z]/.test(name)))
          report(pair.nameSpan, 'invalid', { data: { label: name } });
      }
    },
  }),
});

/** Upper-case letters go against Docker's advice, but do no harm. */
const VALID = /^[a-z](?:[a-z0-9._-]*[a-z0-9])?$/i;
