import { neededPrograms } from '../../app/neededPrograms';
import { type Site, siteOfProgram } from '../../app/site';
import { managedStart } from '../../app/start/managedStart';
import type { StartedCommand } from '../../app/start/startedCommands';
import { commandKind } from '../../commands/commandKinds';
import { commandsInside } from '../../commands/shellPrograms';
import { FULL_ONLY } from '../../commands/slimCommands';
import type { ImageReference, Instruction } from '../../dockerfile/model';
import { type JavaRuntime, javaRuntimeOf, TEMURIN_PROGRAMS } from '../../knowledge/javaRuntime';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { wordList } from '../../text/wordList';
import { isJdkProgram, jdkUse } from '../split/jdkUse';
import { installedPackages, usesForeignRepository } from '../split/systemNeeds';
import { type Guard, isGuard, refuse } from '../transform';
import type { RuntimeFor } from './runtime';

/** Java: a jar or classes that another stage built need no compiler. */
export const javaRuntime: RuntimeFor = (site) => {
  const { stage, facts } = site;
  if (stage.base.kind !== 'image' || !stage.base.image.isLiteral) return undefined;
  const runtime = javaRuntimeOf(stage.base.image, facts);
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const isServer = isTomcat(stage.base.image);
  const isStarted = isServer || stage.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (!runtime || !isStarted || runs.some((run) => run.script?.commands.some(({ name }) => isJdkProgram(name))))
    return undefined;
  const starts = managedStart(site);
  if (!starts) return refuse('the script that starts the program cannot be read');
  if (!startsJava(starts, isServer) && !startsDistribution(site, starts))
    return refuse('the container does not start `java`');
  const tool = jdkUse(site, starts);
  if (tool !== undefined) return refuse('`{name}` is called, but no JRE contains it', { name: tool });
  const image = jreImage(site, runtime, {
    commands: runs.flatMap((run) => run.script?.commands.flatMap(commandsInside) ?? []),
    packages: installedPackages(stage.instructions),
  });
  const broken = runs.find((run) => !run.script || run.script.errors.length > 0);
  if (broken) return refuse('a RUN cannot be parsed');
  if (isGuard(image)) return image;
  const isSame = 'isSame' in runtime && runtime.isSame;
  const isHeld = 'isHeld' in runtime && runtime.isHeld;
  return {
    image,
    reason: isSame
      ? phrase('The final stage only runs what was built before, so it needs the JRE but no compiler.')
      : phrase(
          'The final stage only runs what was built before, so it needs a JRE but no compiler. `eclipse-temurin` publishes JRE-only images that are kept up to date.',
        ),
    risk: isHeld
      ? phrase('The old tag follows the newest Java version; this one stays at Java {version} until you change it.', {
          version: `${runtime.version}`,
        })
      : isSame
        ? phrase('The JRE has no JDK tools such as jcmd: a program that calls one fails.')
        : phrase(
            'It is the same OpenJDK from another vendor, on another distribution: test whatever needs fonts, locales or tools of the old image, such as jcmd.',
          ),
  };
};

/** True for images that start Tomcat themselves if the Dockerfile starts nothing. */
export function isTomcat({ name }: ImageReference): boolean {
  return name === 'tomcat';
}

export function startsJava(starts: readonly StartedCommand[], isServer: boolean): boolean {
  return (
    starts.some(({ name }) => name === 'java') ||
    (isServer && (starts.length === 0 || starts.some(({ name }) => /^(?:catalina|startup)\.sh$/.test(name))))
  );
}

/** The start script that Gradle's `installDist` and sbt's `stage` write next to the jars: it only looks for `java`. */
function startsDistribution({ stage }: Site, starts: readonly StartedCommand[]): boolean {
  const folders = stage.instructions.flatMap(({ keyword, flags, args }) =>
    keyword === 'COPY' && flags.some(({ name }) => name === 'from') ? args.slice(0, -1).map(({ value }) => value) : [],
  );
  const [first, ...others] = starts;
  return (
    first !== undefined &&
    others.length === 0 &&
    folders.some((folder) => {
      const [, name] = /(?:^|\/)build\/install\/([\w.-]+)(?:\/|$)/.exec(folder) ?? [];
      return name === undefined ? /\/target\/universal\/stage(?:\/|$)/.test(folder) : name === first.name;
    })
  );
}

/** The commands and packages of the stage that stay in the image with the JRE. */
export interface Staying {
  readonly commands: readonly ShellCommand[];
  /** An entry is undefined if its name is unknown. */
  readonly packages: readonly (string | undefined)[];
}

/** The JRE image that replaces the stage's own; a guard if there is none, or if more of the old image is in use. */
export function jreImage(site: Site, runtime: JavaRuntime, staying: Staying): string | Guard {
  if ('lacks' in runtime) {
    if (runtime.lacks === 'pinned')
      return refuse('the image is pinned to a digest: choose the JRE image and its digest yourself');
    if (runtime.lacks === 'arm')
      return refuse(
        '`eclipse-temurin` has no Alpine image of Java {version} for arm64: choose the JRE image yourself',
        {
          version: `${runtime.version}`,
        },
      );
    return runtime.lacks === 'unknown'
      ? refuse('the image tag does not name a Java version: use a tag that does')
      : refuse('there is no JRE-only image for Java {version}', { version: `${runtime.version}` });
  }
  if (runtime.isSame) return runtime.image;
  return otherSystem(site, staying) ?? runtime.image + (needsJammy(site, staying) ? '-jammy' : '');
}

