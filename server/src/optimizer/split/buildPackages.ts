import type { Site } from '../../app/site';
import { commandKind } from '../../commands/commandKinds';
import { systemInstall } from '../../commands/systemPackages';
import { withoutWord } from '../../dockerfile/edits/removeWord';
import type { Instruction } from '../../dockerfile/model';
import { hasBuildpackDeps, hasCompilers } from '../../knowledge/buildpackDeps';
import { broughtBy, ofFullImages } from '../../knowledge/packageSizes';
import type { TextEdit } from '../../text/edits';
import { wordList } from '../../text/wordList';
import { editedSource } from './compose';

/** Programs that neither an installation of dependencies nor a compiler calls: editors, servers, debugging tools. */
const NO_BUILD_TOOLS = wordList`
  vim(?:-\w+)? nano emacs(?:-nox)? less htop tree screen tmux sudo lsof strace tcpdump net-tools procps
  iputils-ping iproute2 dnsutils bind9-dnsutils telnet netcat(?:-openbsd|-traditional)? supervisor cron nginx
  openssh-server tini dumb-init gosu ffmpeg tesseract-ocr(?:-[a-z]+)* poppler-utils wkhtmltopdf
  postgresql-client(?:-\d+)? default-mysql-client mariadb-client redis-tools chromium(?:-driver)? fonts-[\w-]+
  ghostscript graphviz libreoffice(?:-\w+)* shared-mime-info texlive(?:-[\w-]+)?
`;
/** Without headers nothing is linked against a library. */
const LIBRARY = /^lib(?!reoffice)[\w.+-]*\d(?:-mesa-\w+|t64|-\d[\w.]*)?$/;
/** Anything that they load at run time is also loaded during the build. */
const INTERPRETERS = /^(?:python[\d.]*|ruby|rails|rake|php|node|flask|django-admin|manage\.py)$/;

/**
 * A RUN that installs packages, as the build stage needs it: without packages that its image already has and without
 * tools that nothing calls there, and with the edits of its language. Undefined if nothing is left.
 */
export function buildPackages(site: Site, node: Instruction, edits: readonly TextEdit[]): string | undefined {
  const { dockerfile } = site;
  const text = editedSource(dockerfile, node, edits);
  if (node.form !== 'shell') return text;
  const installs = (node.script?.commands ?? []).flatMap((command) => systemInstall(command) ?? []);
  const words = installs.flatMap(({ operands }) => operands);
  const idle = words.filter(({ value }) => isIdle(site, value));
  if (idle.length === 0) return text;
  if (idle.length === words.length) return doesOnlyInstall(node) ? undefined : text;
  // An install command without a package would fail.
  if (installs.some(({ operands }) => operands.every((word) => idle.includes(word)))) return text;
  const removals = idle.map((word) => withoutWord(dockerfile, word.span));
  const left = editedSource(
    dockerfile,
    node,
    [...edits, ...removals].sort((a, b) => a.span.start - b.span.start),
  );
  // A line below a comment keeps its `\\`; the comment was about its packages.
  return left.replace(/(?:\n[ \t]*#[^\n]*)?\n[ \t]*\\[ \t]*(?=\r?\n)/g, '');
}

function isIdle({ stage }: Site, name: string): boolean {
  if (NO_BUILD_TOOLS.test(name)) return !isCalled(stage.instructions, name);
  if (LIBRARY.test(name) && !runsProgram(stage.instructions)) return true;
  if (stage.base.kind !== 'image') return false;
  const { repository, tag } = stage.base.image;
  // The package itself is empty; it only pulls in compilers, which the image already has.
  if (name === 'build-essential') return hasCompilers(repository, tag);
  return hasBuildpackDeps(repository, tag) && (broughtBy(name)?.every((one) => ofFullImages().has(one)) ?? false);
}

/** Ignores calls of pip and venv. */
function runsProgram(instructions: readonly Instruction[]): boolean {
  return instructions.some(({ keyword, script }) =>
    keyword === 'RUN'
      ? script?.commands.some((command) => INTERPRETERS.test(command.name) && command.words[1]?.value !== '-m')
      : false,
  );
}

/** Compares the first word of the package name: no build step calls `psql` of postgresql-client. */
function isCalled(instructions: readonly Instruction[], name: string): boolean {
  const [program = name] = name.split('-');
  const isOfPackage = (called: string) => called === program || (program === 'texlive' && OF_TEXLIVE.test(called));
  return instructions.some(({ script }) => script?.commands.some((command) => isOfPackage(command.name)));
}

/** `pdflatex`, `xelatex`, `latexmk`, `tlmgr`, `kpsewhich`. */
const OF_TEXLIVE = /tex|^(?:tlmgr|kpse\w+|dvi\w+|bib\w+)$/;

function doesOnlyInstall({ script }: Instruction): boolean {
  return (script?.commands ?? []).every((command) =>
    ['packages', 'cleanup', 'shell'].includes(commandKind(command) ?? ''),
  );
}
