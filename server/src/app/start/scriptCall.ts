import type { BuildContext } from '../../engine/buildContext';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';
import { parsePackageJson } from '../packageJson';

/** A script of package.json that a command names, and the words of its command. */
export interface ScriptCall {
  /** The word that names the script. */
  readonly script: Word;
  readonly values: readonly string[];
}

/** `npm run dev`, where the project has one package.json and the script is one plain command. */
export function scriptCall(words: readonly Word[], context: BuildContext | undefined): ScriptCall | undefined {
  const [manager = '', ...rest] = words.map(({ value }) => value);
  if (!/^(?:npm|yarn|pnpm)$/.test(baseName(manager))) return undefined;
  const at = rest[0] === 'run' || rest[0] === 'run-script' ? 2 : 1;
  const script = words[at];
  const manifests = [...(context?.files.keys() ?? [])].filter((path) => baseName(path) === 'package.json');
  const [manifest] = manifests;
  if (!script || manifest === undefined || manifests.length > 1) return undefined;
  const command = parsePackageJson(context?.read(manifest))?.scripts[script.value];
  if (command === undefined || !/^[\w@%+=:,./ -]+$/.test(command)) return undefined;
  const added = rest.slice(at).filter((word) => word !== '--');
  return { script, values: [...command.trim().split(/ +/), ...added] };
}
