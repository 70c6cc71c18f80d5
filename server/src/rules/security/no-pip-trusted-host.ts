import { removeWord } from '../../dockerfile/edits/removeWord';
import { defineRule } from '../../engine/rule';
import { toolOf } from '../../shell/options';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';
import { visitSettings } from '../shared/variableSettings';

export default defineRule({
  meta: {
    id: 'no-pip-trusted-host',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['CKV2_DOCKER_4', 'CKV2_DOCKER_16'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`{name}` lets pip install from a host without verifying its identity',
      remove: 'Remove it',
    },
    docs: {
      description: 'Let pip verify the certificates of its hosts',
      rationale:
        'For a trusted host, pip accepts any certificate and plain HTTP, so anyone on the network path can substitute packages. Packages run code during installation.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: [
        'FROM python:3.12-slim\nRUN pip install --trusted-host pypi.org flask==3.0.3\n',
        'FROM python:3.12-slim\nENV PIP_TRUSTED_HOST=pypi.org\n',
      ],
      good: ['FROM python:3.12-slim\nRUN pip install flask==3.0.3\n'],
      references: ['https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host'],
    },
  },
  create: ({ dockerfile, report }) => {
    const tell = (name: string, span: Span, edit: TextEdit | undefined): void =>
      report(span, 'off', { data: { name }, fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] } });
    const settings = visitSettings(
      dockerfile,
      { names: ['PIP_TRUSTED_HOST'], value: /\S/ },
      ({ name, span, removal }) => tell(name, span, removal),
    );
    return {
      ...settings,
      command(command, on) {
        settings.command?.(command, on);
        if (on.keyword !== 'RUN') return;
        if (toolOf(command).tool !== 'pip') return;
        for (const [index, word] of command.words.entries()) {
          const next = command.words[index + 1];
          if (/^--trusted-host(?:=|$)/.test(word.value)) {
            const end = word.value === '--trusted-host' && next ? next.span.end : word.span.end;
            tell('--trusted-host', word.span, removeWord(dockerfile, { start: word.span.start, end }));
          }
        }
      },
    };
  },
});
