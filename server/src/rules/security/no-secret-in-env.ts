import { isSecret } from '../../commands/secretNames';
import { finalStage, lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { strayWords } from '../shared/strayWords';

export default defineRule({
  meta: {
    id: 'no-secret-in-env',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
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
      'tally:ruby/prefer-secret-mounts-for-build-credentials',
      'tally:ruby/secrets-in-arg-or-env',
    ],
    fixable: 'manual',
    messages: {
      secret: '{keyword} {name} leaves a secret in the image',
      cached: '{keyword} {name} leaves a secret in the build cache',
      mount: 'Use `RUN --mount=type=secret,id={id}` in the build',
      pass: 'Pass it at run time; for the build, use `RUN --mount=type=secret,id={id}`',
    },
    docs: {
      description: 'Keep credentials out of ENV and ARG',
      rationale:
        'The value of an `ENV` is stored in the image configuration, and the value of an `ARG` in the image history. Anyone who can pull the image can read both, even if a later step unsets them. A secret mount exists for one step only and leaves nothing behind.',
      fixSafety: {
        manual:
          'the build command has to change too (`docker build --secret id=…`), and a value that has been in an image must be replaced.',
      },
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
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const image = finalStage(dockerfile);
      const stray = strayWords(node).map(({ span }) => span.start);
      for (const pair of node.pairs) {
        // `ARG PASSWORD secret` declares a second ARG only by mistake, and `ARG $TOKEN` none.
        if (stray.includes(pair.span.start) || pair.name.startsWith('$') || !isSecret(node, pair)) continue;
        const isCached = node.stage && image && !lineage(image).includes(node.stage);
        report(pair.nameSpan, isCached ? 'cached' : 'secret', {
          data: { keyword: node.keyword, name: pair.name },
          fix: {
            title: node.keyword === 'ENV' && !isCached ? 'pass' : 'mount',
            data: { id: pair.name.toLowerCase() },
            safety: 'manual',
          },
        });
      }
    },
  }),
});
