import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { isBuiltOn } from '../../app/imageUse';
import { createSite, type Site, systemFacts } from '../../app/site';
import { installAtStart } from '../../app/start/installAtStart';
import { startedCommands } from '../../app/start/startedCommands';
import { startKind } from '../../app/start/startKind';
import { programsOfShell } from '../../commands/shellPrograms';
import { imageStage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { parseDockerfile } from '../../dockerfile/parse';
import { environmentsIn } from '../../engine/buildContext';
import { type Phrase, phrase } from '../../l10n/phrase';
import { baseName, isWithin } from '../../text/paths';
import { escapePattern } from '../../text/pattern';
import { composeSplit, FINAL_COMMENT, type Split } from '../split/compose';
import { lackingCopy } from '../split/lackingCopy';
import { isTold, withRegistryVariable } from '../split/runtimeImage';
import { splitters } from '../split/splitters';
import { type OneStage, oneStageOf } from '../split/wholeCopy';
import {
  type Guard,
  isGuard,
  type Proposal,
  type Refusal,
  refuse,
  type Transform,
  type TransformSite,
  type WriteComment,
} from '../transform';

const TITLE = phrase('Build in a separate stage and run on a smaller image');

/** Splits a stage that both builds and runs into a build stage and a smaller final stage. */
export const multiStage: Transform = {
  id: 'multi-stage',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['no-build-tools-in-final', 'no-sdk-in-final', 'prefer-slim-base'],
  propose(given) {
    const one = oneStageOf(given.dockerfile);
    return (one && splitAgain(given, one)) ?? splitFinal(given);
  },
};

/** Splits the last two stages anew, if the author's final image fits; undefined where this is not possible. */
function splitAgain(given: TransformSite, { dockerfile, span, image, title }: OneStage): Proposal | undefined {
  const comment: WriteComment = (text) => (text === FINAL_COMMENT && title.length > 0 ? title : given.comment(text));
  const answer = splitFinal({ ...given, dockerfile, comment });
  if (!answer || isGuard(answer)) return undefined;
  const newText = answer.edits[0]?.newText ?? '';
  const isFitting = image === undefined || image === parseDockerfile(newText).stages.at(-1)?.from.args[0]?.value;
  return isFitting ? { ...answer, edits: [{ span, newText }] } : undefined;
}

function splitFinal(given: TransformSite): Proposal | Refusal | undefined {
  const { dockerfile, buildContext } = given;
  const stage = imageStage(dockerfile);
  if (!stage || dockerfile.errors.length > 0) return undefined;
  const refusal = considered(given, stage);
  if (refusal) return refusal === 'silent' ? undefined : { title: TITLE, ...refusal };
  if (!buildContext) return installsOrBuilds(stage) ? { title: TITLE, ...NO_CONTEXT } : undefined;
  const known = createSite(dockerfile, stage, given.knowledge, buildContext, given.config?.settings.services);
  if (!known) return pagesOf(stage) ?? unknownSite(given, stage);
  const site = { ...known, isNamed: given.isNamed };
  const guard = isTold(site) ? (contextGuard(site) ?? installGuard(site)) : FROM_VARIABLE;
  let refused: Refusal | undefined;
  for (const split of splitters) {
    const found = split(site);
    if (!found) continue;
    if (isGuard(found)) {
      refused ??= { title: TITLE, ...(personGuard(site) ?? (isTold(site) ? found : FROM_VARIABLE)) };
      continue;
    }
    const answer = { ...found, runtimeImage: withRegistryVariable(site, found.runtimeImage) };
    // A stage that nothing is copied from would not be built.
    if (!answer.final.some((line) => line.includes('--from='))) continue;
    if (!followsVariable(site, answer)) return { title: TITLE, ...FROM_VARIABLE };
    const isCompiled = COMPILED.test(answer.language);
    const own =
      (isCompiled ? (serviceGuard(site, answer.final) ?? mountGuard(site)) : undefined) ??
      (guard && isTold(site) && isCompiled ? listGuard(site) : guard);
    return own ? { title: TITLE, ...own } : proposal(given, site, answer);
  }
  if (site.facts.variant !== 'sdk' && startsWhatIsBuilt(site)) return undefined;
  // What other stages have built is the subject of other steps.
  if (refused && isOfOtherStages(stage)) return undefined;
  return refused ?? pagesOf(stage) ?? (keepsCompilers(site) ? { title: TITLE, ...COMPILES_HERE } : undefined);
}

const NO_CONTEXT = refuse('the build context is unknown: open the folder that the image is built from');

const TOOLS =
  /^(?:pip[\d.]*|poetry|pipenv|uv|npm|yarn|pnpm|bun|go|cargo|mvnw?|gradlew?|dotnet|composer|bundle|mix|gcc|g\+\+|make|cmake)$/;

function installsOrBuilds({ instructions }: Stage): boolean {
  return instructions.some(
    ({ keyword, script }) => keyword === 'RUN' && script?.commands.some(({ name }) => TOOLS.test(name)),
  );
}

/** True for a stage that builds nothing itself, and copies from others. */
function isOfOtherStages(stage: Stage): boolean {
  return (
    stage.index > 0 &&
    !installsOrBuilds(stage) &&
    stage.instructions.some(({ flags }) => flags.some(({ name }) => name === 'from'))
  );
}

const GENERATOR = /^(?:hugo|jekyll|mkdocs|zola|eleventy|hexo|pelican|sphinx-build|mdbook)$/;
const SERVES = /^(?:serve|server|s)$/;

/** Why the pages of a site are not made in a stage of their own, where no language is known to make them. */
function pagesOf({ instructions }: Stage): Refusal | undefined {
  const callIn = (node: Instruction | undefined): string[] | undefined => {
    const calls = node?.script?.commands.map(({ words }) => words) ?? [node?.args ?? []];
    return calls
      .map((call) => call.map(({ value }) => baseName(value)))
      .map((call) => call.slice(/^(?:bundle|python[\d.]*)$/.test(call[0] ?? '') ? 2 : call[0] === 'npx' ? 1 : 0))
      .find(([name]) => GENERATOR.test(name ?? ''));
  };
  const [name = '', command = ''] = callIn(instructions.findLast(({ keyword }) => keyword === 'CMD')) ?? [];
  if (SERVES.test(command))
    return {
      title: TITLE,
      ...refuse(
        '`{name}` is a development server: build the pages in a stage of their own, and copy them into the image of a web server',
        { name: `${name} ${command}` },
      ),
    };
  const [maker] = instructions.flatMap((node) => (node.keyword === 'RUN' ? (callIn(node)?.[0] ?? []) : []));
  return maker === undefined
    ? undefined
    : {
        title: TITLE,
        ...refuse('`{name}` makes the pages in this stage: call it in a build stage, and copy the pages from there', {
          name: maker,
        }),
      };
}

const COMPILES_HERE = refuse('a RUN compiles sources: move it into a build stage, and copy what it installs');

/** True if a RUN compiles a program for this image, and no command of it removes the compilers again. */
function keepsCompilers(site: Site): boolean {
  return (
    !isBuiltOn(site) &&
    site.stage.instructions.some(({ keyword, script }) => {
      const commands = keyword === 'RUN' ? (script?.commands ?? []) : [];
      const removes = commands.some(({ words }) => /^(?:del|purge|remove|autoremove)$/.test(words[1]?.value ?? ''));
      return !removes && commands.some(({ name }) => /^(?:make|ninja|cmake|gcc|g\+\+)$/.test(name));
    })
  );
}

/** An interactive container, which rules out the split regardless of other reasons. */
function personGuard(site: Site): Guard | undefined {
  const start = startKind(site);
  return start.kind === 'person'
    ? refuse('`{name}` is meant for interactive use in the container, so any package may be needed', {
        name: start.name,
      })
    : undefined;
}

/** True if the container starts what another stage has built: then this step has nothing to add. */
function startsWhatIsBuilt(site: Site): boolean {
  const places = site.stage.instructions
    .filter(
      ({ keyword, flags }) =>
        keyword === 'COPY' &&
        flags.some(({ name, value }) => name === 'from' && site.dockerfile.stages.some((one) => one.name === value)),
    )
    .map((node) => absolutePath(node.expand(node.args.at(-1)?.text ?? '') ?? '', workdirAt(node)).replace(/\/$/, ''));
  return startedCommands(site).commands.some(({ name, words, lastWorkdir }) => {
    const program = words[0]?.value ?? '';
    const path = program.includes('/') ? absolutePath(program, lastWorkdir) : undefined;
    return places.some((place) =>
      path === undefined
        ? place.endsWith(`/${name}`) || /\/s?bin$/.test(place)
        : path === place || path === `${place}/${name}`,
    );
  });
}

const CONDA = refuse(
  'conda keeps Python and its libraries together; they run only on the image they were installed in',
);

/** Why nothing is known of the image, if the stage installs or builds something. */
function unknownSite({ knowledge }: TransformSite, stage: Stage): Refusal | undefined {
  if (keepsConda(stage)) return { title: TITLE, ...CONDA };
  if (stage.base.kind !== 'image' || systemFacts(stage, knowledge) || !installsOrBuilds(stage)) return undefined;
  const { registry, repository } = stage.base.image;
  const image = [...(registry === undefined ? [] : [registry]), repository].join('/');
  return { title: TITLE, ...refuse('unknown base image `{image}`: its packages are not in our data', { image }) };
}

/** True if the stage calls conda, whose environments only work where they were created. */
function keepsConda({ instructions }: Stage): boolean {
  return instructions.some(({ script }) =>
    script?.commands.some(({ name }) => /^(?:conda|mamba|micromamba)$/.test(name)),
  );
}

const FROM_VARIABLE = refuse('a variable names the base image: write its name in FROM, or give the ARG a default');

/** True if a version that a variable selects also applies to the final stage, or does not matter there. */
function followsVariable({ stage }: Site, { runtimeImage }: Split): boolean {
  if (stage.base.kind !== 'image' || stage.base.image.isLiteral) return true;
  return runtimeImage.includes('$') || /^(?:gcr\.io\/distroless\/|debian:|alpine:|scratch$)/.test(runtimeImage);
}

/** Why the stage is left unchanged. */
function considered({ config }: TransformSite, stage: Stage): Guard | 'silent' | undefined {
  const target = config?.settings.targetStage;
  if (target !== undefined && !installsOrBuilds(stage)) return 'silent';
  if (target !== undefined)
    return refuse('the project builds the stage `{name}`, so the steps for the last stage are left out', {
      name: target,
    });
  if (config?.settings.isForDevelopment) return installsOrBuilds(stage) ? FOR_DEVELOPMENT : 'silent';
  if (stage.base.kind === 'unresolved')
    return refuse('the variable that names the base image has no value: give the ARG a default');
  if (stage.base.kind !== 'image') return 'silent';
  const { shell } = stage.instructions.at(-1) ?? stage.from;
  return shell === 'cmd' || shell === 'powershell' ? refuse('Windows images are not converted') : undefined;
}

export const FOR_DEVELOPMENT = refuse(
  'the name of the file says that people develop in this image, so any tool and package may be needed',
);

/** Languages whose programs read no packages of another language. */
const COMPILED = /^(?:Go|Rust|C|C\+\+|Java|\.NET)$/;

/** Compilers, build tools and tools that restart them after each change. */
const TOOLCHAIN =
  /^(?:air|bazel|CompileDaemon|cargo|cmake|dlv|fresh|g\+\+|gcc|go|gow|gradlew?|javac|make|mvnw?|realize|reflex|rustc|sbt)$/;
/** Programs that every image with a shell, or the runtime image, contains. */
const PRESENT =
  /^(?:\[|(?:ba|da|a)?sh|cat|cd|date|dotnet|echo|env|exec|exit|export|false|java|ls|mkdir|printf|rm|set|sleep|test|true|wait|while|until)$/;

/**
 * A refusal if Compose starts this image with something that only the build stage has; `kept`: the lines of the final
 * stage.
 */
export function serviceGuard({ services, copied, stage }: Site, kept?: readonly string[]): Guard | undefined {
  const starts = services.flatMap((service) => service.starts);
  const text = kept?.join('\n') ?? '';
  const isKept = (name: string) =>
    kept === undefined || new RegExp(`(?:^|[\\s/"])${escapePattern(name)}(?:[\\s"]|$)`, 'm').test(text);
  // With an ENTRYPOINT, `command` only contains arguments for the program.
  const hasEntrypoint = stage.instructions.some(({ keyword }) => keyword === 'ENTRYPOINT');
  const [dotnet] = starts.flatMap((start) => /\bdotnet (?:build|ef|run|test|watch)\b/.exec(start)?.[0] ?? []);
  const programs = starts.flatMap((start) => [...programsOfShell(start)]);
  const name =
    dotnet ??
    programs.find((program) => TOOLCHAIN.test(program)) ??
    programs.find((program) => !hasEntrypoint && !PRESENT.test(program) && !isKept(program));
  if (name !== undefined)
    return refuse(
      'Compose starts `{name}`, which the final image would not contain: build that service from its own stage',
      { name },
    );
  const workdir = workdirAt(stage.instructions.at(-1) ?? stage.from);
  const file = starts
    .flatMap((start) => start.split(/[\s"'=]+/))
    .find(
      (word) =>
        copied.files.has(absolutePath(word, workdir)) && !isKept(word.replace(/^\.?\//, '').split('/')[0] ?? ''),
    );
  return file === undefined
    ? undefined
    : refuse('Compose uses {file}, which the final image would not contain: copy it in a separate COPY', { file });
}

/** What is installed when a container starts may need compilers and libraries that a smaller image lacks. */
export function installGuard(site: Site): Guard | undefined {
  const install = installAtStart(site);
  return (
    install && refuse('{path} calls `{name}` when the container starts: install the packages in a RUN', { ...install })
  );
}

/** A refusal if Compose mounts a folder of the host over the program: people compile it in the container. */
function mountGuard({ services, stage }: Site): Guard | undefined {
  const workdir = workdirAt(stage.instructions.at(-1) ?? stage.from);
  const over = services
    .flatMap(({ mounts }) => mounts)
    .find(({ kind, target }) => kind === 'bind' && workdir !== '/' && isWithin(workdir, target));
  return (
    over &&
    refuse('Compose mounts a folder over {folder}, to build there: build that service from its own stage', {
      folder: over.target,
    })
  );
}

/** Why the files next to the Dockerfile are not enough to decide. */
export function contextGuard(site: Site): Guard | undefined {
  const environments = environmentsIn(site.context);
  const copies = site.context.unlisted.find(
    (folder) => /(?:^|\/)(?:node_modules|venv|\.venv)$/.test(folder) || environments.includes(folder),
  );
  return copies === undefined || tooMany(site) !== undefined
    ? listGuard(site)
    : refuse('{folder} in the build context would be copied into the image: list it in .dockerignore', {
        folder: copies,
      });
}

function tooMany({ context }: Site): string | undefined {
  const environments = environmentsIn(context);
  return context.unlisted.find(
    (folder) =>
      folder === '' ||
      !(
        environments.includes(folder) ||
        /(?:^|\/)(?:\.git|\.hg|\.svn|__pycache__|\.venv|venv|node_modules|target)$/.test(folder)
      ),
  );
}

function listGuard(site: Site): Guard | undefined {
  if (tooMany(site) !== undefined)
    return refuse('the build context has too many files to scan: list unneeded files in .dockerignore');
  return site.copied.isComplete ? undefined : lackingCopy(site);
}

function proposal({ dockerfile, comment }: TransformSite, site: Site, split: Split): Proposal {
  const image = split.runtimeImage;
  return {
    title: phrase('Build the {language} app in a separate stage and run it on {image}', {
      language: split.language,
      image,
    }),
    reason: reasonOf(image, split.start),
    ...(split.risk === undefined ? {} : { risk: split.risk }),
    edits: [composeSplit(dockerfile, site.stage, split, comment)],
  };
}

function reasonOf(image: string, start: string | undefined): Phrase {
  return start === undefined
    ? phrase(
        'What only the build needs stays in the build stage, such as compilers and headers. The final image contains {image} and the program.',
        { image },
      )
    : phrase(
        'What only the build needs stays in the build stage, such as compilers and headers. The final image contains {image} and the program. CMD starts `{start}` directly, so it receives signals.',
        { image, start },
      );
}
