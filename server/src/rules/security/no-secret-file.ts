import { absolutePath, copyTarget, workdirAtEnd } from '../../app/copiedFiles';
import { holdsCloudKey, mayHoldSecret, secretFileVerdict } from '../../app/secretFiles';
import { contextOfBuild } from '../../app/site';
import { isInFinalImage } from '../../dockerfile/finalStages';
import { imageStage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { matchesGlob } from '../../engine/glob';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { baseName, isWithin } from '../../text/paths';

export default defineRule({
  meta: {
    id: 'no-secret-file',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['DS-0031', 'DS031', 'AVD-DS-0031'],
    fixable: 'manual',
    messages: {
      copied: '`{path}` contains secrets and stays in the image',
      likely: '`{path}` may contain a private key, which stays in the image',
      mount: 'Use `RUN --mount=type=secret`, and add the file to .dockerignore',
    },
    docs: {
      description: 'Keep files with secrets out of the image',
      rationale:
        'A copied file stays in its layer, even if a later step deletes it. Keys, registry logins and `.env` files belong only in the step that needs them; `aws configure set`, `gcloud auth activate-service-account` and `az login` write theirs into the home directory. The rule reads the files of the build context: an `.npmrc` without a token is not reported.',
      fixSafety: { manual: 'the build command has to change too.' },
      bad: ['FROM node:22\nCOPY .npmrc ./\nRUN npm ci\n'],
      good: ['FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n'],
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'], tools: ['aws', 'az', 'gcloud'] },
  create: ({ dockerfile, buildContext, report }) => {
    let context: BuildContext | undefined;
    const keys = keyFiles(dockerfile);
    const contextOf = () => {
      context ??= buildContext && contextOfBuild(buildContext);
      return context;
    };
    return {
      command(command, on) {
        const path = on.keyword === 'RUN' && isInFinalImage(dockerfile, on) ? loginFile(command, on) : undefined;
        if (path) report(command.span, 'copied', { data: { path }, fix: { title: 'mount', safety: 'manual' } });
      },
      instruction(node) {
        if (node.flags.some(({ name }) => name === 'from') || node.heredocs.length > 0) return;
        if (!isInFinalImage(dockerfile, node)) return;
        const site = contextOf();
        const destination = node.args.at(-1)?.value ?? '';
        for (const { value, span } of node.args.slice(0, -1)) {
          const text = site?.files.has(pathOf(value)) ? site.read(pathOf(value)) : undefined;
          const key = keys.find((path) => isWithin(path, copyTarget(node)));
          const found = site ? secretIn(site, value, keys) : isWhole(value) ? key : undefined;
          const byName = keys.some((path) => baseName(path) === baseName(value)) && (!text || holdsCloudKey(text));
          const verdict =
            found && !site ? 'likely' : found || byName ? 'secret' : secretFileVerdict(value, destination, text);
          const data = { path: found ?? value };
          if (verdict === 'none') continue;
          report(span, verdict === 'secret' ? 'copied' : 'likely', {
            ...(verdict === 'likely' ? { severity: 'info' as const } : {}),
            data,
            fix: { title: 'mount', safety: 'manual' },
          });
        }
      },
    };
  },
});

/** The file in which a login of a cloud's command line keeps its keys; undefined where the RUN does not leave it behind. */
function loginFile({ words }: ShellCommand, on: Instruction): string | undefined {
  const call = words.map(({ value }) => value).join(' ');
  const login = LOGINS.find((one) => one.call.test(call));
  const isKnown = words.every(
    ({ value, isStatic }) => isStatic || on.resolve(NAME.exec(value)?.[1] ?? '') !== undefined,
  );
  // With a mount, the author knows of the secret; `rm -rf ~/.aws` and `az logout` take it away.
  const isKept = on.flags.every(({ name }) => name !== 'mount') && !login?.end.test(on.bodyText);
  return login && isKnown && isKept ? login.path : undefined;
}

const NAME = /^[^$]*\$\{?(\w+)\}?$/;
const LOGINS = [
  {
    call: /^\S*aws configure (?:--\S+ )*set (?:\S*\.)?aws_(?:access_key_id|secret_access_key|session_token) \S/,
    path: '~/.aws/credentials',
    end: /\brm\b.{0,200}\.aws\b/s,
  },
  {
    call: /^\S*gcloud auth activate-service-account\b/,
    path: '~/.config/gcloud/credentials.db',
    end: /\brm\b.{0,200}\bgcloud\b|\bgcloud auth revoke\b/s,
  },
  { call: /^\S*az login\b/, path: '~/.azure', end: /\brm\b.{0,200}\.azure\b|\baz (?:logout|account clear)\b/s },
];

/** The files that the program is told to read its key from, by their paths in the image. */
function keyFiles(dockerfile: DockerfileModel): string[] {
  const instructions = imageStage(dockerfile)?.instructions ?? [];
  const pairs = instructions.flatMap((node) => (node.keyword === 'ENV' ? node.pairs : []));
  return pairs.flatMap(({ name, value }) =>
    value && !value.includes('$') && /^(?:GOOGLE_APPLICATION_CREDENTIALS|AWS_SHARED_CREDENTIALS_FILE)$/.test(name)
      ? [absolutePath(value, workdirAtEnd(instructions))]
      : [],
  );
}

function isWhole(source: string): boolean {
  return /^\.?\/?$/.test(source);
}

function pathOf(source: string): string {
  return source.replace(/^(?:\.?\/)+/, '').replace(/(?<!\/)\/+$/, '');
}

/** A file with a secret in the folder that COPY takes, or that its pattern matches: the folder of the Dockerfile holds the rest of the project. */
function secretIn({ files, read }: BuildContext, source: string, keys: readonly string[]): string | undefined {
  const folder = pathOf(source);
  if (files.has(folder) || folder.includes('$')) return undefined;
  const prefix = /^\.?$/.test(folder) ? '' : `${folder}/`;
  const isTaken = (path: string) => (/[*?[]/.test(folder) ? matchesGlob(path, `/${folder}`) : path.startsWith(prefix));
  const isKey = (path: string) => keys.some((key) => baseName(key) === baseName(path));
  const candidates = [...files.keys()].filter((path) => isTaken(path) && (isKey(path) || mayHoldSecret(path)));
  return candidates
    .slice(0, MOST_READ)
    .find((path) => holdsSecret(path, read(path)) || (isKey(path) && holdsCloudKey(read(path) ?? '')));
}

/** In a folder, a file is a secret only by its text: `.env` is often an example, and a test has keys of its own. */
function holdsSecret(path: string, text: string | undefined): boolean {
  if (text === undefined || /(?:^|\/)(?:tests?|testdata|fixtures?|examples?|spec|__tests__|docs?)\//.test(path))
    return false;
  return !/(?:^|\/)\.env|\.(?:p12|pfx|jks)$/.test(path) && secretFileVerdict(path, '', text) === 'secret';
}

const MOST_READ = 20;
