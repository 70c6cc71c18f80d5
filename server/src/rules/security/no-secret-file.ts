import { isInFinalImage } from '../../dockerfile/finalStages';
import { defineRule } from '../../engine/rule';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-secret-file',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      copied: '`{path}` contains secrets and stays in the image',
      mount: 'Use `RUN --mount=type=secret`, and add the file to .dockerignore',
    },
    docs: {
      description: 'Keep files with secrets out of the image',
      rationale:
        'A copied file stays in its layer, even if a later step deletes it. Keys, registry logins and `.env` files belong only in the step that needs them.',
      fixSafety: { manual: 'the build command has to change too.' },
      bad: ['FROM node:22\nCOPY .npmrc ./\nRUN npm ci\n'],
      good: ['FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n'],
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.flags.some(({ name }) => name === 'from') || node.heredocs.length > 0) return;
      if (!isInFinalImage(dockerfile, node)) return;
      for (const { value, span } of node.args.slice(0, -1)) {
        if (SECRET_FILE.test(value))
          report(span, 'copied', { data: { path: value }, fix: { title: 'mount', safety: 'manual' } });
      }
    },
  }),
});

/** Names of files that contain only secrets; `.env.example` and public keys do not. */
const SECRET_FILE = anyOf(
  /(?:^|\/)(?:\.env(?:\.(?:local|prod|production|staging))?|\.netrc|_netrc|\.pypirc|\.git-credentials|\.pgpass)\/?$/,
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.aws\/credentials|\.docker\/config\.json|\.kube\/config|\.npmrc)\/?$/,
  /(?:^|\/)(?:\.vault-token|\.htpasswd|kubeconfig|\.ssh|\.aws|\.gnupg)\/?$/,
  /(?:^|\/)(?:[\w.-]{0,40}[_.-])?(?:private|priv|server|client|ssl|tls|deploy|signing|host)(?:[_.-]?key)?\.(?:key(?:\.pem)?|der)\/?$/,
  /(?:^|\/)(?:[\w.-]{0,40}[_.-])?(?:private|priv|server|client|ssl|tls|deploy|signing|host)[_.-]?key\.pem\/?$/,
  /(?:^|\/)(?:privkey\d*\.pem|[\w.-]{1,60}\.(?:p12|pfx))\/?$/,
);
