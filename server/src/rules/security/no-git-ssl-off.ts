import { defineRule } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';
import { visitSettings } from '../shared/variableSettings';

export default defineRule({
  meta: {
    id: 'no-git-ssl-off',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['CKV2_DOCKER_14'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`{name}` lets git accept any certificate',
      remove: 'Remove it',
    },
    docs: {
      description: 'Let git verify certificates',
      rationale:
        'Without verification, git accepts any certificate, so anyone on the network path can substitute another repository. `GIT_SSL_NO_VERIFY` disables verification as soon as it is set, whatever its value.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: [
        'FROM debian:12\nRUN GIT_SSL_NO_VERIFY=1 git clone https://example.com/a.git\n',
        'FROM debian:12\nRUN git -c http.sslVerify=false clone https://example.com/a.git\n',
      ],
      good: ['FROM debian:12\nRUN git clone https://example.com/a.git\n'],
      references: ['https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify'],
    },
  },
  create: ({ dockerfile, report }) => {
    const tell = (name: string, span: Span, edit: TextEdit | undefined): void =>
      report(span, 'off', { data: { name }, fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] } });
    const settings = visitSettings(
      dockerfile,
      { names: ['GIT_SSL_NO_VERIFY'], value: /\S/ },
      ({ name, span, removal }) => tell(name, span, removal),
    );
    return {
      ...settings,
      command(command, on) {
        settings.command?.(command, on);
        if (on.keyword !== 'RUN') return;
        if (command.name !== 'git') return;
        const at = command.words.find(({ value }) => /^http\.(?:.*\.)?sslverify(?:=|$)/i.test(value));
        const text = command.words.map(({ value }) => value).join(' ');
        if (at && /http\.\S*sslverify[= ](?:false|0|no|off)(?: |$)/i.test(text)) tell(at.value, at.span, undefined);
      },
    };
  },
});
