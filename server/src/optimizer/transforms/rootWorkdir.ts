import { copyTarget } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import { type Site, siteOfProgram } from '../../app/site';
import type { Instruction } from '../../dockerfile/model';
import { parseDockerfile } from '../../dockerfile/parse';
import { phrase } from '../../l10n/phrase';
import { applyEdits, type TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { siteOfImage } from '../siteOfImage';
import { canDropRoot } from '../split/rootless';
import type { Transform } from '../transform';

const FOLDER = '/app';
/** The home folder of root, and what a program reads to find it. */
const HOME = /\/root\b|~|\bHOME\b|HomeDir\b|\bhomedir\b|expanduser|Path\.home|User(?:Config|Cache)Dir\b|\bxdg\b/;
/** `.aws`, `.kube`, `.ssh`: libraries look for these in the home folder. */
const HIDDEN = /(?:^|\/)\.(?!env\b)\w/;
/** Where mounts are written. */
const SETTINGS = /\.(?:ya?ml|sh|md)$|(?:^|\/)(?:Makefile|justfile)$/;

/** Takes a program out of root's home folder, where that is all that keeps another user from running it. */
export const rootWorkdir: Transform = {
  id: 'root-workdir',
  safety: 'unsafe',
  level: 'recommended',
  propose(given) {
    const site = siteOfImage(given);
    const edits = site && editsFor(site);
    const moved = edits && applyEdits(given.dockerfile.text, edits);
    const after = moved === undefined ? undefined : siteOfImage({ ...given, dockerfile: parseDockerfile(moved) });
    if (!edits || !after || !canDropRoot(after)) return undefined;
    return {
      title: phrase('Move the program from /root to {folder}', { folder: FOLDER }),
      reason: phrase('Only root can enter `/root`, so no other user could start the program.'),
      risk: phrase('A mount or a script outside of the project that names `/root` no longer finds the files.'),
      edits,
    };
  },
};

/** The edits that move everything in the working directory; undefined where something else names or needs it. */
function editsFor(site: Site): TextEdit[] | undefined {
  const { stage, services, project } = site;
  const [workdir, ...others] = stage.instructions.filter(({ keyword }) => keyword === 'WORKDIR');
  const folder = workdir?.args[0];
  if (!folder || others.length > 0 || !/^\/root\/?$/.test(folder.text)) return undefined;
  if (services.some(({ mounts }) => mounts.some(({ target }) => isWithin(target, '/root')))) return undefined;
  const sources = sourcesOf(siteOfProgram(site));
  const settings = [...project.files.keys()].filter((path) => SETTINGS.test(path)).map((path) => project.read(path));
  if (
    !sources?.length ||
    sources.some(({ text }) => HOME.test(text)) ||
    settings.some((text) => /\/root\b/.test(text ?? ''))
  )
    return undefined;
  const edits = stage.instructions.filter((node) => node !== workdir).map(moved);
  if (edits.includes(undefined)) return undefined;
  return [{ span: folder.span, newText: FOLDER }, ...edits.flatMap((own) => own ?? [])];
}

/** The edits of an instruction that names files below `/root`; undefined where it names the folder in another way. */
function moved(node: Instruction): TextEdit[] | undefined {
  const { keyword, args, form, bodyText } = node;
  const isCopy = keyword === 'COPY' || keyword === 'ADD';
  // Above WORKDIR, other instructions are about another folder.
  if (isCopy && isWithin(copyTarget(node), FOLDER)) return undefined;
  if (isCopy && args.some(({ value }) => HIDDEN.test(value))) return undefined;
  if (!HOME.test(bodyText)) return [];
  const named = isCopy ? args.slice(-1) : args;
  const rest = named.reduce((text, { text: word }) => text.replace(word, ''), bodyText);
  const isKnown = isCopy || ((keyword === 'CMD' || keyword === 'ENTRYPOINT') && form === 'exec');
  if (!isKnown || HOME.test(rest) || named.some(({ value }) => HOME.test(value.replace(/^\/root\//, ''))))
    return undefined;
  return named.flatMap(({ span, text }) => {
    const at = text.indexOf('/root/');
    return at < 0 ? [] : [{ span: { start: span.start + at, end: span.start + at + '/root'.length }, newText: FOLDER }];
  });
}
