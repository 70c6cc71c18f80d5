import { defineRule } from '../../engine/rule';
import { visitSettings } from '../shared/variableSettings';

export default defineRule({
  meta: {
    id: 'no-python-https-verify-off',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['CKV2_DOCKER_5'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`{name}` lets Python accept any certificate',
      remove: 'Remove it',
    },
    docs: {
      description: 'Let Python verify certificates',
      rationale:
        'With `PYTHONHTTPSVERIFY=0`, Python accepts any certificate, so anyone on the network path can substitute content.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: ['FROM debian:12\nENV PYTHONHTTPSVERIFY=0\n', 'FROM debian:12\nRUN PYTHONHTTPSVERIFY=0 make\n'],
      good: ['FROM debian:12\nENV PYTHONHTTPSVERIFY=1\n', 'FROM debian:12\nRUN make\n'],
      references: ['https://peps.python.org/pep-0493/'],
    },
  },
  create: ({ dockerfile, report }) =>
    visitSettings(dockerfile, { names: ['PYTHONHTTPSVERIFY'], value: /^0$/ }, ({ name, span, removal }) =>
      report(span, 'off', {
        data: { name },
        fix: removal && { title: 'remove', safety: 'unsafe', edits: [removal] },
      }),
    ),
});
