import type { ShellCommand } from '../../shell/script';

/** The package managers of Node.js, called to build the pages of a program in another language. */
export function isNode({ name }: ShellCommand): boolean {
  return /^(?:npm|npx|yarn|pnpm)$/.test(name);
}

/** `curl -fsSL https://deb.nodesource.com/setup_20.x | bash -`. */
export function bringsNode(command: ShellCommand): boolean {
  const item = command.chain.items[command.itemIndex];
  return (
    item?.kind === 'pipeline' &&
    item.commands.some(({ words }) => words.some(({ value }) => value.startsWith('https://deb.nodesource.com/setup_')))
  );
}
