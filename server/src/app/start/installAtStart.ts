import { commandsInside } from '../../commands/shellPrograms';
import { parseText } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';
import { installsByName, manifestInstall } from '../dependencyInstall';
import { createRunSite } from '../runSite';
import type { Site } from '../site';
import { startInstructions } from './startInstructions';
import { startOf } from './startTexts';

/** A package manager that installs packages each time a container starts, and who calls it: Compose, a script. */
export interface InstallAtStart {
  readonly path: string;
  readonly name: string;
}

/** Undefined if everything is installed in the image. */
export function installAtStart({ stage, knowledge, project, services }: Site): InstallAtStart | undefined {
  const own = startInstructions(stage).map(({ keyword, script }) => ({
    path: keyword,
    commands: script?.commands ?? [],
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
  return manifestInstall(command) !== undefined || installsByName(command);
}
