import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

const CLUSTER = /^(?:apply|create|replace|delete|rollout|scale|set image)\b/;

const DEPLOYS: Readonly<Record<string, RegExp>> = {
  kubectl: CLUSTER,
  oc: CLUSTER,
  helm: /^(?:install|upgrade|push)\b/,
  docker: /^(?:image )?push\b/,
  podman: /^(?:image )?push\b/,
  git: /^push\b/,
  npm: /^publish\b/,
  yarn: /^(?:npm )?publish\b/,
  pnpm: /^publish\b/,
  cargo: /^publish\b/,
  twine: /^upload\b/,
  poetry: /^publish\b/,
  gem: /^push\b/,
  terraform: /^(?:apply|destroy)\b/,
  gcloud: /^(?:app|run|functions) deploy\b/,
  heroku: /^container:(?:push|release)\b/,
  flyctl: /^deploy\b/,
  fly: /^deploy\b/,
  vercel: /^deploy\b/,
  netlify: /^deploy\b/,
  firebase: /^deploy\b/,
  serverless: /^deploy\b/,
  sls: /^deploy\b/,
  cf: /^push\b/,
  mvn: /^deploy\b/,
  gh: /^release (?:create|upload)\b/,
  prisma: /^migrate deploy\b/,
  npx: /^(?:prisma migrate deploy|vercel deploy|netlify deploy|wrangler deploy|semantic-release)\b/,
  wrangler: /^(?:deploy|publish)\b/,
  eb: /^deploy\b/,
  sam: /^deploy\b/,
  cdk: /^deploy\b/,
  pulumi: /^up\b/,
  'docker-compose': /^(?:push|up)\b/,
};

export default defineRule({
  meta: {
    id: 'no-deploy-in-build',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      deploys: '`{command}` in RUN changes another system while the image is built',
      pipeline: 'Run `{command}` in the pipeline, after the image is built',
    },
    docs: {
      description: 'Do not deploy or publish in RUN',
      rationale:
        'A build should only make an image. The build cache skips the step while nothing above it changes, and a build that is repeated or fails later has deployed all the same. The credentials that the step needs also end up in the build.',
      fixSafety: { manual: 'the step belongs into the pipeline, outside of the Dockerfile.' },
      bad: ['FROM alpine:3.22\nCOPY app.yaml .\nRUN kubectl apply -f app.yaml\n'],
      good: ['FROM alpine:3.22\nCOPY app.yaml .\nCMD ["kubectl", "apply", "-f", "app.yaml"]\n'],
      references: ['https://docs.docker.com/build/cache/invalidation/#run-instructions'],
    },
  },
  visits: { tools: [...Object.keys(DEPLOYS), 'rsync', 'scp', 'aws'] },
  create: ({ report }) => ({
    command(command, on) {
      const [name] = command.words;
      const called = name && on.keyword === 'RUN' ? deployment(command) : undefined;
      if (name && called !== undefined)
        report(name.span, 'deploys', {
          data: { command: called },
          fix: { title: 'pipeline', data: { command: called }, safety: 'manual' },
        });
    },
  }),
});

/** `kubectl apply`; undefined for calls that only read or build. */
function deployment({ name, words }: ShellCommand): string | undefined {
  const operands = words.slice(1).flatMap(({ value }) => (value.startsWith('-') ? [] : [value]));
  if (words.some(({ value }) => /^--(?:dry-run|help)/.test(value))) return undefined;
  // `user@host:/path`, `host:path`, `rsync://host/path`; the last operand is where the files go. `c:` is a drive.
  if (name === 'rsync' || name === 'scp')
    return /^(?:[\w.-]+@[\w.-]+|[\w.-]{2,}):/.test(operands.at(-1) ?? '') ? name : undefined;
  if (name === 'aws')
    return /^s3 (?:cp|sync|mv) (?!s3:).* s3:\/\//.test(`${operands.join(' ')}`) ? 'aws s3' : undefined;
  const call = operands.slice(0, 3).join(' ');
  const found = DEPLOYS[name]?.exec(call)?.[0];
  return found === undefined ? undefined : `${name} ${found}`;
}
