import { type BuildKitUse, buildKitUse } from '../../app/buildKit';
import { type CacheUse, cacheUses, mountEdits } from '../../app/cacheMounts';
import { effectiveUser } from '../../app/effectiveUser';
import { isRunByNobody } from '../../app/imageUse';
import { keepsRoot, ownershipOf } from '../../app/ownership';
import { createRunSite } from '../../app/runSite';
import { isBerry } from '../../app/yarnBerry';
import { isMounted } from '../../commands/caches';
import { startsInteractiveShell } from '../../commands/interactiveShell';
import { type ToolCall, toolCall } from '../../commands/toolCaches';
import { isInFinalImage } from '../../dockerfile/finalStages';
import { imageStage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { userFor } from '../../rules/shared/switchUser';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { rebuiltRuns } from '../imageSummary';
import { type Guard, refuse, type Transform, type TransformSite } from '../transform';
import { cargoTarget } from './cargoTarget';

/** Keeps from build to build what a RUN would download or compile again after a source file changes. */
export const cacheMounts: Transform = {
  id: 'cache-mounts',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['prefer-cache-mount'],
  propose(site) {
    const mounts = mountsIn(site);
    const edits = [...mounts].flatMap(([run, uses]) => editsFor(site, run, uses));
    if (edits.length === 0) return undefined;
    const title = phrase('Keep the caches of {tools} in cache mounts', { tools: toolsOf([...mounts.values()].flat()) });
    const { isUsed, because } = builderOf(site);
    if (!isUsed) return { title, guard: because };
    return {
      title,
      reason: phrase('{because} A cache mount keeps downloads and compiler output between builds, outside the image.', {
        because,
      }),
      risk: phrase(
        'A builder without BuildKit stops at `--mount`. One with an empty cache fetches and compiles everything again.',
      ),
      edits,
    };
  },
};

function editsFor(site: TransformSite, run: Instruction, uses: readonly CacheUse[]): readonly TextEdit[] {
  const isCargo = uses.some(({ tool }) => tool === 'cargo');
  const built = isCargo && run.stage ? cargoTarget(site, run.stage) : undefined;
  const target = built?.run === run ? built : undefined;
  const edits = mountEdits(
    site.dockerfile,
    run,
    [...foldersOf(uses), ...(target ? [target.folder] : [])],
    site.knowledge,
  );
  return edits ? [...edits, ...(target?.edits ?? [])] : [];
}

/** True if a mount keeps what a RUN would download. */
export function isKeptInMount(site: TransformSite, run: Instruction): boolean {
  return mountsIn(site).has(run) && builderOf(site).isUsed;
}

/** Whether BuildKit builds the file. */
export function builderOf({
  cacheMounts: choice,
  dockerfile,
  buildContext,
  config,
  hasBuildKit,
}: TransformSite): BuildKitUse {
  if (choice === 'always') return { isUsed: true, because: phrase('You chose cache mounts.') };
  return buildKitUse(dockerfile, buildContext, {
    isInstalled: hasBuildKit,
    isNamed: config?.settings.isNamedInBuildFile ?? false,
  });
}

/** Why a step whose syntax only BuildKit knows is left out. */
export function needsBuildKit(syntax: string): Guard {
  return refuse(
    '`{syntax}` needs BuildKit, and nothing here shows that it builds this file: add `# syntax=docker/dockerfile:1` as its first line',
    { syntax },
  );
}

function foldersOf(uses: readonly CacheUse[]): string[] {
  return [...new Set(uses.map(({ cache }) => cache.folder))];
}

function toolsOf(uses: readonly CacheUse[]): string {
  return [...new Set(uses.map(({ tool }) => tool))].join(', ');
}

/** RUNs and the caches to mount for them. */
function mountsIn(site: TransformSite): Map<Instruction, CacheUse[]> {
  const mounts = new Map<Instruction, CacheUse[]>();
  if (site.cacheMounts === 'never' || site.dockerfile.errors.length > 0) return mounts;
  const rebuilt = rebuiltRuns(site.dockerfile.stages);
  const ofUser = firstOfUser(site);
  for (const stage of site.dockerfile.stages)
    for (const use of usesIn(site, stage, rebuilt))
      if (!ofUser || use.run.stage !== ofUser.stage || use.run.span.start < ofUser.span.start)
        mounts.set(use.run, [...(mounts.get(use.run) ?? []), use]);
  return mounts;
}

/** The first RUN that a user other than root will run once USER is set. The cache is then in that user's home. */
function firstOfUser({ dockerfile, knowledge, buildContext, config }: TransformSite): Instruction | undefined {
  const stage = imageStage(dockerfile);
  const user = stage && effectiveUser(stage, knowledge);
  if (!stage || user?.isRoot !== true || user.setBy !== undefined || startsInteractiveShell(stage)) return undefined;
  const site = createRunSite(stage, knowledge, buildContext, config?.settings.services ?? []);
  if (isRunByNobody(site)) return undefined;
  const ownership = ownershipOf(site);
  return keepsRoot(ownership) || !userFor(stage, knowledge, ownership.from) ? undefined : ownership.from;
}

function usesIn(site: TransformSite, stage: Stage, rebuilt: ReadonlySet<Instruction>): CacheUse[] {
  const all = inheritedInstructions(stage)
    .flatMap((run) => cacheUses(run, site.knowledge, (command) => callIn(site, command)))
    .filter(({ tool }) => tool !== 'yarn' || !isBerry(site.dockerfile.text, site.buildContext));
  const folders = new Map<string, CacheUse[]>();
  for (const use of all) folders.set(use.cache.folder, [...(folders.get(use.cache.folder) ?? []), use]);
  return [...folders].flatMap(([folder, uses]) => {
    const own = uses.filter(({ run }) => run.stage === stage && (site.cacheMounts === 'always' || rebuilt.has(run)));
    const isNew = own.filter(({ run }) => !isMounted(run, [folder]));
    const isLost = own[0]?.cache.isStore ? losesStore(site, folder, uses, own) : isTakenAlong(site, folder);
    return isLost || !own.some((use) => gains(site, use)) ? [] : isNew.filter((use) => !isSecondCall(use, uses));
  });
}

/** `composer install` after one without the sources: the packages are there already. */
function isSecondCall(call: CacheUse, uses: readonly CacheUse[]): boolean {
  const installs = ({ tool, command }: CacheUse) =>
    tool === 'composer' && command.words.some(({ value }) => value === 'install');
  return (
    installs(call) &&
    uses.some((use) => use.run.stage === call.run.stage && use.run.span.start < call.run.span.start && installs(use))
  );
}

/** `make` counts as Go if the Makefile builds with Go and does not set its own cache directories. */
function callIn({ buildContext }: TransformSite, command: ShellCommand): ToolCall {
  const makefile = command.name === 'make' ? (buildContext?.read('Makefile') ?? '') : '';
  return /^\t.*\bgo build\b/m.test(makefile) && !/\bGO(?:MOD)?CACHE\b|\bGOPATH\b|\bGOFLAGS\b/.test(makefile)
    ? { tool: 'go', subcommand: 'build' }
    : toolCall(command);
}

/** True if there is something to download or compile, or if the files are unknown. */
function gains({ buildContext }: TransformSite, { tool, cache, command }: CacheUse): boolean {
  // `go build -a` compiles everything again, so a cache does not help.
  if (cache.folder.endsWith('go-build') && command.words.some(({ value }) => value === '-a')) return false;
  if (!buildContext || !cache.isStore) return true;
  if (tool === 'go' && buildContext.files.has('vendor/modules.txt')) return false;
  const list = LISTS[tool];
  const texts = [...buildContext.files.keys()]
    .filter((path) => list?.file.test(path))
    .map((path) => buildContext.read(path) ?? '');
  return texts.length === 0 || texts.some((text) => list?.dependency.test(text));
}

/** Files that list what a tool downloads. */
const LISTS: Readonly<Record<string, { readonly file: RegExp; readonly dependency: RegExp }>> = {
  go: { file: /(?:^|\/)go\.mod$/, dependency: /^[ \t]*require\b/m },
  cargo: { file: /(?:^|\/)Cargo\.lock$/, dependency: /"registry\+/ },
};

/** Options of commands that expect dependencies from an earlier command, or store them elsewhere. */
const OFFLINE = anyOf(
  /^(?:mvnw? (?:-o|--offline|-Dmaven\.repo\.local\b.*)|gradlew? (?:--offline|-g|--gradle-user-home\b.*))$/,
  /^(?:cargo (?:--offline|--frozen)|dotnet --no-restore|go -mod=vendor)$/,
);
/** True if something would no longer find the dependencies: a command without the mount, a container, another stage. */
function losesStore(site: TransformSite, folder: string, uses: readonly CacheUse[], own: readonly CacheUse[]): boolean {
  const { dockerfile, knowledge } = site;
  const isMountable = ({ run }: CacheUse) =>
    isMounted(run, [folder]) || mountEdits(dockerfile, run, [folder], knowledge) !== undefined;
  // Its layer contains the dependencies; third-party tools do not count.
  const isFetched = (use: CacheUse) =>
    !own.includes(use) &&
    !isMounted(use.run, [folder]) &&
    !(/^(?:go|cargo)$/.test(use.tool) && use.command.words[1]?.value === 'install');
  const isOffline = dockerfile.instructions.some(
    ({ script, bodyText }) =>
      /\bGOPROXY[ =]"?off|\bGOFLAGS[ =].{0,200}-mod=vendor|maven\.repo\.local\b/.test(bodyText) ||
      script?.commands.some(({ name, words }) => words.some(({ value }) => OFFLINE.test(`${name} ${value}`))),
  );
  return (
    isOffline ||
    own.some(({ run }) => isInFinalImage(dockerfile, run)) ||
    !own.every(isMountable) ||
    uses.some(isFetched) ||
    isTakenAlong(site, folder) ||
    isNamed(site, folder)
  );
}

/** True if another stage copies the directory, something in it or one of its parents. */
function isTakenAlong({ dockerfile }: TransformSite, folder: string): boolean {
  return dockerfile.instructions.some(
    ({ keyword, flags, args }) =>
      (keyword === 'COPY' || keyword === 'RUN') &&
      (keyword === 'COPY'
        ? flags.some(({ name }) => name === 'from') &&
          args
            .slice(0, -1)
            // A variable of the base image may name the directory: `COPY --from=deps $CARGO_HOME $CARGO_HOME`.
            .some(({ value }) => value.startsWith('$') || isWithin(folder, value) || isWithin(value, folder))
        : flags.some(({ options }) => options.has('from') && isWithin(folder, options.get('source') ?? '/'))),
  );
}

/** True if a command or volume names the directory, with any variable. */
function isNamed({ dockerfile }: TransformSite, folder: string): boolean {
  const parts = folder.split('/');
  const end = parts.at(-1)?.startsWith('.') ? `/${parts.at(-1)}` : parts.slice(-2).join('/');
  return dockerfile.instructions.some(
    ({ keyword, bodyText }) => /^(?:RUN|VOLUME|CMD|ENTRYPOINT)$/.test(keyword) && bodyText.includes(end),
  );
}
