import { absolutePath, workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startInstructions } from '../../app/start/startInstructions';
import { removeWithComments } from '../../dockerfile/edits/removeWithComments';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { Instruction, Stage } from '../../dockerfile/model';
import { findStage } from '../../dockerfile/parse';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { escapePattern } from '../../text/pattern';
import type { Span } from '../../text/span';
import { siteOfImage } from '../siteOfImage';
import { freeStageName, switchesUserBefore } from '../split/compose';
import { SPRING_MANIFEST, type SpringLayers, springLayersOf } from '../split/springLayers';
import type { Transform, WriteComment } from '../transform';

/** In this order, what changes most often is last. */
const LAYERS = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];
/** Directories in which `lib` belongs to the system. */
const OF_SYSTEM = /^\/(?:usr(?:\/local)?(?:\/(?:bin|etc|lib|sbin|share)(?:\/.*)?)?|(?:bin|etc|lib|sbin|var)(?:\/.*)?)$/;
/** Where the build stage unpacks them. */
const UNPACKED = '/layers';

/** The jar of a Spring Boot program in layers: a changed source changes only the last one. */
export const springLayers: Transform = {
  id: 'spring-layers',
  safety: 'unsafe',
  level: 'recommended',
  propose(given) {
    const site = siteOfImage(given);
    const layers = site && springLayersOf(site.context);
    const edits = layers && layered(site, layers, given.comment);
    return (
      edits && {
        title: phrase('Copy the layers of the Spring Boot jar one by one'),
        reason: phrase(
          'A changed source file then changes only the last, small layer: the libraries stay in the cache, and registries and hosts already have them.',
        ),
        risk: phrase(
          'The libraries are files next to the jar: a program that reads its own jar finds only its classes there.',
        ),
        edits,
      }
    );
  },
};

