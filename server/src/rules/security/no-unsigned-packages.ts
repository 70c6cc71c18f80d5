import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-unsigned-packages',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['CKV2_DOCKER_7', 'CKV2_DOCKER_8', 'CKV2_DOCKER_9', 'CKV2_DOCKER_10', 'CKV2_DOCKER_11', 'CKV2_DOCKER_15'],
    fixable: 'manual',
    messages: {
      unsigned: '`{tool} {option}` installs packages without verifying signatures',
      trusted: '`trusted=yes` installs packages of this repository without verifying signatures',
      sign: 'Remove it, and import the signing key of the repository: `{how}`',
      certificate: 'Remove it, and add the certificate of the server with `update-ca-trust`',
    },
    docs: {
      description: 'Let package managers verify signatures',
      rationale:
        'Signatures prevent a mirror, or anyone on the network path, from substituting packages. Without verification, the build installs whatever it receives.',
      fixSafety: { manual: 'the Dockerfile does not say which key signs the packages.' },
      bad: [
        'FROM alpine:3.20\nRUN apk add --allow-untrusted ./app.apk\n',
        "FROM debian:12\nRUN echo 'deb [trusted=yes] http://example.com/apt ./' > /etc/apt/sources.list.d/app.list\n",
        'FROM fedora:40\nRUN dnf install -y --nogpgcheck app\n',
      ],
      good: ['FROM alpine:3.20\nRUN apk add --no-cache curl\n'],
      references: ['https://wiki.debian.org/SecureApt'],
    },
  },
  create: ({ report }) => ({
    command(command, on) {
      if (on.keyword !== 'RUN') return;
      for (const word of command.words.slice(1))
        if (trustsBlindly(word))
          report(word.span, 'trusted', { fix: { title: 'sign', data: { how: KEY_OF_APT }, safety: 'manual' } });
      const options = OPTIONS.get(command.name);
      if (!options) return;
      for (const word of command.words.slice(1)) {
        if (!options.test(word.value) || command.words.some(isRemoval)) continue;
        report(word.span, 'unsigned', {
          data: { tool: command.name, option: word.value },
          fix: {
            title: /sslverify/i.test(word.value) ? 'certificate' : 'sign',
            data: {
              how: options === APT ? KEY_OF_APT : command.name === 'apk' ? '/etc/apk/keys/' : 'rpm --import URL',
            },
            safety: 'manual',
          },
        });
      }
    },
  }),
});

/** A line of sources.list; packages that the build itself makes (`file:`) have no signature. */
const trustsBlindly = ({ value }: Word): boolean =>
  /^deb \[([^\]]*)\] +https?:/.exec(value)?.[1]?.split(' ').includes('trusted=yes') ?? false;

/** `apt-get purge --force-yes` installs nothing. */
const isRemoval = ({ value }: Word): boolean => /^(?:remove|purge|autoremove|autopurge|del|erase)$/.test(value);

const KEY_OF_APT = '[signed-by=/etc/apt/keyrings/…]';

const APT = /^(?:--allow-unauthenticated|--force-yes|--allow-insecure-repositories)$/;
const YUM = /^(?:--nogpgcheck|--no-gpgchecks?)$|^(?:--setopt=)?(?:.*\.)?sslverify=(?:0|false|no)$/i;

/** Options from the manual page of each tool. */
const OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['apk', /^--allow-untrusted$/],
  ['apt-get', APT],
  ['apt', APT],
  ['yum', YUM],
  ['dnf', YUM],
  ['tdnf', YUM],
  ['microdnf', YUM],
  ['yum-config-manager', YUM],
  ['dnf-config-manager', YUM],
  ['zypper', /^--no-gpg-checks$/],
  ['rpm', /^--(?:nosignature|nodigest|noverify|nofiledigest)$/],
]);
