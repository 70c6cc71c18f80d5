import { startWords } from '../../app/start/startWords';
import { packageCommand } from '../../commands/packageCommand';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { startWithComments } from '../../rules/shared/lines';
import { lineEndOf } from '../../rules/shared/runLayout';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { commandKind } from '../split/commandKinds';
import { MANAGERS } from '../split/nodeManagers';
import { programsOf } from '../split/nodeTools';
import { refuse, type Transform } from '../transform';

const TITLE = phrase('Serve the built files with nginx');
/** Runs as a user of its own, and so cannot listen below 1024. */
const IMAGE = 'nginxinc/nginx-unprivileged:stable';
const ROOT = '/usr/share/nginx/html';

interface Served {
  readonly program: string;
  /** As the command names it. */
  readonly folder: string;
  readonly port: number;
  /** Unknown paths get index.html. */
  readonly isSinglePage: boolean;
}

/** A front end that a server in Node.js serves goes on nginx; what answers is another program then. */
export const staticServer: Transform = {
  id: 'static-server',
  safety: 'unsafe',
  level: 'all',
  propose({ dockerfile, config }) {
    const stage = dockerfile.stages.at(-1);
    const served = stage && servedBy(startWords(stage) ?? []);
    if (!stage || !served || config?.settings.targetStage !== undefined) return undefined;
    const copy = stage.instructions.find((node) => copiesFolder(node, served.folder));
    if (!copy || stage.instructions.some((node) => node !== copy && !isReplaceable(node, served)))
      return { title: TITLE, ...refuse('the served files are not built in another stage') };
    if (served.port < 1024)
      return {
        title: TITLE,
        ...refuse('only root may listen on port {port}: use a port from 1024 on', { port: served.port }),
      };
    return {
      title: phrase('Serve the built files with nginx on port {port}', { port: served.port }),
      reason: phrase(
        'Built files need no Node.js to be served. nginx is smaller and faster at it and has no npm packages to keep up to date, and this nginx image does not run as root.',
      ),
      risk: phrase('Headers, redirects and folder listings are those of nginx.'),
      edits: [...unusedStages(dockerfile, stage), replacement(dockerfile, stage, copy, served)],
    };
  },
};

/** `serve -s dist -l 3000`, `http-server dist -p 8080`, also through npx. */
function servedBy(start: readonly string[]): Served | undefined {
  const words = start[0] === 'npx' ? start.slice(1) : start;
  const program = words[0]?.split('/').pop();
  if (program !== 'serve' && program !== 'http-server') return undefined;
  const option = program === 'serve' ? /^(?:-l|--listen|-p|--port)$/ : /^(?:-p|--port)$/;
  const at = words.findIndex((word) => option.test(word));
  const port = at < 0 ? (program === 'serve' ? '3000' : '8080') : (words[at + 1]?.replace(/^tcp:\/\/[^:]*:/, '') ?? '');
  const rest = words.filter((_, index) => index > 0 && index !== at && index !== at + 1);
  const [folder, ...more] = rest.filter((word) => !word.startsWith('-'));
  const isKnown = rest.every((word) => !word.startsWith('-') || /^(?:-s|--single)$/.test(word));
  if (folder === undefined || more.length > 0 || !isKnown || !/^\d+$/.test(port)) return undefined;
  return {
    program,
    folder: folder.replace(/^\.\/|\/$/g, ''),
    port: Number(port),
    isSinglePage: rest.some((word) => /^(?:-s|--single)$/.test(word)),
  };
}

/** False for what puts something into the image that nginx would have to serve or to know. */
function isReplaceable(node: Instruction, { program, folder }: Served): boolean {
  if (node.keyword === 'COPY') return !`/${node.args.at(-1)?.value.replace(/^\.\//, '')}/`.includes(`/${folder}/`);
  if (node.keyword === 'RUN') return (node.script?.commands ?? []).every((command) => isForServer(command, program));
  return !['ADD', 'HEALTHCHECK', 'ONBUILD', 'VOLUME'].includes(node.keyword);
}

/** Installs the server that goes, or makes the user and the folders that it runs with. */
function isForServer(command: ShellCommand, program: string): boolean {
  if (/^(?:chown|mkdir)$/.test(command.name) || commandKind(command) === 'user') return true;
  const call = packageCommand(command, MANAGERS);
  if (call?.subcommand?.value === 'cache') return true;
  const packages = call?.operands.map(({ value }) => value).filter((word) => word !== 'add') ?? [];
  return packages.length > 0 && packages.every((name) => programsOf(name)?.includes(program));
}

function copiesFolder(node: Instruction, folder: string): boolean {
  const isFrom = node.keyword === 'COPY' && node.flags.some(({ name }) => name === 'from') && node.args.length === 2;
  return isFrom && node.args.every(({ value }) => value === folder || value.replace(/\/$/, '').endsWith(`/${folder}`));
}

function replacement(
  dockerfile: DockerfileModel,
  stage: Stage,
  copy: Instruction,
  { port, isSinglePage }: Served,
): TextEdit {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const image = stage.from.args[0]?.span ?? stage.from.span;
  const [source] = copy.args;
  const flag = copy.flags.find(({ name }) => name === 'from');
  const kept = stage.instructions
    .filter(({ keyword }) => keyword === 'LABEL' || keyword === 'EXPOSE')
    .map(({ span }) => text.slice(span.start, span.end));
  const lines = [
    `${text.slice(stage.from.span.start, image.start)}${IMAGE}${text.slice(image.end, stage.from.span.end)}`,
    `COPY <<'EOF' /etc/nginx/conf.d/default.conf`,
    'server {',
    `    listen ${port};`,
    `    root ${ROOT};`,
    '    location / {',
    `        try_files $uri $uri/ ${isSinglePage ? '/index.html' : '=404'};`,
    '    }',
    '}',
    'EOF',
    `COPY ${flag ? text.slice(flag.span.start, flag.span.end) : ''} ${source?.text ?? ''} ${ROOT}`,
    ...kept,
  ];
  return {
    span: { start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end },
    newText: lines.join(eol),
  };
}

/** Stages that only the replaced instructions took something from. */
function unusedStages({ stages, text }: DockerfileModel, final: Stage): TextEdit[] {
  return stages.flatMap((stage, index) => {
    const next = stages[index + 1];
    const users = stage.usedBy;
    const isUnused =
      next &&
      users.length > 0 &&
      users.every(
        (node) =>
          node.stage === final && node.keyword === 'COPY' && node.args.some(({ value }) => /node_modules/.test(value)),
      );
    if (!isUnused) return [];
    return [
      {
        span: {
          start: startWithComments(text, stage.from.span.start),
          end: startWithComments(text, next.from.span.start),
        },
        newText: '',
      },
    ];
  });
}