/** True if the Spring Boot plugin packs the jar with this path: other jars start the program, whatever the mode. */
function isPacked({ files, read }: BuildContext, jar: string): boolean {
  const [, folder] = /^((?:.*\/)?)(?:target|build\/libs)\/[^/]+$/.exec(jar) ?? [];
  const manifests = [...files.keys()].filter((path) => SPRING_MANIFEST.test(path));
  const inModule = manifests.filter((path) => {
    const at = path.lastIndexOf('/');
    return at > 0 && `/${folder}`.endsWith(`/${path.slice(0, at)}/`);
  });
  const atRoot = manifests.length === 1 ? manifests : manifests.filter((path) => !path.includes('/'));
  const own = inModule.length > 0 ? inModule : atRoot;
  return (
    folder !== undefined &&
    own.some((path) => /spring-boot-maven-plugin|org\.springframework\.boot["']/.test(read(path) ?? ''))
  );
}

function layered(site: Site, { unpack, launcher }: SpringLayers, comment: WriteComment): TextEdit[] | undefined {
  const { dockerfile, stage, services, context } = site;
  const copies = stage.instructions.filter(copiesJar);
  const [copy] = copies;
  const jar = copy && jarOf(copy);
  const source = copy && sourceOf(copy);
  if (!copy || copies.length > 1 || jar === undefined || source === undefined) return undefined;
  const written = startOf(site, jar);
  const at = jar.lastIndexOf('/');
  // Libraries in `/lib` would be among those of the system.
  const isMoved = at === 0;
  const folder = isMoved ? '/app' : jar.slice(0, at);
  const workdir = workdirAt(copy);
  const isTaken = services.some(
    ({ mounts, starts }) => starts.length > 0 || mounts.some(({ target }) => isWithin(target, folder)),
  );
  if (!written || !isPacked(context, source) || (isMoved && (isTaken || workdir !== '/'))) return undefined;
  if (OF_SYSTEM.test(folder) || holdsLibraries(site, copy, folder)) return undefined;
  const name = jar.slice(at + 1);
  const unpacked = unpackedIn(site, copy, { source, name, unpack, comment });
  if (!unpacked) return undefined;
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const flags = copy.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
  const target = folder === workdir ? './' : `${folder}/`;
  const lines = LAYERS.map((layer) => `COPY ${unpacked.from}${flags}${UNPACKED}/${layer}/ ${target}`);
  return [
    ...unpacked.edits,
    { span: copy.span, newText: lines.join(eol) },
    ...(launcher === undefined
      ? isMoved
        ? [{ span: written.path, newText: `${folder}/${name}` }]
        : []
      : [{ span: written.option, newText: startedClass(written, folder, launcher) }]),
  ];
}

interface Unpacked {
  readonly edits: readonly TextEdit[];
  /** The option of the COPYs that names a new stage. */
  readonly from: string;
}

interface Packed {
  readonly source: string;
  readonly name: string;
  readonly unpack: SpringLayers['unpack'];
  readonly comment: WriteComment;
}

/** What unpacks the jar: the stage that builds it, or a new one for a jar from the build context. */
function unpackedIn(site: Site, copy: Instruction, { source, name, unpack, comment }: Packed): Unpacked | undefined {
  const { dockerfile, stage } = site;
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const from = copy.flags.find((flag) => flag.name === 'from')?.value;
  if (from !== undefined) {
    const builder = findStage(dockerfile.stages, stage, from);
    if (!builder || !copy.args[0]?.isStatic || !isFree(builder, copy)) return undefined;
    const isNamed = source.endsWith(`/${name}`);
    const packed = isNamed ? source : `/tmp/${name}`;
    const run = `RUN ${isNamed ? '' : `cp ${source} ${packed} && `}${unpack(packed, UNPACKED)}`;
    return { edits: [insertion((builder.instructions.at(-1) ?? builder.from).span.end, eol + run)], from: '' };
  }
  const written = copy.args[0]?.text ?? '';
  const variables = argumentsIn(stage, written);
  if (!variables) return undefined;
  const [image] = stage.from.args;
  const layers = freeStageName(dockerfile, 'layers');
  const lines = [
    ...comment(phrase('Unpack the layers of the jar')),
    `${text.slice(stage.from.span.start, image?.span.end)} AS ${layers}`,
    ...variables.map(({ span }) => text.slice(span.start, span.end)),
    `COPY ${written} /tmp/${name}`,
    `RUN ${unpack(`/tmp/${name}`, UNPACKED)}`,
    '',
    '',
  ];
  const unused = variables.filter(({ args }) => !isUsed(stage, copy, args[0]?.value.split('=')[0] ?? ''));
  return {
    edits: [
      insertion(startWithComments(text, stage.from.span.start), lines.join(eol)),
      ...unused.map((node) => removeWithComments(dockerfile, node)),
    ],
    from: `--from=${layers} `,
  };
}

/** The ARGs of the stage that a text names; undefined if it names another variable. */
function argumentsIn({ instructions }: Stage, text: string): Instruction[] | undefined {
  const names = [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name);
  const found = names.map((name) =>
    instructions.find(
      ({ keyword, args }) => keyword === 'ARG' && args.length === 1 && args[0]?.value.split('=')[0] === name,
    ),
  );
  return found.every((node) => node !== undefined) ? found : undefined;
}

/** True if another instruction of the stage reads the variable. */
function isUsed({ instructions }: Stage, copy: Instruction, name: string): boolean {
  return instructions.some((node) => node !== copy && new RegExp(`\\$\\{?${name}\\b`).test(node.bodyText));
}

function copiesJar(node: Instruction): boolean {
  return node.keyword === 'COPY' && node.args.slice(0, -1).some(({ text }) => node.expand(text)?.endsWith('.jar'));
}

/** What a COPY of one file copies, with the values of its variables. */
function sourceOf(copy: Instruction): string | undefined {
  return copy.args.length === 2 ? copy.expand(copy.args[0]?.text ?? '')?.replace(/^\.\//, '') : undefined;
}

/** The path in the image of the jar that a COPY brings. */
function jarOf(copy: Instruction): string | undefined {
  const source = sourceOf(copy) ?? '';
  const to = copy.expand(copy.args[1]?.text ?? '');
  if (to === undefined) return undefined;
  const path = absolutePath(/(?:^|\/)\.?$/.test(to) ? `${to}/${baseName(source)}` : to, workdirAt(copy));
  return /^[\w./@+-]+\.jar$/.test(path) ? path : undefined;
}

/** Only this COPY uses the stage, and root can write anywhere in it. */
function isFree(builder: Stage, copy: Instruction): boolean {
  const end = builder.instructions.at(-1);
  return (
    builder.usedBy.every((node) => node === copy) && end !== undefined && !switchesUserBefore(builder, end.span.end)
  );
}

/** Where the start names the jar. */
interface WrittenStart {
  /** From `-jar` to the end of the path. */
  readonly option: Span;
  readonly path: Span;
  /** What separates words: `", "` in exec form. */
  readonly separator: string;
  readonly workdir: string;
}

/** Undefined if the start does not name the jar behind `-jar`, or if anything else needs the jar. */
function startOf({ stage, dockerfile }: Site, path: string): WrittenStart | undefined {
  const name = baseName(path);
  const starts = startInstructions(stage);
  const pattern = new RegExp(
    `(-jar(?:"\\s{0,9},\\s{0,9}"|\\s{1,9}))([\\w./-]{0,200}${escapePattern(name)})(?=["'\\s]|$)`,
  );
  const [start, ...others] = starts.filter(({ bodyText }) => bodyText.includes(name));
  const isElsewhere = stage.instructions.some(
    (node) => node.keyword !== 'COPY' && node !== start && node.bodyText.includes(name),
  );
  if (!start || others.length > 0 || isElsewhere || /loader\.|-javaagent/.test(start.bodyText)) return undefined;
  const found = pattern.exec(dockerfile.text.slice(start.span.start, start.span.end));
  const [, option = '', written = ''] = found ?? [];
  const workdir = workdirAt(start);
  if (!found || absolutePath(written, workdir) !== path) return undefined;
  const from = start.span.start + found.index;
  const at = from + option.length;
  const end = at + written.length;
  return { option: { start: from, end }, path: { start: at, end }, separator: option.slice('-jar'.length), workdir };
}

/** The directory of the layers is the class path, and so is the working directory where nothing else is named. */
function startedClass({ separator, workdir }: WrittenStart, folder: string, launcher: string): string {
  return (workdir === folder ? [launcher] : ['-cp', folder, launcher]).join(separator);
}

/** True if something else of the stage is in the directory of the libraries. */
function holdsLibraries({ stage }: Site, copy: Instruction, folder: string): boolean {
  return stage.instructions.some(
    (node) =>
      /^(?:COPY|ADD)$/.test(node.keyword) &&
      node !== copy &&
      isWithin(absolutePath(node.args.at(-1)?.value ?? '', workdirAt(node)), `${folder}/lib`),
  );
}
