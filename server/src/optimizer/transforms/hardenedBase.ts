import { compiledModule } from '../../app/compiledModules';
import { workdirAt } from '../../app/copiedFiles';
import { dependenciesOf } from '../../app/dependencies';
import { programsOfOrchestration } from '../../app/healthChecks';
import { startsPrograms } from '../../app/neededPrograms';
import { readPackageJson } from '../../app/packageJson';
import { type Site, siteOfProgram } from '../../app/site';
import { commandKind } from '../../commands/commandKinds';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import type { Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import { keptWorkdir } from '../keptWorkdir';
import { copiedStages } from '../runtime/copiedStages';
import { staticBuilds } from '../runtime/go';
import { siteOfImage } from '../siteOfImage';
import { needsShell } from '../split/compiled';
import { canDropRoot, writesFiles } from '../split/rootless';
import { installedPackages, systemNeeds } from '../split/systemNeeds';
import { isGuard, type Transform } from '../transform';

/** An image without a shell and a package manager that runs the same programs; each has a user other than root. */
interface Hardened {
  /** `repository:tag` of the image that it replaces. */
  readonly of: RegExp;
  /** `$1` is the version. */
  readonly image: string;
  /** The first words of the start command. */
  readonly start: readonly string[];
  /** The ENTRYPOINT of the image is these words. */
  readonly isEntrypoint?: true;
}

/**
 * Distroless: https://github.com/GoogleContainerTools/distroless (nodejs/README.md, java/README.md), user 65532, Debian
 * 12. .NET: https://github.com/dotnet/dotnet-docker (documentation/ubuntu-chiseled.md), user 1654; `extra` has ICU and
 * time zones (2026-11).
 */
const IMAGES: readonly Hardened[] = [
  {
    of: /^node:(20|22|24)(?:-bookworm)?-slim$/,
    image: 'gcr.io/distroless/nodejs$1-debian12:nonroot',
    start: ['node'],
    isEntrypoint: true,
  },
  {
    of: /^eclipse-temurin:(17|21)-jre(?:-jammy|-noble)?$/,
    image: 'gcr.io/distroless/java$1-debian12:nonroot',
    start: ['java', '-jar'],
    isEntrypoint: true,
  },
  {
    of: /^mcr\.microsoft\.com\/(dotnet\/(?:aspnet|runtime):(?:8|9|10)\.0)(?:-bookworm-slim|-noble)?$/,
    image: 'mcr.microsoft.com/$1-noble-chiseled-extra',
    start: ['dotnet'],
  },
];

/** Images without a runtime, from which a statically linked program needs at most certificates and time zones. */
const SYSTEMS = /^(?:alpine|busybox|debian|ubuntu)(?::[\w.-]+)?$/;
const STATIC = 'gcr.io/distroless/static-debian12:nonroot';
/** Packages that it has, and those that only a dynamically linked program needs. */
const IN_STATIC = /^(?:ca-certificates|tzdata|libc6-compat|gcompat)$/;

/** Runs a program that needs nothing but its runtime on an image that has nothing else. */
export const hardenedBase: Transform = {
  id: 'hardened-base',
  safety: 'unsafe',
  level: 'all',
  answers: ['prefer-hardened-base'],
  propose(given) {
    const site = siteOfImage(given);
    const written = site?.stage.from.args[0];
    if (!site || !written) return undefined;
    const hardened = IMAGES.find(({ of }) => of.test(written.text));
    const isPlain = SYSTEMS.test(written.text);
    const start = hardened ? startEdits(site, hardened) : isPlain ? staticEdits(site) : undefined;
    if (!start || !needsOnlyRuntime(site, isPlain)) return undefined;
    const image = hardened ? written.text.replace(hardened.of, hardened.image) : STATIC;
    return {
      title: phrase('Run on {image}, which has no shell', { image }),
      reason: phrase(
        'The program needs nothing but its runtime. Without a shell and a package manager an intruder finds no tools, and scanners find less to report.',
      ),
      risk: site.stage.instructions.some(startsNpm) ? NO_NPM : NO_SHELL,
      edits: [
        { span: written.span, newText: image },
        ...keptWorkdir(site.stage, image).map((line) =>
          insertion(site.stage.from.span.end, `${lineEndOf(given.dockerfile)}${line}`),
        ),
        ...start,
        ...ownedCaches(site.stage),
      ],
    };
  },
};

const NO_SHELL = phrase(
  'You cannot open a shell in the container or install packages, and only the start command of the file is known to work.',
);
const NO_NPM = phrase(
  'You cannot open a shell in the container or install packages, and only the start command of the file is known to work. If the program does not handle SIGTERM, it is killed ten seconds after `docker stop`.',
);

function startsNpm({ keyword, form, args }: Instruction): boolean {
  return keyword === 'CMD' && form === 'exec' && args[0]?.value === 'npm';
}

/** True if nothing calls for a shell, a package, another user or a file that the user would have to own. */
function needsOnlyRuntime(site: Site, isPlain: boolean): boolean {
  const { stage, services, project } = site;
  const program = siteOfProgram(site);
  const isOfSystem = (node: Instruction) =>
    (/^(?:RUN|USER|VOLUME|HEALTHCHECK|ONBUILD|SHELL)$/.test(node.keyword) && !(isPlain && isInStatic(node))) ||
    node.flags.some(({ name }) => name === 'chown');
  if (stage.instructions.some(isOfSystem)) return false;
  if (services.some(({ starts }) => starts.length > 0) || programsOfOrchestration(project).size > 0) return false;
  if (needsShell(site, undefined) || startsPrograms(program) || writesFiles(site) || !canDropRoot(site)) return false;
  // Modules that are compiled on a newer Debian, and Prisma, which looks for the system's OpenSSL.
  if (compiledModule(program) !== undefined || dependenciesOf(program).some(({ name }) => /prisma/.test(name)))
    return false;
  const needs = systemNeeds(program, stage.instructions, { startsOwnProgram: true });
  return !isGuard(needs) && needs.packages.every((name) => isPlain && IN_STATIC.test(name));
}

/** A RUN that only installs what the image for static programs has. */
function isInStatic(node: Instruction): boolean {
  if (node.keyword !== 'RUN') return false;
  const packages = installedPackages([node]);
  const kinds = node.script?.commands.map(commandKind) ?? [];
  return (
    packages.length > 0 &&
    packages.every((name) => IN_STATIC.test(name ?? '')) &&
    kinds.every((kind) => kind === 'packages' || kind === 'cleanup')
  );
}

/** What the program that another stage has linked statically needs no more; undefined for another program. */
function staticEdits(site: Site): TextEdit[] | undefined {
  const { dockerfile, stage } = site;
  const builders = copiedStages(stage, dockerfile.stages);
  const edits = builders && builders.length > 0 ? staticBuilds(builders, siteOfProgram(site)) : undefined;
  const starts = stage.instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword));
  if (!edits || starts.length === 0 || starts.some(({ form }) => form !== 'exec')) return undefined;
  const removed = stage.instructions.filter(isInStatic).map((node) => removeInstruction(dockerfile, node));
  return removed.includes(undefined) ? undefined : [...edits, ...removed.flatMap((edit) => edit ?? [])];
}