/** Packages with the same name on Debian, Ubuntu and the JRE images' systems. */
const PORTABLE = wordList`
  bash ca-certificates curl dnsutils dumb-init ffmpeg fontconfig fonts-[a-z-]+ ghostscript gettext-base git gnupg
  gosu graphviz imagemagick iproute2 iputils-ping jq less libfreetype6 libreoffice(?:-[a-z]+)? locales net-tools
  netcat-openbsd netcat-traditional openssl postgresql-client procps python3 rsync sudo supervisor tesseract-ocr(?:-[a-z-]+)?
  tini tzdata unzip vim wget xz-utils zip
`;

/** Users that every system has, and numeric ids. */
const ANY_USER = /^(?:root|nobody|daemon|\d+)(?::|$)/;

/** What the stage needs of the old image's system; undefined if nothing. */
function otherSystem(site: Site, { commands, packages }: Staying): Guard | undefined {
  const { stage, facts } = site;
  const { instructions } = stage;
  if (usesForeignRepository(instructions)) return refuse('packages come from a third-party repository');
  for (const command of commands) {
    const guard = commandGuard(command, site);
    if (guard) return guard;
  }
  for (const { bodyText } of instructions) {
    const [path] =
      /\/usr\/(?:lib\/jvm|local\/openjdk|java|share\/tesseract-ocr\/\d)\b[\w./-]{0,99}|\$\{?JAVA_HOME\}?\/jre\b/.exec(
        bodyText,
      ) ?? [];
    if (path !== undefined) return refuse('{path} exists only in this image', { path });
  }
  const isKnown = (name: string) => (facts.distro === 'alpine' ? !/[=~<>@]/.test(name) : PORTABLE.test(name));
  const foreign = packages.find((name) => name === undefined || !isKnown(name));
  if (packages.includes(undefined)) return refuse('a variable names a package to install');
  if (foreign !== undefined)
    return refuse('{name} is installed, and may have a different name in the distribution of the JRE image', {
      name: foreign,
    });
  return userGuard(instructions, commands) ?? programGuard(site);
}

/** A user that exists only in the old image. */
function userGuard(instructions: readonly Instruction[], commands: readonly ShellCommand[]): Guard | undefined {
  const made = commands
    .filter(({ name }) => /^(?:useradd|adduser)$/.test(name))
    .flatMap(({ words }) => words.slice(1).map(({ value }) => value));
  const user = instructions.findLast(({ keyword }) => keyword === 'USER')?.args[0]?.value ?? 'root';
  return ANY_USER.test(user) || made.includes(user.split(':')[0] ?? '')
    ? undefined
    : refuse('the user {name} exists only in this image', { name: user });
}

function commandGuard(command: ShellCommand, { facts }: Site): Guard | undefined {
  const { name, words } = command;
  if (/^(?:microdnf|dnf|yum|rpm)$/.test(name))
    return refuse('`{name}` installs packages, but the JRE image has a different package manager', { name });
  // On Red Hat systems `adduser` is an alias for `useradd`.
  if (facts.distro === 'rhel' && /^add(?:user|group)$/.test(name) && words.some(({ value }) => value.startsWith('-')))
    return refuse('`{name}` has different options in the JRE image', { name });
  return commandKind(command) === undefined &&
    !/^(?:java|keytool|dpkg-reconfigure|locale-gen|update-ca-certificates)$/.test(name)
    ? refuse('cannot determine what `{name}` needs', { name })
    : undefined;
}

/** A program that ships with the old image but not with the JRE image. */
function programGuard(site: Site): Guard | undefined {
  const { stage, facts } = site;
  if (facts.distro === 'alpine') return undefined;
  const installed = new Set(installedPackages(stage.instructions));
  const lacking = Object.entries(FULL_ONLY).filter(
    ([, name]) => !TEMURIN_PROGRAMS.ubuntu.includes(name) && !installed.has(name) && name !== 'procps',
  );
  const staying = stage.instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK|RUN)$/.test(keyword));
  const [program] = neededPrograms(siteOfProgram(site), staying, new Set(lacking.map(([name]) => name)));
  return program === undefined
    ? undefined
    : refuse('`{name}` is called, but the JRE image does not contain it', { name: program });
}

/** Ubuntu's newer images lack `adduser` and assign the first free id to their own user. */
function needsJammy({ facts }: Site, { commands }: Staying): boolean {
  if (facts.distro === 'alpine') return false;
  return commands.some(
    ({ name, words }) =>
      /^add(?:user|group)$/.test(name) ||
      (/^(?:user|group)add$/.test(name) && words.some(({ value }) => /(?:^|=)1000$/.test(value))),
  );
}
