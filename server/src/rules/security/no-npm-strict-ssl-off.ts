import { removeWord } from '../../dockerfile/edits/removeWord';
import { removeFromChain } from '../../dockerfile/edits/runLayout';
import { certificateRule } from '../shared/certificates';

export default certificateRule({
  id: 'no-npm-strict-ssl-off',
  aliases: ['CKV2_DOCKER_12', 'CKV2_DOCKER_13'],
  messages: { off: '`{name}` lets npm accept any certificate', remove: 'Remove it' },
  variables: { names: ['npm_config_strict_ssl', 'NPM_CONFIG_STRICT_SSL'], value: /^(?:false|0)$/i },
  tools: ['npm', 'yarn', 'pnpm'],
  commands: (command, on, dockerfile) => {
    const text = command.words.map(({ value }) => value).join(' ');
    const at = command.words.find(({ value }) => /strict-ssl/.test(value));
    if (!at) return [];
    const { value, span } = at;
    const isOption = /(?:^| )--(?:strict-ssl[= ]false|no-strict-ssl)(?: |$)/i.test(text);
    const isSet = /(?:^| )(?:config )?set (?:-\S+ )*strict-ssl[= ]"?false"?(?: |$)/i.test(text);
    if (isOption && /^--(?:strict-ssl=false|no-strict-ssl)$/i.test(value))
      return [{ name: value, span, removal: removeWord(dockerfile, span) }];
    const removal = isSet ? removeFromChain(dockerfile, on, command) : undefined;
    return isOption || isSet ? [{ name: 'strict-ssl', span, removal }] : [];
  },
  docs: {
    description: 'Let npm verify certificates',
    rationale:
      'Without `strict-ssl`, npm, yarn and pnpm accept any certificate, so anyone on the network path can substitute packages. Packages run scripts during installation.',
    bad: [
      'FROM node:22-slim\nRUN npm config set strict-ssl false && npm ci\n',
      'FROM node:22-slim\nENV NPM_CONFIG_STRICT_SSL=false\n',
    ],
    good: ['FROM node:22-slim\nRUN npm ci\n'],
    references: ['https://docs.npmjs.com/cli/using-npm/config#strict-ssl'],
  },
});