/** The start command as the image needs it; undefined unless one exec form starts the program. */
function startEdits(site: Site, { start: words, isEntrypoint }: Hardened): TextEdit[] | undefined {
  const [start, ...others] = site.stage.instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword));
  const [first, last] = [start?.args[0], start?.args.at(-1)];
  if (!start || !first || !last || others.length > 0 || start.form !== 'exec') return undefined;
  const started = scriptOfNpm(site, start) ?? start.args.map(({ value }) => value);
  const left = started.slice(words.length);
  if (left.length === 0 || !words.every((word, at) => started[at] === word)) return undefined;
  if (!isEntrypoint) return [];
  // An ENTRYPOINT of the file would have to name the program's place in the image, which versions may change.
  return start.keyword === 'CMD'
    ? [
        {
          span: { start: first.span.start, end: last.span.end },
          newText: left.map((word) => JSON.stringify(word)).join(', '),
        },
      ]
    : undefined;
}

/** The words of the script that `npm start` or `npm run x` starts, where they are plain and nothing else runs. */
function scriptOfNpm(site: Site, start: Instruction): string[] | undefined {
  const [, ...words] = start.args.map(({ value }) => value);
  const name = words[0] === 'run' ? words[1] : words[0];
  if (!startsNpm(start) || name === undefined || words.at(-1) !== name) return undefined;
  const scripts = readPackageJson(site, workdirAt(start))?.scripts ?? {};
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  const isAlone = !Object.hasOwn(scripts, `pre${name}`) && !Object.hasOwn(scripts, `post${name}`);
  return text !== undefined && isAlone && /^[\w./:=@%+,\- ]+$/.test(text) ? text.trim().split(/ +/) : undefined;
}

/** Next.js keeps rendered pages and images in `.next/cache`. */
function ownedCaches({ instructions }: Stage): TextEdit[] {
  return instructions
    .filter(({ keyword, args }) => keyword === 'COPY' && args.some(({ value }) => /(?:^|\/)\.next(?:\/|$)/.test(value)))
    .map(({ keywordSpan }) => insertion(keywordSpan.end, ' --chown=nonroot:nonroot'));
}
