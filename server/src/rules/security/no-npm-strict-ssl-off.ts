import { removeWord } from '../../dockerfile/edits/removeWord';
import { removeFromChain } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';
import { visitSettings } from '../shared/variableSettings';

export default defineRule({
  meta: {
    id: 'no-npm-strict-ssl-off',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['CKV2_DOCKER_12', 'CKV2_DOCKER_13'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      off: '`{name}` lets npm accept any certificate',
      remove: 'Remove it',
    },
    docs: {
      description: 'Let npm verify certificates',
      rationale:
        'Without `strict-ssl`, npm, yarn and pnpm accept any certificate, so anyone on the network path can substitute packages. Packages run scripts during installation.',
      fixSafety:
        'Unsafe: downloads from a server with an untrusted certificate then fail. Add the certificate instead.',
      bad: [
        'FROM node:22-slim\nRUN npm config set strict-ssl false && npm ci\n',
        'FROM node:22-slim\nENV NPM_CONFIG_STRICT_SSL=false\n',
      ],
      good: ['FROM node:22-slim\nRUN npm ci\n'],
      references: ['https://docs.npmjs.com/cli/using-npm/config#strict-ssl'],
    },
  },
  create: ({ dockerfile, report }) => {
    const tell = (name: string, span: Span, edit: TextEdit | undefined): void =>
      report(span, 'off', { data: { name }, fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] } });
    const settings = visitSettings(
      dockerfile,
      { names: ['npm_config_strict_ssl', 'NPM_CONFIG_STRICT_SSL'], value: /^(?:false|0)$/i },
      ({ name, span, removal }) => tell(name, span, removal),
    );
    return {
      ...settings,
      command(command, on) {
        settings.command?.(command, on);
        if (on.keyword !== 'RUN') return;
        if (!TOOLS.has(command.name)) return;
        const words = command.words.map(({ value }) => value);
        const text = words.join(' ');
        const at = command.words.find(({ value }) => /strict-ssl/.test(value));
        if (!at) return;
        const isOption = /(?:^| )--(?:strict-ssl[= ]false|no-strict-ssl)(?: |$)/i.test(text);
        const isSet = /(?:^| )(?:config )?set (?:-\S+ )*strict-ssl[= ]"?false"?(?: |$)/i.test(text);
        if (isOption && /^--(?:strict-ssl=false|no-strict-ssl)$/i.test(at.value))
          tell(at.value, at.span, removeWord(dockerfile, at.span));
        else if (isOption || isSet)
          tell('strict-ssl', at.span, isSet ? removeFromChain(dockerfile, on, command) : undefined);
      },
    };
  },
});

const TOOLS: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm']);
