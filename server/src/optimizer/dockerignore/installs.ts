import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { baseName } from '../../text/paths';

/** A package manager, its commands that install the packages of a project, and those that need none of them. */
interface Manager {
  /** Everything that may use the packages. */
  readonly tools: RegExp;
  readonly installing: RegExp;
  readonly harmless: RegExp;
}

const MANAGERS = {
  node: {
    tools: /^(?:npm|yarn|yarnpkg|pnpm|bun|node|nodejs)$/,
    installing: /install|^(?:i|ci|add|deploy|fetch|workspaces)$/,
    harmless:
      /^(?:config|cache|set|init|plugin|policies|version|info|view|whoami|login|pkg|import)$|^--?v(?:ersion)?$/i,
  },
  composer: {
    tools: /^composer(?:\.phar)?$/,
    installing: /^(?:install|i|update|upgrade|u|require|r|create-project)$/,
    harmless: /^(?:config|clear-?cache|cc|self-?update|validate|diagnose|about)$|^--?v(?:ersion)?$/i,
  },
} as const satisfies Readonly<Record<string, Manager>>;

export type ManagerName = keyof typeof MANAGERS;

/**
 * True if the file installs the packages before it uses them; undefined if it does not use them. Otherwise they come
 * from the build context.
 */
export function installsFirst({ instructions }: DockerfileModel, name: ManagerName): boolean | undefined {
  const { tools, installing, harmless } = MANAGERS[name];
  for (const words of instructions.flatMap(callsOf)) {
    const [tool = '', ...others] = words;
    if (!tools.test(baseName(tool))) continue;
    const isGlobal = others.some((word) => /^(?:-g|--global|global|--location=global)$/.test(word));
    const isHarmless = isGlobal || harmless.test(others.find((word) => !word.startsWith('-')) ?? others[0] ?? '');
    const isBare = /^yarn(?:pkg)?$/.test(tool) && others.every((word) => word.startsWith('-'));
    if (!/^node/.test(tool) && !isGlobal && (isBare || others.some((word) => installing.test(word)))) return true;
    if (!isHarmless) return false;
  }
  return undefined;
}

/** The words of each command of a RUN or a start. */
function callsOf({ keyword, script, args }: Instruction): string[][] {
  if (!/^(?:RUN|CMD|ENTRYPOINT)$/.test(keyword)) return [];
  const commands = script?.commands ?? [];
  if (commands.length === 0) return [args.map(({ value }) => value)];
  return commands.map(({ name, words }) => [name, ...words.slice(1).map(({ value }) => value)]);
}
