import type { Instruction, Pair } from '../dockerfile/model';
import { anyOf } from '../text/pattern';

/** In upper case. */
const SECRET_NAME = anyOf(
  /(?:^|[_-])(?:API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|AUTH|CREDENTIALS?|KEY|PASSWORD|PASSWD|PASSPHRASE|PASS|PWORD|PSWD?|SECRETS?|TOKEN)(?:[_-]|$)/,
  /(?:^|_)(?:GH|GITHUB|GITLAB|AZURE|AZP|AZDO|ADO|DEVOPS|NUGET)_PAT$/,
  /(?:DB|SQL|ADMIN|ROOT|USER|FTP|MAIL|SMTP)_?PWD$/,
  // The login of a gem server: `BUNDLE_GEMS__EXAMPLE__COM`.
  /^BUNDLE_(?!(?:BUILD|LOCAL|MIRROR|GEM)__)[A-Z\d_]{1,80}__(?:APP|COM|DEV|IO|NET|ORG)$/,
);
/** `MYSQLPASSWORD` */
const SECRET_IN_CAPITALS = /^(?!(?:NO|USE|EMPTY|ALLOW|REQUIRE|RESET))[A-Z\d]{2,30}(?:PASSWORD|PASSWD)$/;
/** `FtpPassword`, but not `ExpireFtpPassword`, which says what happens to a password. */
const SECRET_IN_CAMEL_CASE =
  /^(?!(?:Expire|Enable|Disable|Require|Reset|Forgot|Has|Is|Use|Max|Min)[A-Z])(?:[a-z\d]{1,20}_){0,3}(?:[A-Za-z][a-z\d]*)(?:[A-Z][a-z\d]*)*(?:Password|Passwd|Passphrase|Secret|Token|(?:Api|Secret|Access|Private)Key)$/;
/** Names that give the location or a property of a secret, not its value. */
const HARMLESS_NAME = anyOf(
  /(?:^|_)(?:PUBLIC|PUB|DUMMY)(?:_|$)/,
  /_(?:FILE|FILENAME|PATH|DIR|VERSION|REF|BRANCH|TAG|COMMIT|SHA|REPO|REPOSITORY|SOURCE|IMAGE|PORT|USER|USERNAME)$/,
  /_(?:REALM|DOMAIN|BACKEND|DRIVER|STRATEGY|POLICY|TIMEOUT|RETRIES|LIMIT|COUNT|ID|IDS|URL|URI|HOST|NAME|TYPE)$/,
  /_(?:LENGTH|SIZE|ALGORITHM|ALG|FINGERPRINT|SHA256|SHA1|MD5|TTL|EXPIRY|EXPIRATION|ENABLED|DISABLED|REQUIRED)$/,
  /_(?:METHOD|MODE|SERVER|SERVERS|PROVIDER|HEADER|PREFIX|FIELD|ALIAS|RING)$/,
);
/** Switches, placeholders, key fingerprints: nothing to steal. */
const HARMLESS_VALUE = anyOf(
  /^(?:|true|false|yes|no|on|off|none|null|enabled?|disabled?|optional|required|\d{1,3}|dummy.*)$/i,
  /^(?:(?:0x)?(?:[0-9a-f]{40}|[0-9a-f]{16}|[0-9a-f]{8})(?:\s+(?:0x)?[0-9a-f]{8,40})*|\/\S*|\.{1,2}\/\S*)$/i,
  /^(?:[\w./-]+\.(?:json|pem|p12|pfx|jks|crt|key|txt|ya?ml)|https?:\/\/\S*)$/i,
);

/** True for an ENV or ARG that is named like a secret and may hold one. */
export function isSecret(node: Instruction, pair: Pair): boolean {
  const name = pair.name.toUpperCase();
  const isNamed = SECRET_NAME.test(name) || SECRET_IN_CAPITALS.test(pair.name) || SECRET_IN_CAMEL_CASE.test(pair.name);
  if (!isNamed || (HARMLESS_NAME.test(name) && !name.endsWith('ACCESS_KEY_ID'))) return false;
  // `ARG TOKEN=""` expects --build-arg, like `ARG TOKEN`.
  if (pair.value === undefined || (pair.value === '' && node.keyword === 'ARG')) return true;
  const value = node.expand(pair.valueText ?? '') ?? pair.value;
  return !HARMLESS_VALUE.test(value);
}
