import { removeWord } from '../../dockerfile/edits/removeWord';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'no-insecure-wget',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['CKV2_DOCKER_3'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`wget {option}` accepts any certificate',
      remove: 'Remove `{option}`',
    },
    docs: {
      description: 'Let wget verify certificates',
      rationale:
        'With `--no-check-certificate`, wget accepts any certificate, so anyone on the network path can substitute the file that the build then installs.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: ['FROM debian:12\nRUN wget --no-check-certificate https://example.com/a.tgz\n'],
      good: ['FROM debian:12\nRUN wget https://example.com/a.tgz\n'],
      references: ['https://www.gnu.org/software/wget/manual/wget.html#HTTPS-_0028SSL_002fTLS_0029-Options'],
    },
  },
  visits: { tools: ['wget'] },
  create: ({ dockerfile, report }) => ({
    command(command) {
      for (const { name, word } of readOptions(command).options) {
        if (name !== '--no-check-certificate') continue;
        const edit = removeWord(dockerfile, word.span);
        report(word.span, 'off', {
          data: { option: name },
          fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
        });
      }
    },
  }),
});
