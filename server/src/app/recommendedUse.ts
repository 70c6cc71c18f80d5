import { programsOfCommand } from '../commands/shellPrograms';
import { FULL_ONLY } from '../commands/slimCommands';
import { packageName, systemInstall } from '../commands/systemPackages';
import { laterInstructions } from '../dockerfile/finalStages';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { hasBuildpackDeps, hasCompilers } from '../knowledge/buildpackDeps';
import { hasCertificates } from '../knowledge/certificates';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { commandsOf, recommendedWith } from '../knowledge/recommendedPackages';
import type { ShellCommand } from '../shell/script';
import { anyOf } from '../text/pattern';
import { wordList } from '../text/wordList';
import { neededPrograms } from './neededPrograms';
import { createSite } from './site';

/**
 * Metapackages and programs that call the programs they recommend: people install them for these (Debian's index of
 * bookworm, 2026-11).
 */
const BUNDLES = anyOf(
  /^(?:r-base|texlive|latexmk|libreoffice|chromium|firefox|ansible$|wine|xfce4|lxde|lxqt|mate-|gnome|kde-)/,
  /^(?:kubuntu|ubuntu-|xubuntu|lubuntu|task-|cinnamon|plasma|xorg|octave|gimp|inkscape|sagemath|blender|qgis)/,
  /^(?:openbox|tigervnc|x11vnc|software-properties|docker-ce|mailutils$|bsd-mailx$|mutt$|binwalk$|imagemagick|yt-dlp$|youtube-dl$)/,
);
/** These compile packages that have no prebuilt form. */
const COMPILES = wordList`
  cmake make ninja meson configure pip[\d.]* pipx pipenv poetry gem bundle npm yarn pnpm node-gyp cargo go R
  Rscript cpan cpanm luarocks stack cabal dpkg-buildpackage debuild
`;
const COMPILERS = ['build-essential', 'g++', 'gcc', 'libc6-dev', 'make', 'pkg-config', 'pkgconf'];
const OF_PYTHON = /^python3?-(?:dev|setuptools|wheel)$/;
/** In these images, their own Python takes precedence over that of the distribution. */
const HAVE_PYTHON =
  /(?:^|\/)(?:python|pypy|uv|miniconda3?|anaconda3?|miniforge3|mambaforge|pytorch|tensorflow|uvicorn-gunicorn[\w-]*)$/;
/** Dependencies of these packages that other packages only recommend (Debian's index of bookworm, 2026-11). */
const DEPENDS: Readonly<Record<string, readonly string[]>> = {
  'build-essential': ['bzip2', 'g++', 'gcc', 'libc6-dev', 'make', 'patch', 'xz-utils'],
  'g++': ['gcc', 'libc6-dev'],
};
/** Without setuptools, pip cannot build packages, and these releases only recommend it (their indexes, 2026-11). */
const FORMERLY: Readonly<Record<string, readonly string[]>> = {
  'python-pip': ['build-essential', 'python-dev', 'python-setuptools', 'python-wheel'],
  'python3-pip': ['python3-setuptools', 'python3-wheel'],
};
/** The module for Apache needs only its libraries; the server itself is recommended (indexes of jessie to bookworm). */
const RECOMMENDS_APACHE = /^(?:libapache2-mod-php[\d.]*|php5?|php\d\.\d)$/;
const OLD_RELEASE =
  /^(?:wheezy|jessie|stretch|buster|trusty|xenial|bionic)$|(?:^|-)(?:ubuntu1[468]\.04|stretch|buster|xenial|bionic)(?:-|$)/;
/** Programs and the library that download, nearly always over HTTPS; Debian's Node.js does not include certificates. */
const FETCHES = /^(?:aria2|curl|wget2?|git|mercurial|subversion|nodejs|npm|libcurl[34].*)$/;
/** The package with `google/protobuf/*.proto`, which protoc's package recommends (Debian's index of bookworm, 2026-11). */
const PROTOS = 'libprotobuf-dev';

/** True where the option would remove what the package is installed for. */
export function isBundle(name: string): boolean {
  return BUNDLES.test(name);
}

export interface Around {
  readonly dockerfile: DockerfileModel;
  readonly knowledge: KnowledgeBase;
  readonly buildContext: BuildContext | undefined;
}

