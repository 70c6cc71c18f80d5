import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';

/**
 * A command that downloads browsers. They are stored outside of the program's directory and need libraries, and the
 * final stage has neither.
 */
export function browserInstall({ words }: ShellCommand): Guard | undefined {
  const line = words.map(({ value }) => value).join(' ');
  const [name] = /\b(?:playwright|puppeteer|cypress|electron)(?:@\S{1,40})?(?: browsers)? install\b/.exec(line) ?? [];
  if (name === undefined) return undefined;
  return refuse('{foreign} downloads a browser that needs libraries from the full image', { foreign: `\`${name}\`` });
}
