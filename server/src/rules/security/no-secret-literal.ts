import { defineRule } from '../../engine/rule';
import { type Phrase, phrase } from '../../l10n/phrase';

export default defineRule({
  meta: {
    id: 'no-secret-literal',
    group: 'security',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:secrets-in-code'],
    fixable: 'manual',
    messages: {
      secret: 'This looks like {kind}: anyone with the file or the image can read it',
      rotate: 'Revoke the credential; pass a new one with `RUN --mount=type=secret`',
    },
    docs: {
      description: 'Keep keys and tokens out of the file',
      rationale:
        'The format identifies the text as a credential. It is in the image, in the image history and in the repository, so it must be replaced, even if you remove it here.',
      fixSafety: { manual: 'only the owner of the credential can replace it.' },
      bad: ['FROM debian:12\nRUN git clone https://oauth2:glpat-AAAAAAAAAAAAAAAAAAAA@gitlab.com/a/b\n'],
      good: [
        'FROM debian:12\nRUN --mount=type=secret,id=token git clone https://oauth2:$(cat /run/secrets/token)@gitlab.com/a/b\n',
      ],
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    file() {
      for (const [kind, pattern] of KINDS) {
        for (const { 0: match, index } of text.matchAll(pattern)) {
          // Examples from documentation are not secrets.
          if (!/EXAMPLE|xxxx|0{8}/i.test(match))
            report({ start: index, end: index + match.length }, 'secret', {
              data: { kind },
              fix: { title: 'rotate', safety: 'manual' },
            });
        }
      }
    },
  }),
});

/** Formats that the services document: a unique prefix and a length. */
const KINDS: readonly (readonly [kind: Phrase, pattern: RegExp])[] = [
  [phrase('an AWS access key'), /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g],
  [phrase('a GitHub token'), /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})\b/g],
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  [phrase('a GitLab token'), /\bglpat-[\w-]{20,}/g],
  [phrase('an npm token'), /\bnpm_[A-Za-z0-9]{36}\b/g],
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  [phrase('a PyPI token'), /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/g],
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  [phrase('a Slack token'), /\bxox[abposr]-[\dA-Za-z-]{20,}/g],
  [phrase('a Stripe API key'), /\b[sr]k_live_[A-Za-z0-9]{20,}/g],
  [phrase('a Google API key'), /\bAIza[\w-]{35}\b/g],
  [phrase('a SendGrid API key'), /\bSG\.[\w-]{22}\.[\w-]{43}\b/g],
  [phrase('a Docker Hub token'), /\bdckr_pat_[\w-]{27}\b/g],
  [phrase('a private key'), /-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?-----/g],
];
