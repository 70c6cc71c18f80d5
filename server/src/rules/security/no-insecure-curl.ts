import { removeWord } from '../../dockerfile/edits/removeWord';
import { withoutLetter } from '../../dockerfile/edits/withoutLetter';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'no-insecure-curl',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['CKV2_DOCKER_2'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`curl {option}` accepts any certificate',
      remove: 'Remove `{option}`',
    },
    docs: {
      description: 'Let curl verify certificates',
      rationale:
        'With `-k`, curl accepts any certificate, so anyone on the network path can substitute the file that the build then installs.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: ['FROM debian:12\nRUN curl -k https://example.com/a.tgz | tar xz\n'],
      good: ['FROM debian:12\nRUN curl -f https://example.com/a.tgz | tar xz\n'],
      references: ['https://curl.se/docs/manpage.html#-k'],
    },
  },
  visits: { tools: ['curl'] },
  create: ({ dockerfile, report }) => ({
    command(command) {
      for (const { name, word } of readOptions(command).options) {
        if (!(name === '-k' || name === '--insecure' || name === '--proxy-insecure')) continue;
        const edit =
          word.value.startsWith('--') || word.value.length === 2
            ? removeWord(dockerfile, word.span)
            : withoutLetter(word, name);
        report(word.span, 'off', {
          data: { option: name },
          fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
        });
      }
    },
  }),
});
