import { absolutePath, copyTarget, workdirAtEnd } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { otherStarts, type PackageStart } from '../../app/start/packageStart';
import { copiedStage } from '../../dockerfile/copiedStage';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import type { TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { nodeKind } from './nodeCommands';
import { isStandalone, outputFolders, type Project } from './nodeOutputs';
import { nextStart } from './nodeStart';

/** Next.js listens on HOSTNAME, which Docker sets to the container's own name. */
export function standaloneStart({ stage }: Pick<Site, 'stage'>, started: PackageStart): string {
  const port = nextStart(started)?.port;
  const hasHost = stage.instructions.some(
    ({ keyword, pairs }) => keyword === 'ENV' && pairs.some(({ name }) => name === 'HOSTNAME'),
  );
  return [
    ...(hasHost ? [] : ['ENV HOSTNAME=0.0.0.0']),
    ...(port === undefined ? [] : [`ENV PORT=${port}`]),
    'CMD ["node", "server.js"]',
  ].join('\n');
}

/** What only `next start` reads: the standalone server has its own. */
const BROUGHT =
  /^(?:node_modules|package(?:-lock|\*)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|next\.config\.(?:[cm]?[jt]s|\*)|tsconfig\.json)$/;
/** Above the project, these make Next.js put the server in a folder below `.next/standalone`. */
const ROOT_MARKS = /^(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?)$/;

/**
 * Makes a final stage that copies the output of the author's own build stage run the standalone server:
 * https://nextjs.org/docs/app/api-reference/config/next-config-js/output (2026-11). Undefined for a stage of another
 * form, and for one that uses the packages itself.
 * @param project with the files of the stages that the final stage copies from
 */
export function standaloneServer(site: Site, project: Project, started: PackageStart): TextEdit[] | undefined {
  const { dockerfile, stage } = site;
  const copies = stage.instructions.flatMap((node) => copyBetween(site, node) ?? []);
  const workdir = workdirAtEnd(stage.instructions);
  const { site: program, folder, json } = project;
  const whole = copies.filter(({ sources, target }) => sources.join() === folder && target === workdir);
  const output =
    copies.find(({ sources, target }) => sources[0] === `${folder}/.next` && target === `${workdir}/.next`) ?? whole[0];
  const starts = stage.instructions.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const [cmd] = starts;
  if (!output || output.sources.length > 1 || starts.length > 1 || cmd?.keyword !== 'CMD') return undefined;
  const isServer = [started, ...otherStarts(program, json.scripts)].every((one) => nextStart(one) !== undefined);
  const builds = lineage(output.from).flatMap(({ instructions }) =>
    instructions.flatMap((node) =>
      (node.script?.commands ?? []).filter((command) => nodeKind(command, json, started) === 'build'),
    ),
  );
  if (!isServer || !isStandalone(project) || outputFolders(project, builds)?.join() !== '.next') return undefined;
  if (isBelowOther(program, folder) || stage.usedBy.length > 0 || stage.instructions.some(usesPackages))
    return undefined;
  const brought = copies.filter(
    (copy) => copy !== output && (whole.includes(copy) || copy.sources.every((path) => BROUGHT.test(baseName(path)))),
  );
  const removed = brought.flatMap(({ node }) => removeInstruction(dockerfile, node) ?? []);
  // Other packages would overwrite those of the server; migrations are applied with a tool of node_modules.
  const kept = copies.filter((copy) => !brought.includes(copy)).flatMap(({ sources }) => sources);
  const isMixed = [...kept, ...(whole.length > 0 ? program.copied.files.keys() : [])].some((path) =>
    /\/(?:node_modules|prisma|drizzle)\b/.test(path),
  );
  if (isMixed || removed.length < brought.length || brought.length + whole.length === 0) return undefined;
  const lineEnd = lineEndOf(dockerfile);
  return [
    ...removed,
    {
      span: output.node.span,
      newText: serverCopies(site, output, whole.length > 0 && hasPublic(project)).join(lineEnd),
    },
    { span: cmd.span, newText: standaloneStart(site, started).replaceAll('\n', lineEnd) },
  ];
}

/** A COPY from another stage. */
interface StageCopy {
  readonly node: Instruction;
  readonly from: Stage;
  /** Absolute paths in that stage. */
  readonly sources: readonly string[];
  readonly target: string;
}

function copyBetween({ dockerfile }: Site, node: Instruction): StageCopy | undefined {
  const from = copiedStage(dockerfile, node);
  if (!from || node.args.length < 2) return undefined;
  const sources = node.args.slice(0, -1).map(({ text, value }) => absolutePath(node.expand(text) ?? value, '/'));
  return { node, from, sources, target: copyTarget(node) };
}

/** `.next/standalone` into the folder of the program, and what it does not include: `.next/static` and `public`. */
function serverCopies({ dockerfile: { text } }: Site, { node }: StageCopy, withPublic: boolean): string[] {
  const [source = '', target = ''] = node.args.map((word) => word.text.replace(/\/$/, ''));
  const flags = node.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
  const isOutput = baseName(source) === '.next';
  const from = isOutput ? source : `${source}/.next`;
  const to = isOutput ? target : `${target}/.next`;
  const into = to.replace(/\.next$/, '');
  return [
    `COPY ${flags}${from}/standalone ${into || './'}`,
    `COPY ${flags}${from}/static ${to}/static`,
    ...(withPublic ? [`COPY ${flags}${from.replace(/\.next$/, 'public')} ${into}public`] : []),
  ];
}

function hasPublic({ site, folder }: Project): boolean {
  return [...site.copied.files.keys()].some((path) => isWithin(path, `${folder}/public`));
}

/** True in a repository of several packages. */
function isBelowOther({ copied }: Site, folder: string): boolean {
  return [...copied.files.keys()].some(
    (path) =>
      ROOT_MARKS.test(baseName(path)) &&
      !isWithin(path, folder) &&
      isWithin(folder, path.slice(0, path.lastIndexOf('/')) || '/'),
  );
}

/** True for a RUN or a health check that may call a program of the packages. */
function usesPackages({ keyword, bodyText }: Instruction): boolean {
  return (
    /^(?:RUN|HEALTHCHECK)$/.test(keyword) && /\b(?:npm|npx|yarn|pnpm|bunx?|prisma|next|node_modules)\b/.test(bodyText)
  );
}
