import { packageCommand } from '../../commands/packageCommand';
import { commandsInside } from '../../commands/shellPrograms';
import { parseText } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';
import { createRunSite } from '../runSite';
import type { Site } from '../site';
import { commandLine, startInstructions } from './startInstructions';
import { startOf } from './startTexts';

/** A package manager that installs packages each time a container starts, and who calls it: Compose, a script. */
export interface InstallAtStart {
  readonly path: string;
  readonly name: string;
}

/** Undefined if everything is installed in the image. */
export function installAtStart({ stage, knowledge, project, services }: Site): InstallAtStart | undefined {
  const starts = startInstructions(stage);
  // CMD has the arguments of ENTRYPOINT: `ENTRYPOINT ["npm"]`, `CMD ["install"]`.
  const own = [...starts.map((node) => [node]), starts].map((nodes) => ({
    path: nodes.at(-1)?.keyword ?? '',
    commands: parsed(nodes.map(commandLine).join(' ')),
  }));
  const behind = startOf(createRunSite(stage, knowledge, project, services))
    .texts.filter(({ name }) => !/^(?:CMD|ENTRYPOINT|Makefile|Procfile)$/.test(name))
    .map(({ name, text }) => ({ path: name, commands: parsed(text) }));
  for (const { path, commands } of [...own, ...behind]) {
    const install = commands.find(isInstall);
    if (install) return { path, name: install.name };
  }
  return undefined;
}

function parsed(text: string): ShellCommand[] {
  return parseText(text).commands.flatMap(commandsInside);
}

function isInstall(command: ShellCommand): boolean {
  const call = packageCommand(command, INSTALLERS);
  const subcommand = call?.subcommand?.value ?? '';
  return call?.tool === 'yarn' && subcommand === '' ? !call.has('--version', '-v') : INSTALLS.has(subcommand);
}

const INSTALLERS = ['bun', 'bundle', 'composer', 'gem', 'npm', 'pdm', 'pip', 'pipenv', 'pnpm', 'poetry', 'uv', 'yarn'];
const INSTALLS = new Set([
  'add',
  'ci',
  'clean-install',
  'i',
  'install',
  'rebuild',
  'require',
  'sync',
  'update',
  'upgrade',
]);
