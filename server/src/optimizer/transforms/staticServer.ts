import { workdirAt } from '../../app/copiedFiles';
import { servicesOf } from '../../app/servicesOf';
import { siteOn, systemFacts } from '../../app/site';
import { startWords } from '../../app/start/startWords';
import { commandKind } from '../../commands/commandKinds';
import { packageCommand } from '../../commands/packageCommand';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { ImageFacts } from '../../knowledge/knowledgeBase';
import { programsOf } from '../../knowledge/nodePrograms';
import { type Phrase, phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { composeSplit, freeStageName } from '../split/compose';
import { NGINX_IMAGE, NGINX_PAGES, nginxLines } from '../split/nginxPages';
import { MANAGERS } from '../split/nodeManagers';
import { builtPages } from '../split/nodePages';
import { sitePages } from '../split/sitePages';
import { isGuard, type Proposal, type Refusal, refuse, type Transform, type TransformSite } from '../transform';
import { contextGuard } from './multiStage';

const TITLE = phrase('Serve the built files with nginx');

interface Served {
  readonly program: string;
  /** As written in the command. */
  readonly folder: string;
  readonly port: number;
  /** Unknown paths are answered with index.html. */
  readonly isSinglePage: boolean;
}

/** Moves a front end from a Node.js server to nginx, so another program answers the requests. */
export const staticServer: Transform = {
  id: 'static-server',
  safety: 'unsafe',
  level: 'all',
  propose(given) {
    const { dockerfile, config } = given;
    const stage = dockerfile.stages.at(-1);
    if (!stage || config?.settings.targetStage !== undefined) return undefined;
    const served = servedBy(startWords(stage) ?? []);
    if (!served) return ofOneStage(given, stage);
    const targets = new Set(config?.settings.services.map(({ target }) => target?.toLowerCase()));
    const copy = stage.instructions.find((node) => copiesFolder(node, served.folder));
    if (!copy || stage.instructions.some((node) => node !== copy && !isReplaceable(node, served)))
      return { title: TITLE, ...refuse('the served files are not built in another stage') };
    return proposal('Node.js', served.port, OTHER_SERVER, [
      ...unusedStages(dockerfile, stage)
        .filter(({ name }) => !targets.has(name))
        .map(({ edit }) => edit),
      replacement(dockerfile, stage, copy, served),
    ]);
  },
};

const OTHER_SERVER = phrase('Headers, redirects and directory listings then come from nginx.');

function proposal(language: string, port: number, risk: Phrase, edits: readonly TextEdit[]): Proposal | Refusal {
  if (port < 1024)
    return { title: TITLE, ...refuse('only root may listen on port {port}: use port 1024 or higher', { port }) };
  return {
    title: phrase('Serve the built files with nginx on port {port}', { port }),
    reason: phrase(
      'Serving built files does not require {language}. nginx is smaller and faster and has none of its packages to keep up to date, and this nginx image does not run as root.',
      { language },
    ),
    risk,
    edits,
    replacesProgram: true,
  };
}

/** Pages whose sources are in the stage that serves them. */
function ofOneStage(
  { dockerfile, knowledge, buildContext, config, comment }: TransformSite,
  stage: Stage,
): Proposal | Refusal | undefined {
  const facts = systemFacts(stage, knowledge);
  const site =
    buildContext &&
    stage.base.kind === 'image' &&
    siteOn(facts ?? UNKNOWN_IMAGE, dockerfile, stage, knowledge, buildContext);
  if (!site || contextGuard(site)) return undefined;
  const pages = (facts && builtPages(site)) ?? sitePages(site);
  if (!pages) return undefined;
  if (isGuard(pages)) return { title: TITLE, ...pages };
  const folder = workdirAt(stage.instructions.at(-1) ?? stage.from);
  const mounts = servicesOf(stage, config?.settings.services ?? []).flatMap((service) => service.mounts);
  if (mounts.some(({ target }) => isWithin(target, folder)))
    return { title: TITLE, ...refuse('the sources in {folder} are mounted from the host', { folder }) };
  const name = freeStageName(dockerfile, 'build');
  return proposal(pages.language, pages.port, pages.isDevelopment ? NO_DEVELOPMENT : OTHER_SERVER, [
    composeSplit(
      dockerfile,
      stage,
      {
        language: pages.language,
        builders: [{ name, comment: pages.comment, lines: pages.lines }],
        runtimeImage: NGINX_IMAGE,
        final: [
          ...nginxLines(pages.port, pages.isSinglePage),
          `COPY --from=${name} ${pages.folder} ${NGINX_PAGES}`,
          ...keptLines(site.dockerfile, stage),
        ],
      },
      comment,
    ),
  ]);
}

/** Of an image of a generator nothing else is known. */
const UNKNOWN_IMAGE: ImageFacts = { isOfficial: false, dropsPrivileges: false, source: '' };

const NO_DEVELOPMENT = phrase(
  'The pages are built once for production: nothing is compiled again while the container runs. Headers, redirects and directory listings then come from nginx.',
);

/** `serve -s dist -l 3000`, `http-server dist -p 8080`, also through npx. */
function servedBy(start: readonly string[]): Served | undefined {
  const words = start[0] === 'npx' ? start.slice(1) : start;
  const program = baseName(words[0] ?? '');
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

/** False if the instruction adds something to the image that nginx would have to serve or know about. */
function isReplaceable(node: Instruction, { program, folder }: Served): boolean {
  if (node.keyword === 'COPY') return !`/${node.args.at(-1)?.value.replace(/^\.\//, '')}/`.includes(`/${folder}/`);
  if (node.keyword === 'RUN') return (node.script?.commands ?? []).every((command) => isForServer(command, program));
  return !['ADD', 'HEALTHCHECK', 'ONBUILD', 'VOLUME'].includes(node.keyword);
}

/** True for commands that install the replaced server, or create the user and directories that it runs with. */
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
  const lines = [
    `${text.slice(stage.from.span.start, image.start)}${NGINX_IMAGE}${text.slice(image.end, stage.from.span.end)}`,
    ...nginxLines(port, isSinglePage),
    `COPY ${flag ? text.slice(flag.span.start, flag.span.end) : ''} ${source?.text ?? ''} ${NGINX_PAGES}`,
    ...keptLines(dockerfile, stage),
  ];
  return {
    span: { start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end },
    newText: lines.join(eol),
  };
}

function keptLines({ text }: DockerfileModel, { instructions }: Stage): string[] {
  return instructions
    .filter(({ keyword }) => keyword === 'LABEL' || keyword === 'EXPOSE')
    .map(({ span }) => text.slice(span.start, span.end));
}

/** Stages that only the replaced instructions copied from. */
function unusedStages(
  { stages, text }: DockerfileModel,
  final: Stage,
): { readonly name: string | undefined; readonly edit: TextEdit }[] {
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
    const start = startWithComments(text, stage.from.span.start);
    const span = { start, end: startWithComments(text, next.from.span.start) };
    return [{ name: stage.name, edit: { span, newText: '' } }];
  });
}
