import { compiledModule } from '../../app/compiledModules';
import { dependenciesOf } from '../../app/dependencies';
import { startsNothing } from '../../app/imageUse';
import { type Site, siteOfProgram } from '../../app/site';
import { startLines } from '../../app/start/startLines';
import { commandKind } from '../../commands/commandKinds';
import { packageCommand } from '../../commands/packageCommand';
import { packageName, SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { gapBetween } from '../../dockerfile/edits/gapBetween';
import { withoutWord } from '../../dockerfile/edits/removeWord';
import { lineEndOf, removeFromChain } from '../../dockerfile/edits/runLayout';
import type { Instruction, Stage } from '../../dockerfile/model';
import { packageNeeds } from '../../knowledge/packageNeeds';
import { libraryRelease } from '../../knowledge/runtimeLibraries';
import { type Phrase, phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { containsSpan } from '../../text/span';
import type { Word } from '../../text/word';
import { siteOfImage } from '../siteOfImage';
import { aptInstall, wantsManuals } from '../split/compose';
import { lackingIn } from '../split/debianPackages';
import { librariesBehind } from '../split/librariesBehind';
import { MANAGERS } from '../split/nodeManagers';
import { smallerImage, writtenImage } from '../split/runtimeImage';
import { installedPackages, type SystemNeeds, systemNeeds, usesForeignRepository } from '../split/systemNeeds';
import { unknownEffect } from '../split/unknownEffect';
import { type Guard, isGuard, refuse, type Transform } from '../transform';
import { contextGuard, FOR_DEVELOPMENT, installGuard } from './multiStage';

const TITLE = phrase('Run on the slim image with only the packages that are used');

/** Moves a final stage that builds nothing to the slim image, without packages that nothing calls. */
export const slimBase: Transform = {
  id: 'slim-base',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['prefer-slim-base'],
  propose(given) {
    const site = siteOfImage(given);
    const image = site && (smallerImage(site) ?? smallerVariable(site));
    if (!site || image === undefined) return undefined;
    const { stage, knowledge } = site;
    if (given.config?.settings.isForDevelopment)
      return installsPackages(stage) ? undefined : { title: TITLE, ...FOR_DEVELOPMENT };
    if (startsNothing(stage, knowledge) && startLines(site).length === 0) return undefined;
    const needs = contextGuard(site) ?? installGuard(site) ?? runGuard(site) ?? needsOf(site);
    // Installs of a language's package manager concern the build stage, whose transform says why there is none.
    if (isGuard(needs))
      return image === writtenImage(site) || installsPackages(stage) ? undefined : { title: TITLE, ...needs };
    const installed = installedPackages(stage.instructions).map((name) => name ?? '');
    const isSmaller = image !== writtenImage(site);
    const unused = needs.left.filter((name) => !needs.packages.includes(name));
    if (!isSmaller && unused.length === 0) return undefined;
    if (isSmaller && wantsManuals(needs.packages))
      return { title: TITLE, ...refuse('a package writes manual pages, but the slim image has no directory for them') };
    const missing = lackingIn(
      site.facts.distro,
      needs.packages.filter((name) => !installed.includes(name)),
    );
    const edits = editsFor(site, image, unused, missing);
    if (!edits)
      return isSmaller ? { title: TITLE, ...refuse('an unused package cannot be removed from its RUN') } : undefined;
    return {
      title: titleOf(image, isSmaller, unused.join(', ')),
      reason: reasonOf(missing.join(', ')),
      risk: phrase('A program whose name is assembled at run time may be missing.'),
      edits,
    };
  },
};

/** `node:${VERSION}`, with a default for the version, becomes `node:${VERSION}-slim`. */
function smallerVariable(site: Site): string | undefined {
  const { facts, stage } = site;
  const written = writtenImage(site);
  const tag = stage.base.kind === 'image' ? stage.base.image.tag : undefined;
  const isVersion = tag !== undefined && /^\d+(?:\.\d+)*$/.test(tag) && /^[\w./-]+:\$(?:\w+|\{\w+\})$/.test(written);
  return isVersion && facts.smaller?.tag === `${tag}-slim` ? `${written}-slim` : undefined;
}

function titleOf(image: string, isSmaller: boolean, unused: string): Phrase {
  if (!isSmaller) return phrase('Remove {packages}, which nothing calls', { packages: unused });
  return unused === ''
    ? phrase('Run on {image}', { image })
    : phrase('Run on {image}, without {packages}', { image, packages: unused });
}

function reasonOf(packages: string): Phrase {
  return packages === ''
    ? phrase(
        'Nothing is compiled in this stage, and neither the start command nor the scripts and sources call anything that the smaller image lacks.',
      )
    : phrase(
        'Nothing is compiled in this stage. The step installs what the program needs and the smaller image lacks: {packages}',
        { packages },
      );
}

const OF_LANGUAGES = /^(?:pip[\d.]*|poetry|pipenv|uv|pdm|bundler?|gem|composer|mix)$/;

function installsPackages({ instructions }: Stage): boolean {
  return instructions.some(({ script }) => script?.commands.some(({ name }) => OF_LANGUAGES.test(name)));
}

/** All instructions except the installation of packages. */
function staying({ stage }: Site): Instruction[] {
  return stage.instructions.filter((node) => !(node.script?.commands ?? []).some((command) => systemInstall(command)));
}

/** Includes what the program needs that other stages have built. */
function needsOf(site: Site): SystemNeeds | Guard {
  const program = siteOfProgram(site);
  const libraries = linkedLibraries(program);
  return isGuard(libraries) ? libraries : systemNeeds(program, staying(site), { libraries });
}

/** The libraries that packages of a language are linked against, where another stage has installed them. */
function linkedLibraries(program: Site): string[] | Guard {
  const { facts, behind = [] } = program;
  const libraries = new Set<string>();
  if (behind.length === 0 || facts.distro === 'alpine') return [];
  for (const { ecosystem, name } of dependenciesOf(program)) {
    const { headers = [], isUnknown, wheels } = packageNeeds(ecosystem, name) ?? {};
    if (wheels) continue;
    if (isUnknown) return refuse('cannot determine which libraries {name} is linked against', { name });
    const found = librariesBehind(headers, libraryRelease(facts));
    if (isGuard(found)) return found;
    for (const library of found) libraries.add(library);
  }
  return [...libraries];
}

/** They install prebuilt packages and run scripts of the project. */
const NODE_MANAGERS = [...MANAGERS, 'npx', 'bunx', 'corepack'];
const RUNTIMES = /^(?:python[\d.]*|node|ruby|php|perl|java|flask|django-admin)$/;

/** Why it is uncertain that the stage builds nothing. */
function runGuard(site: Site): Guard | undefined {
  const { stage } = site;
  if (!site.stage.instructions.some(({ keyword }) => /^(?:COPY|ADD|RUN)$/.test(keyword)))
    return refuse('no sources are copied: the image may be meant for development inside the container');
  if (usesForeignRepository(stage.instructions)) return refuse('packages come from a third-party repository');
  for (const node of stage.instructions) {
    if (node.keyword === 'ONBUILD') return refuse('ONBUILD means that other images are built from this one');
    if (node.keyword !== 'RUN') continue;
    if (!node.script || node.script.errors.length > 0) return refuse('a RUN cannot be parsed');
    for (const command of node.script.commands) {
      if (packageCommand(command, NODE_MANAGERS)) {
        const name = compiledModule(site);
        if (name === undefined) continue;
        return refuse('{name} may need a compiler or libraries to install', { name });
      }
      const compiles = command.words.some(({ value }) => /^(?:setup\.py|build|cffi|cython)$/.test(value));
      const isRun = RUNTIMES.test(command.name) && packageCommand(command, ['pip']) === undefined && !compiles;
      const kind = commandKind(command);
      if (kind !== 'fetch' && (kind !== undefined || isRun)) continue;
      return command.name === ''
        ? unknownEffect(command)
        : refuse('cannot determine what `{name}` needs and leaves behind', { name: command.name });
    }
  }
  return undefined;
}

function editsFor(
  site: Site,
  image: string,
  unused: readonly string[],
  missing: readonly string[],
): TextEdit[] | undefined {
  const { dockerfile, stage } = site;
  const edits: TextEdit[] = [];
  const from = stage.from.args[0]?.span ?? stage.from.span;
  if (image !== writtenImage(site)) edits.push({ span: from, newText: image });
  let lacking = [...missing];
  for (const node of stage.instructions) {
    for (const command of node.keyword === 'RUN' ? (node.script?.commands ?? []) : []) {
      const call = systemInstall(command);
      if (!call) continue;
      const away = call.operands.filter((word) => unused.includes(packageName(word.value)));
      if (away.length === call.operands.length) {
        const [first, ...others] = away;
        if (first && lacking.length > 0) {
          edits.push({ span: first.span, newText: lacking.join(' ') });
          edits.push(...others.map((word) => withoutWord(dockerfile, word.span)));
          lacking = [];
          continue;
        }
        const gone = removeRun(site, node, away.length) ?? removeFromChain(dockerfile, node, command);
        if (!gone) return undefined;
        edits.push(gone);
        // Also remove the update: nothing reads its package lists any more.
        if (!node.script?.commands.some((other) => other !== command && systemInstall(other)))
          edits.push(...updatesIn(site, node, gone));
        continue;
      }
      edits.push(...away.map((word) => withoutWord(dockerfile, word.span)));
      const last = call.operands.filter((word) => !away.includes(word)).at(-1);
      if (lacking.length > 0 && last) {
        const [beforeLast = last, end = last] = call.operands.slice(-2);
        const gap = beforeLast === end ? ' ' : gapBetween(dockerfile.text, beforeLast, end);
        edits.push(insertion(last.span.end, lacking.map((name) => gap + name).join('')));
        lacking = [];
      }
    }
  }
  if (lacking.length > 0) {
    const at = stage.from.span.end;
    edits.push(insertion(at, `${lineEndOf(dockerfile)}${aptInstall(dockerfile, lacking)}`));
  }
  return edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Removes a whole RUN if it installs nothing else and no later one needs its package lists. */
function removeRun({ dockerfile, stage }: Site, node: Instruction, count: number): TextEdit | undefined {
  const commands = node.script?.commands ?? [];
  const installs = commands.flatMap((command) => systemInstall(command)?.operands ?? []);
  const isMore =
    installs.length > count ||
    !commands.every((command) => ['packages', 'shell'].includes(commandKind(command) ?? '') || cleansUp(command));
  const later = stage.instructions.filter((other) => other.span.start > node.span.start);
  if (isMore || later.some((other) => other.script?.commands.some((command) => systemInstall(command))))
    return undefined;
  const start = dockerfile.text.lastIndexOf('\n', node.span.start - 1) + 1;
  const end = dockerfile.text.indexOf('\n', node.span.end) + 1 || dockerfile.text.length;
  return { span: { start, end }, newText: '' };
}

/** True for a command that removes only what the package manager leaves behind. */
function cleansUp({ name, words }: ShellCommand): boolean {
  const isLeft = ({ value }: Word) =>
    /^(?:-\w+|\/var\/(?:lib\/apt\/lists|cache\/(?:apt|apk|dnf|yum))(?:\/.*)?|(?:\/var)?\/tmp\/\*)$/.test(value);
  return name === 'rm' && words.slice(1).every(isLeft);
}

function updatesIn({ dockerfile }: Site, node: Instruction, gone: TextEdit): TextEdit[] {
  return (node.script?.commands ?? []).flatMap((command) => {
    const isUpdate = packageCommand(command, SYSTEM_MANAGERS)?.subcommand?.value === 'update';
    const edit = isUpdate ? removeFromChain(dockerfile, node, command) : undefined;
    return edit && !containsSpan(gone.span, edit.span) ? [edit] : [];
  });
}
