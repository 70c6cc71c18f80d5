import { writtenCommand } from '../../dockerfile/writtenCommand';
import { parseJson, recordOf } from '../../text/jsonValue';
import { baseName } from '../../text/paths';
import { absolutePath } from '../copiedFiles';
import type { RunSite } from '../runSite';

/** Something that runs when a container starts: a command, a script in package.json, a shell script. */
export interface StartText {
  /** The name for the user: `CMD`, `package.json`, `entrypoint.sh`. */
  readonly name: string;
  readonly text: string;
}

export interface Start {
  readonly texts: readonly StartText[];
  /** A script that is started but whose text is unknown. */
  readonly unread: string | undefined;
}

const COMMENT = /^[ \t]*#.*$/gm;

/** What starts, and what that starts in turn, as far as the files beside the Dockerfile show. */
export function startOf(site: RunSite): Start {
  const texts: StartText[] = [];
  const [entrypoint, cmd] = ['ENTRYPOINT', 'CMD'].map((keyword) =>
    site.instructions.findLast((one) => one.keyword === keyword),
  );
  // CMD has the arguments of ENTRYPOINT: `ENTRYPOINT ["npm"]`, `CMD ["start"]`.
  const joined = [entrypoint, entrypoint?.form === 'exec' ? cmd : undefined].flatMap((one) => one ?? []);
  if (entrypoint) texts.push({ name: 'ENTRYPOINT', text: joined.map(writtenCommand).join(' ') });
  if (cmd) texts.push({ name: 'CMD', text: writtenCommand(cmd) });
  for (const { starts } of site.services) for (const text of starts) texts.push({ name: 'Compose', text });
  let unread: string | undefined;
  // Each text that is found is searched as well.
  for (let index = 0; index < texts.length && texts.length < 30; index++) {
    const text = texts[index]?.text ?? '';
    texts.push(...packageScripts(site, text, texts));
    for (const script of scriptsIn(text.replace(COMMENT, ''))) {
      const found = scriptText(site, script);
      if (found === undefined) unread ??= script;
      else if (!texts.some((one) => one.text === found)) texts.push({ name: baseName(script), text: found });
    }
    const list = /\b(?:foreman|honcho|overmind|hivemind)\b/.test(text) ? 'Procfile' : undefined;
    const made = /(?:^|[\s;&|])make(?:\s|$)/.test(text) ? 'Makefile' : undefined;
    for (const name of [list, made]) {
      const found = name === undefined ? undefined : site.context?.read(name);
      if (name !== undefined && found !== undefined && !texts.some((one) => one.name === name))
        texts.push({ name, text: found });
    }
  }
  return { texts, unread };
}

/** `npm start`, `yarn dev`, `pnpm run serve`: the scripts with that name in package.json. */
function packageScripts(site: RunSite, text: string, known: readonly StartText[]): StartText[] {
  const found: StartText[] = [];
  for (const [, name = ''] of text.matchAll(
    /\b(?:npm|yarn|pnpm|bun)\s+(?:(?:-\S+|--prefix\s+\S+|--filter\s+\S+|-C\s+\S+)\s+)*(?:run(?:-script)?\s+)?(?:-\S+\s+)*([\w:.-]+)/g,
  )) {
    for (const scripts of manifests(site))
      for (const key of [`pre${name}`, name, `post${name}`]) {
        const script = scripts[key];
        if (typeof script === 'string' && ![...known, ...found].some((one) => one.text === script))
          found.push({ name: 'package.json', text: script });
      }
  }
  return found;
}

/** The scripts of all package.json files: in a workspace, it is uncertain which one is meant. */
function manifests({ context }: RunSite): Readonly<Record<string, unknown>>[] {
  const scripts: Readonly<Record<string, unknown>>[] = [];
  for (const path of context?.files.keys() ?? []) {
    if (!/(?:^|\/)package\.json$/.test(path) || path.includes('node_modules/')) continue;
    // An unreadable package.json has no scripts.
    const own = recordOf(recordOf(parseJson(context?.read(path)))?.['scripts']);
    if (own) scripts.push(own);
  }
  return scripts;
}

/** Shell scripts, recognized by their extension or by typical names of start scripts. */
function scriptsIn(text: string): string[] {
  return (text.match(/[\w./-]+/g) ?? []).filter(
    (word) => /\.(?:sh|bash)$|entrypoint[\w-]{0,40}$/.test(word) && !word.startsWith('-'),
  );
}

/**
 * Finds a script by its path in the image, else by its name in the build context; `''` for a script of the base image.
 */
function scriptText(site: RunSite, script: string): string | undefined {
  const { context, copied, workdir } = site;
  if (!context) return '';
  const name = baseName(script);
  const path =
    copied.files.get(absolutePath(script, workdir)) ??
    [...context.files.keys()].find((file) => baseName(file) === name);
  const text = path === undefined ? undefined : context.read(path);
  if (text !== undefined) return text;
  const written = site.instructions.find(
    (node) => node.keyword !== 'CMD' && node.keyword !== 'ENTRYPOINT' && `${node.bodyText}`.includes(name),
  );
  // A script in a mount is unknown, unlike one of the base image.
  if (!written) return /^\/(?:media|mnt)\//.test(script) ? undefined : '';
  return written.heredocs.length > 0 ? written.bodyText : undefined;
}