/** The packages that apt would leave out with the option but that something later uses, so they must be named. */
export function usedRecommendations(around: Around, on: Instruction, install: ShellCommand): string[] {
  const names = namesIn(install);
  const base = on.stage?.base;
  const lost = new Set(names.flatMap(recommendedWith));
  if (names.some((name) => RECOMMENDS_APACHE.test(name))) lost.add('apache2');
  // Headers of libcurl bring the library, which recommends the certificates.
  if (names.some((name) => name.startsWith('libcurl'))) lost.add('ca-certificates');
  if (names.includes('protobuf-compiler')) lost.add(PROTOS);
  if (isOld(around, on)) for (const name of names) for (const one of FORMERLY[name] ?? []) lost.add(one);
  const named = on.stage ? installsOf(on.stage).named : new Set(names);
  for (const name of lost) if (named.has(name)) lost.delete(name);
  for (const [name, needs] of Object.entries(DEPENDS)) if (named.has(name)) for (const one of needs) lost.delete(one);
  if (base?.kind === 'image' && HAVE_PYTHON.test(base.image.name))
    for (const name of lost) if (name.startsWith('python3')) lost.delete(name);
  if (named.has('g++') && named.has('make')) lost.delete('build-essential');
  if (bringsCertificates(on, install)) lost.delete('ca-certificates');
  if (base?.kind === 'image' && hasCompilers(base.image.name, base.image.tag))
    for (const name of COMPILERS) lost.delete(name);
  if (base?.kind === 'image' && hasBuildpackDeps(base.image.name, base.image.tag))
    for (const name of Object.values(FULL_ONLY)) lost.delete(name);
  if (lost.size === 0) return [];
  const { called, says } = usesAfter(around.dockerfile, on, install);
  for (const name of atRunTime(around, on, new Set([...lost].flatMap(commandsOf)))) called.add(name);
  // Ninja takes the place of make, and g++ brings gcc and the headers of the C library.
  if (named.has('g++') && named.has('ninja-build') && !called.has('make'))
    for (const name of COMPILERS) lost.delete(name);
  const compiles = [...called].some((name) => COMPILES.test(name));
  const isUsed = (name: string): boolean => {
    if (name === 'ca-certificates') {
      if (baseHasCertificates(around, on)) return false;
      return says.has('https') ? !namesCertificates(on, install) : names.some((one) => FETCHES.test(one));
    }
    if (COMPILERS.includes(name)) return compiles || commandsOf(name).some((command) => called.has(command));
    if (name === PROTOS) return importsProtos(around);
    if (OF_PYTHON.test(name)) return says.has('pip');
    if (name === 'openssh-client' && says.has('ssh')) return true;
    if (names.includes('composer') && (name === 'git' || name === 'unzip')) return called.has('composer');
    return commandsOf(name).some((command) => called.has(command));
  };
  const used = [...lost].filter(isUsed).sort();
  // One package name replaces the compilers and what belongs to them.
  const isAll = ['g++', 'make'].every((name) => used.includes(name)) || used.includes('build-essential');
  return isAll ? [...new Set([...used.filter((name) => !COMPILERS.includes(name)), 'build-essential'])].sort() : used;
}

/** True when an interface imports one of Google's own, or when the files are unknown. */
function importsProtos({ buildContext }: Around): boolean {
  return (
    !buildContext ||
    [...buildContext.files.keys()].some(
      (path) => path.endsWith('.proto') && buildContext.read(path)?.includes('google/protobuf/'),
    )
  );
}

function isOld({ knowledge }: Around, { stage }: Instruction): boolean {
  if (stage?.base.kind !== 'image') return false;
  const { image } = stage.base;
  return OLD_RELEASE.test(knowledge.image(image)?.distroRelease ?? image.tag ?? '');
}

function baseHasCertificates({ knowledge }: Around, { stage }: Instruction): boolean {
  return (
    stage?.base.kind === 'image' && hasCertificates(stage.base.image.name, knowledge.image(stage.base.image)?.variant)
  );
}

/**
 * True when an earlier install of a downloading program includes the certificates, or will get them as a named package.
 */
