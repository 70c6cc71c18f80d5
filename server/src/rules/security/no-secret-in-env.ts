import type { Instruction, Pair } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

const SECRET_NAME =
  /(?:^|[_-])(?:API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|AUTH|CREDENTIALS?|KEY|PASSWORD|PASSWD|PASSPHRASE|PASS|PWORD|SECRETS?|TOKEN)(?:[_-]|$)/i;
/** `FtpPassword`, and not `ExpireFtpPassword`, which says what happens to one. */
const SECRET_IN_CAMEL_CASE =
  /^(?!(?:Expire|Enable|Disable|Require|Reset|Forgot|Has|Is|Use|Max|Min)[A-Z])(?:[A-Za-z][a-z\d]*)(?:[A-Z][a-z\d]*)*(?:Password|Passwd|Secret|Token|ApiKey)$/;
/** Names that say where a secret lies, or what it is like, and not what it is. */
const HARMLESS_NAME =
  /(?:^|_)(?:PUBLIC|PUB|DUMMY)(?:_|$)|_(?:FILE|FILENAME|PATH|DIR|VERSION|ID|IDS|URL|URI|HOST|NAME|TYPE|LENGTH|SIZE|ALGORITHM|ALG|FINGERPRINT|SHA256|SHA1|MD5|TTL|EXPIRY|EXPIRATION|ENABLED|DISABLED|REQUIRED|METHOD|MODE|SERVER|SERVERS|PROVIDER|HEADER|PREFIX|FIELD|ALIAS|RING)$/i;
/** Switches, placeholders, key fingerprints: nothing to steal. */
const HARMLESS_VALUE =
  /^(?:|true|false|yes|no|on|off|none|null|enabled?|disabled?|optional|required|\d{1,3}|dummy.*|(?:0x)?(?:[0-9a-f]{40}|[0-9a-f]{16}|[0-9a-f]{8})(?:\s+(?:0x)?[0-9a-f]{8,40})*|\/\S*|https?:\/\/\S*)$/i;

export default defineRule({
  meta: {
    id: 'no-secret-in-env',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3064',
      'SecretsUsedInArgOrEnv',
      'DS-0031',
      'DS031',
      'AVD-DS-0031',
      'sonar:S6472',
      'CIS-DI-0010',
      'DF013',
      'DF014',
      'semgrep:secret-in-build-arg',
    ],
    fixable: 'manual',
    messages: {
      secret: '{keyword} {name} leaves a secret in the image',
      explain: 'Use `RUN --mount=type=secret,id={id}` for the build, and give it at start for the run',
    },
    docs: {
      description: 'Keep credentials out of ENV and ARG',
      rationale:
        'The value of an `ENV` is in the configuration of the image and the value of an `ARG` in its history: whoever can pull the image can read both, also when a later step unsets them. A secret mount is there for one step only and leaves nothing behind.',
      fixSafety:
        'Explained only: the build command changes with it (`docker build --secret id=…`), and a value that has been in an image has to be replaced.',
      bad: ['FROM debian:12\nENV API_KEY=abc123\n', 'FROM debian:12\nARG NPM_TOKEN\n'],
      good: [
        'FROM debian:12\nENV API_KEY_FILE=/run/secrets/api_key\n',
        'FROM debian:12\nRUN --mount=type=secret,id=npm_token npm ci\n',
        'FROM debian:12\nENV TOKEN_TTL=3600\n',
      ],
      references: [
        'https://docs.docker.com/build/building/secrets/',
        'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
      ],
    },
  },
  visits: { keywords: ['ENV', 'ARG'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const pair of node.pairs) {
        if (!isSecret(node, pair)) continue;
        report(pair.nameSpan, 'secret', {
          data: { keyword: node.keyword, name: pair.name },
          fix: { title: 'explain', data: { id: pair.name.toLowerCase() }, safety: 'manual' },
        });
      }
    },
  }),
});

function isSecret(node: Instruction, pair: Pair): boolean {
  const isNamed = SECRET_NAME.test(pair.name) || SECRET_IN_CAMEL_CASE.test(pair.name);
  if (!isNamed || (HARMLESS_NAME.test(pair.name) && !/ACCESS_KEY_ID$/i.test(pair.name))) return false;
  if (pair.value === undefined) return true;
  const value = node.expand(pair.valueText ?? '') ?? pair.value;
  return !HARMLESS_VALUE.test(value);
}
