import { anyOf } from '../text/pattern';

/** What a file of the build context gives away. */
type SecretFileVerdict = 'secret' | 'likely' | 'none';

interface Kind {
  readonly name: RegExp;
  /** What a file of this kind contains when it holds a secret. */
  readonly text: RegExp;
  /** The verdict on a file whose text is not known. */
  readonly unread: SecretFileVerdict;
}

/** Judges a file by its text if that is known, else by its name. `destination` is where it is copied to. */
export function secretFileVerdict(path: string, destination: string, text: string | undefined): SecretFileVerdict {
  for (const kind of KINDS) {
    if (!kind.name.test(path)) continue;
    if (text !== undefined) return kind.text.test(text) ? 'secret' : 'none';
    if (kind.unread === 'likely' && path.endsWith('.key') && KEY_FOLDER.test(destination)) return 'secret';
    return kind.unread;
  }
  return KEY_TARGET.test(destination) && !PUBLIC.test(path) ? 'secret' : 'none';
}

/** True for a file that is worth reading for a secret. */
export function mayHoldSecret(path: string): boolean {
  return KINDS.some(({ name }) => name.test(path));
}

/** The key of a service account, or AWS credentials, whatever the file is called. */
export function holdsCloudKey(text: string): boolean {
  return /"private_key":|aws_secret_access_key/.test(text);
}

const PUBLIC = /\.pub$|known_hosts|authorized_keys|(?:^|\/)config$|[*?$]|^\.?\/?$|\/$/;
/** `/root/.ssh/id_rsa` */
const KEY_TARGET = /\/\.ssh\/id_(?:rsa|dsa|ecdsa|ed25519)$/;
/** Where servers read their private keys: a `.key` there is one. */
const KEY_FOLDER = /\/(?:private|ssl|tls|pki|nginx|apache2|httpd|haproxy)(?:\/|$)/;

const PRIVATE_KEY = /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY/;
const ANYTHING = /\S/;
/** `https://user:password@host`, not with a variable. */
const URL_LOGIN = /:\/\/[^\s:@/$%{}]{1,100}:[^\s@/$%{}]{1,200}@/;

/** The first kind that has the name decides. */
const KINDS: readonly Kind[] = [
  {
    name: /(?:^|\/)\.npmrc$/,
    text: /(?:_authToken|_auth|_password)\s*=\s*["']?[^\s"'$]/,
    unread: 'secret',
  },
  { name: /(?:^|\/)\.yarnrc\.yml$/, text: /npmAuth(?:Token|Ident):\s*["']?[^\s"'$]/, unread: 'none' },
  { name: /(?:^|\/)(?:pip\.(?:conf|ini)|uv\.toml|\.condarc)$/, text: URL_LOGIN, unread: 'none' },
  { name: /(?:^|\/)nuget\.config$/i, text: /ClearTextPassword"\s+value="[^"%$]/i, unread: 'none' },
  { name: /(?:^|\/)settings(?:-docker)?\.xml$/, text: /<password>[^<${}\s]/, unread: 'none' },
  { name: /(?:^|\/)auth\.json$/, text: /"(?:password|github\.com|gitlab\.com|bearer)":\s*"[^"$]/, unread: 'none' },
  { name: /(?:^|\/)[._]netrc$/, text: /\bpassword\s+[^\s$]/, unread: 'secret' },
  { name: /(?:^|\/)\.dockerconfigjson$|\.docker\/config\.json$/, text: /"auth":\s*"[^"]/, unread: 'secret' },
  {
    name: /(?:^|\/)(?:[\w.-]{0,40}(?:service[_-]?account|gcp|google|firebase|creds|credentials?)[\w.-]{0,40})\.json$/i,
    text: /"private_key":|"client_secret":|"refresh_token":/,
    unread: 'none',
  },
  { name: /(?:^|\/)client_secrets?\.json$/, text: /"client_secret":/, unread: 'secret' },
  {
    name: anyOf(
      /(?:^|\/)\.env(?:\.(?:local|prod|production|staging))?\/?$/,
      /(?:^|\/)(?:\.pypirc|\.git-credentials|\.pgpass|\.vault-token|\.htpasswd|\.my\.cnf|kubeconfig)\/?$/,
      /(?:^|\/)(?:\.aws\/credentials|\.kube\/config|\.ssh|\.aws|\.gnupg|[\w.-]{0,60}\.tfstate)\/?$/,
      /(?:^|\/)(?:[\w.-]{1,60}\.(?:p12|pfx)|(?!trust|ca)[\w.-]{0,40}keystore\.jks)\/?$/,
    ),
    text: ANYTHING,
    unread: 'secret',
  },
  {
    name: /(?:^|\/)(?:[\w-]{0,40}[_-])?id_(?:rsa|dsa|ecdsa|ed25519)\/?$|(?:^|\/)(?:[\w-]{0,40}[_-])?deploy[_-]?key$/,
    text: PRIVATE_KEY,
    unread: 'secret',
  },
  {
    name: anyOf(
      /(?:^|\/)(?:[\w.-]{0,40}[_.-])?(?:private|priv|server|client|ssl|tls|deploy|signing|host)(?:[_.-]?key)?\.(?:key(?:\.pem)?|der)\/?$/,
      /(?:^|\/)(?!pub)(?:[\w.-]{0,40}[_.-])?(?<!pub(?:lic)?[_.-])key\.pem\/?$/,
      /(?:^|\/)privkey\d*\.pem\/?$/,
    ),
    text: PRIVATE_KEY,
    unread: 'secret',
  },
  {
    name: /(?:^|\/)(?![\w.-]{0,60}(?:pub|gpg|pgp|apt|repo|rpm|asc|archive|keyring|release))[\w-]{1,60}\.key$|(?:^|\/)(?:server|client|tls|ssl)\.pem$/i,
    text: PRIVATE_KEY,
    unread: 'likely',
  },
  { name: /\.(?:pem|key|p8|ovpn)$/, text: PRIVATE_KEY, unread: 'none' },
];