function bringsCertificates({ stage }: Instruction, install: ShellCommand): boolean {
  return (stage ? installsOf(stage).all : []).some(
    ({ command, names }) =>
      command.span.start < install.span.start &&
      names.some((name) => FETCHES.test(name)) &&
      systemInstall(command)?.has('--no-install-recommends') === false,
  );
}

/** True when an earlier install gets the certificates named, because something after it asks for `https://`. */
function namesCertificates({ stage }: Instruction, install: ShellCommand): boolean {
  return (stage ? installsOf(stage).all : []).some(
    ({ command, names }) =>
      command.span.start < install.span.start &&
      names.flatMap(recommendedWith).includes('ca-certificates') &&
      systemInstall(command)?.has('--no-install-recommends') === false,
  );
}

interface Install {
  readonly command: ShellCommand;
  readonly names: readonly string[];
}

interface Installs {
  readonly all: readonly Install[];
  /** All packages that the installs name. */
  readonly named: ReadonlySet<string>;
}

const known = new WeakMap<Stage, Installs>();

/** Listed once per stage: each install needs all the others. */
function installsOf(stage: Stage): Installs {
  let installs = known.get(stage);
  if (!installs) {
    const all = stage.instructions
      .flatMap(({ script }) => script?.commands ?? [])
      .map((command) => ({ command, names: namesIn(command) }))
      .filter(({ names }) => names.length > 0);
    installs = { all, named: new Set(all.flatMap(({ names }) => names)) };
    known.set(stage, installs);
  }
  return installs;
}

function namesIn(command: ShellCommand): string[] {
  return (systemInstall(command)?.operands ?? []).map(({ value }) => packageName(value));
}

/** What words can ask for beside the program that they name. */
const SAYINGS = { https: /https:\/\//, pip: /\bpip[\d.]*\b|setup\.py/, ssh: /git@|ssh:\/\// };

interface Uses {
  readonly called: Set<string>;
  readonly says: Set<string>;
}

/** The instruction that is the last to call or to say something. */
type LastUses = { readonly [K in keyof Uses]: ReadonlyMap<string, Instruction> };

/** What the commands after the install call and say. */
function usesAfter(dockerfile: DockerfileModel, on: Instruction, install: ShellCommand): Uses {
  const uses = usesOf((on.script?.commands ?? []).filter(({ span }) => span.start > install.span.start));
  if (!on.stage) return uses;
  const last = lastUses(dockerfile, on.stage);
  for (const kind of ['called', 'says'] as const)
    for (const [name, node] of last[kind]) if (node.span.start > on.span.start) uses[kind].add(name);
  return uses;
}

function usesOf(commands: readonly ShellCommand[]): Uses {
  const texts = commands.map(({ words }) => words.map(({ value }) => value).join(' '));
  return {
    called: new Set(commands.flatMap((command) => [...programsOfCommand(command)])),
    says: new Set(
      Object.entries(SAYINGS).flatMap(([name, pattern]) => (texts.some((text) => pattern.test(text)) ? [name] : [])),
    ),
  };
}

const lasts = new WeakMap<Stage, LastUses>();

/** Read once per stage: each install asks what comes after it. */
function lastUses(dockerfile: DockerfileModel, stage: Stage): LastUses {
  let last = lasts.get(stage);
  if (!last) {
    const called = new Map<string, Instruction>();
    const says = new Map<string, Instruction>();
    for (const node of laterInstructions(dockerfile, stage.from)) {
      const uses = usesOf(node.script?.commands ?? []);
      for (const name of uses.called) called.set(name, node);
      for (const name of uses.says) says.set(name, node);
    }
    last = { called, says };
    lasts.set(stage, last);
  }
  return last;
}

/** Which of these programs the sources and the start commands call, where the files are known. */
function atRunTime(
  { dockerfile, knowledge, buildContext }: Around,
  { stage }: Instruction,
  programs: ReadonlySet<string>,
): Iterable<string> {
  const site = stage && buildContext ? createSite(dockerfile, stage, knowledge, buildContext) : undefined;
  if (!site || !stage || !site.copied.isComplete) return [];
  const starts = stage.instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(keyword));
  return neededPrograms(site, starts, programs);
}
