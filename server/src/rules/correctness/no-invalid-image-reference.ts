import { fromFlags } from '../../dockerfile/fromFlags';
import { parseImageReference } from '../../dockerfile/imageReference';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-invalid-image-reference',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['dockerfile-utils:INVALID_REFERENCE_FORMAT', 'dockerfile-utils:BASE_NAME_EMPTY'],
    fixable: 'manual',
    messages: {
      invalid: '`{text}` is not a valid image reference',
      form: 'Write `registry/name:tag`, with the name in lower case',
    },
    advice: { invalid: 'form' },
    docs: {
      description: 'Use valid image references',
      rationale:
        'An image name contains lower-case letters, digits and `.`, `_`, `-`, `/`, optionally followed by `:` and a tag, and by `@` and a digest. Docker rejects anything else.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM Debian:12\n'],
      good: ['FROM debian:12\n'],
      references: ['https://docs.docker.com/reference/cli/docker/image/tag/#description'],
    },
  },
  create: ({ dockerfile: { stages, text }, report }) => ({
    instruction(node) {
      for (const { reference, span } of fromFlags(node, text)) {
        if (
          !/[$<>{}%]/.test(reference) &&
          !/^\d+$/.test(reference) &&
          !parseImageReference(reference, span, true) &&
          !stages.some(({ name }) => name === reference.toLowerCase())
        )
          report(span, 'invalid', { data: { text: reference } });
      }
    },
    stage({ base, from }) {
      const [word] = from.args;
      if (base.kind !== 'unresolved' || !word || word.text.includes('$') || /[<>{}%]/.test(word.text)) return;
      // A stage may have a name that a registry would reject.
      if (!stages.some(({ name }) => name === word.value.toLowerCase()))
        report(word.span, 'invalid', { data: { text: word.text } });
    },
  }),
});
