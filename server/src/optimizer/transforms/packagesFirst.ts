import { installsByName, needsNoSources } from '../../app/dependencyInstall';
import { ownsWorkdir } from '../../app/sourceCopies';
import { packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { removeWithComments } from '../../dockerfile/edits/removeWithComments';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import type { Transform } from '../transform';

/**
 * Installs named packages before the sources are copied, so that a changed source file does not install them again.
 */
export const packagesFirst: Transform = {
  id: 'packages-first',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile }) {
    for (const stage of dockerfile.stages) {
      const { instructions } = stage;
      for (const [index, copy] of instructions.entries()) {
        if (!copiesSources(copy) || !comesFromHere(dockerfile, copy)) continue;
        const following = instructions.slice(index + 1);
        const count = following.findIndex((node) => !installsPackages(node) && !isIndependent(node, copy));
        const passed = count < 0 ? following : following.slice(0, count);
        const last = passed.findLast(installsPackages);
        if (!last) continue;
        const first = instructions
          .slice(0, index)
          .reduceRight(
            (below, node) =>
              isRightAbove(dockerfile.text, node, below) &&
              copiesSources(node) &&
              comesFromHere(dockerfile, node) &&
              passed.every((other) => installsPackages(other) || isIndependent(other, node))
                ? node
                : below,
            copy,
          );
        const copies = instructions.slice(instructions.indexOf(first), index + 1);
        const edits = copies.some((node) => ownsWorkdir(node, passed))
          ? moveAbove(dockerfile, first, passed)
          : moveBehind(dockerfile.text, first, copy, last);
        if (!edits) continue;
        return {
          title: phrase('Install packages before copying the sources'),
          reason: phrase(
            'Docker reuses a cached layer only if nothing above it has changed. Packages that are installed by name do not depend on the sources, so they are installed first.',
          ),
          risk: phrase('A package script that reads the copied files no longer finds them.'),
          edits,
        };
      }
    }
    return undefined;
  },
};

/** True for files of the program, but not for system settings or for a package file that is copied to be installed. */
function copiesSources(node: Instruction): boolean {
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.heredocs.length > 0) return false;
  const destination = node.args.at(-1)?.value ?? '/';
  const isOfSystem =
    /^\/(?:etc|usr|var|lib|bin|sbin|root|tmp|opt)?(?:\/|$)/.test(destination) &&
    !/^\/(?:usr\/(?:src|app)\b|var\/www|opt\/\w)/.test(destination);
  return !isOfSystem && !node.args.some(({ value }) => /\.(?:deb|apk|rpm|list|asc|gpg|key)$/.test(value));
}

/** True for a COPY from the build context or another stage, not from an external image with programs. */
function comesFromHere({ stages }: DockerfileModel, node: Instruction): boolean {
  const from = node.flags.find(({ name }) => name === 'from')?.value;
  return from === undefined || stages.some(({ name, index }) => name === from || String(index) === from);
}

/** True for settings, and for a WORKDIR if the target of the COPY is absolute. */
function isIndependent(node: Instruction, copy: Instruction): boolean {
  if (node.keyword === 'WORKDIR') return copy.args.at(-1)?.value.startsWith('/') ?? false;
  return (
    ['ENV', 'LABEL', 'EXPOSE', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL'].includes(node.keyword) &&
    !copy.args.some(({ text }) => text.includes('$'))
  );
}

/** A RUN that only installs packages by name: system packages, PHP extensions, Python packages, global npm tools. */
function installsPackages(node: Instruction): boolean {
  const commands = node.script?.commands ?? [];
  const isByName = (command: ShellCommand) =>
    installsTools(command) || addsExtensions(command) || installsNamed(command, node);
  return (
    needsNoSources(node) &&
    node.keyword === 'RUN' &&
    commands.some((command) => systemInstall(command) !== undefined || isByName(command)) &&
    commands.every(
      (command) =>
        packageCommand(command, SYSTEM_MANAGERS) !== undefined ||
        isByName(command) ||
        packageCommand(command, ['npm'])?.subcommand?.value === 'cache' ||
        command.name === 'rm',
    )
  );
}

function addsExtensions({ name }: ShellCommand): boolean {
  return /^(?:docker-php-ext-(?:configure|enable|install)|install-php-extensions)$/.test(name);
}

/** `pip install flask`, `gem install bundler`. A variable may name files that pip reads. */
function installsNamed(command: ShellCommand, run: Instruction): boolean {
  return (
    installsByName(command) &&
    !['PIP_CONSTRAINT', 'PIP_REQUIREMENT', 'PIP_FIND_LINKS', 'PIP_CONFIG_FILE'].some((name) => run.resolve(name))
  );
}

/** `npm install -g serve`, `yarn global add serve`: these read no project settings. */
function installsTools(command: ShellCommand): boolean {
  if (command.name === 'yarn') return command.words[1]?.value === 'global' && command.words[2]?.value === 'add';
  const call = packageCommand(command, ['npm']);
  return /^(?:add|i|install)$/.test(call?.subcommand?.value ?? '') && (call?.has('-g', '--global') ?? false);
}

/** True if it is on the line right above: such instructions belong together. */
function isRightAbove(text: string, node: Instruction, below: Instruction): boolean {
  return /^[ \t]*\r?\n[ \t]*$/.test(text.slice(node.span.end, below.span.start));
}

/** Moves the installs, if no setting in between can change what they do. */
function moveAbove(
  dockerfile: DockerfileModel,
  first: Instruction,
  passed: readonly Instruction[],
): TextEdit[] | undefined {
  const { text } = dockerfile;
  if (passed.some(({ keyword }) => keyword === 'ENV')) return undefined;
  const removed = passed.filter(installsPackages).map((run) => removeWithComments(dockerfile, run));
  const moved = removed.map(({ span }) => text.slice(span.start, span.end).trimEnd() + lineEndOf(dockerfile)).join('');
  return [insertion(startWithComments(text, first.span.start), moved), ...removed];
}

/** Moves the instructions with the blank lines after them, so that the two groups remain separated. */
function moveBehind(text: string, first: Instruction, copy: Instruction, last: Instruction): TextEdit[] {
  const start = startWithComments(text, first.span.start);
  const gap = /^[ \t]*\r?\n(?:[ \t]*\r?\n)*/.exec(text.slice(copy.span.end))?.[0] ?? '';
  return [
    { span: { start, end: text.indexOf('\n', copy.span.end) + 1 }, newText: '' },
    insertion(last.span.end, `${gap}${text.slice(start, copy.span.end)}`),
  ];
}
