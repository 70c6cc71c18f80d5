import { absolutePath, workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startInstructions } from '../../app/start/startInstructions';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import type { Instruction, Stage } from '../../dockerfile/model';
import { findStage } from '../../dockerfile/parse';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { escapePattern } from '../../text/pattern';
import type { Span } from '../../text/span';
import { siteOfImage } from '../siteOfImage';
import { switchesUserBefore } from '../split/compose';
import type { Transform } from '../transform';

/** In this order, what changes most often is last. */
const LAYERS = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];
/** Where the build stage unpacks them. */
const UNPACKED = '/layers';
const MANIFEST = /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/;
/** Settings of the plugins that name other layers, leave the unpacker out or make another kind of jar. */
const OWN_LAYERS =
  /<layers>|\blayered\b|includeTools|<executable>\s*true|launchScript|maven-shade-plugin|\bshadow(?:Jar)?\b|<layout>|<skip>\s*true|\bbootJar\b[^}]{0,200}\benabled ?= ?false/;

/**
 * The jar of a Spring Boot program in layers: a changed source changes only the last one. The unpacked jar starts like
 * the whole one since Spring Boot 3.3:
 * https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html (2026-11).
 */
export const springLayers: Transform = {
  id: 'spring-layers',
  safety: 'unsafe',
  level: 'recommended',
  propose(given) {
    const site = siteOfImage(given);
    const edits = site && isLayered(site.context) ? layered(site) : undefined;
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

/** True if each Spring Boot plugin of the project is 3.3 or newer and has no settings for layers. */
function isLayered({ files, read }: BuildContext): boolean {
  const texts = [...files.keys()].filter((path) => MANIFEST.test(path)).map((path) => read(path) ?? '');
  const all = texts.join('\n');
  const versions = [
    ...all.matchAll(
      /<artifactId>\s{0,9}spring-boot-starter-parent\s{0,9}<\/artifactId>\s{0,99}<version>\s{0,9}(\d+)\.(\d+)/g,
    ),
    ...all.matchAll(/\bid ?\(?["']org\.springframework\.boot["']\)? {1,9}version {1,9}["'](\d+)\.(\d+)/g),
  ];
  return (
    !OWN_LAYERS.test(all) &&
    versions.length > 0 &&
    versions.every(([, major, minor]) => Number(major) > 3 || (major === '3' && Number(minor) >= 3))
  );
}

/** True if the Spring Boot plugin packs the jar with this path: other jars start the program, whatever the mode. */
function isPacked({ files, read }: BuildContext, jar: string): boolean {
  const [, folder] = /^(\/.*)\/(?:target|build\/libs)\/[^/]+$/.exec(jar) ?? [];
  const manifests = [...files.keys()].filter((path) => MANIFEST.test(path));
  const own = manifests.filter((path) => {
    const at = path.lastIndexOf('/');
    return manifests.length === 1 || (at > 0 && folder?.endsWith(`/${path.slice(0, at)}`));
  });
  return (
    folder !== undefined &&
    own.some((path) => /spring-boot-maven-plugin|org\.springframework\.boot["']/.test(read(path) ?? ''))
  );
}

function layered(site: Site): TextEdit[] | undefined {
  const { dockerfile, stage, services } = site;
  const copies = stage.instructions.filter(
    ({ keyword, args }) => keyword === 'COPY' && args[0]?.value.endsWith('.jar'),
  );
  const [copy] = copies;
  const from = copy?.flags.find(({ name }) => name === 'from')?.value;
  const builder = from === undefined ? undefined : findStage(dockerfile.stages, stage, from);
  const jar = copy && jarOf(copy);
  if (!copy || copies.length > 1 || !builder || jar === undefined || !isFree(builder, copy)) return undefined;
  const written = startOf(site, jar);
  const source = copy.args[0]?.text ?? '';
  const at = jar.lastIndexOf('/');
  // Libraries in `/lib` would be among those of the system.
  const isMoved = at === 0;
  const folder = isMoved ? '/app' : jar.slice(0, at);
  const workdir = workdirAt(copy);
  if (!written || !isPacked(site.context, source) || (isMoved && (services.length > 0 || workdir !== '/')))
    return undefined;
  if (/^\/(?:usr|lib|bin|sbin|etc|var)(?:\/|$)/.test(folder) || holdsLibraries(site, copy, folder)) return undefined;
  const name = jar.slice(at + 1);
  const isNamed = source.endsWith(`/${name}`);
  const packed = isNamed ? source : `/tmp/${name}`;
  const unpack = `RUN ${isNamed ? '' : `cp ${source} ${packed} && `}java -Djarmode=tools -jar ${packed} extract --layers --destination ${UNPACKED}`;
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const flags = copy.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
  const target = folder === workdir ? './' : `${folder}/`;
  return [
    insertion((builder.instructions.at(-1) ?? builder.from).span.end, eol + unpack),
    { span: copy.span, newText: LAYERS.map((layer) => `COPY ${flags}${UNPACKED}/${layer}/ ${target}`).join(eol) },
    ...(isMoved ? [{ span: written, newText: `${folder}/${name}` }] : []),
  ];
}

/** The path in the image of the jar that a COPY brings. */
function jarOf(copy: Instruction): string | undefined {
  const [source, target] = copy.args;
  const to = target && copy.expand(target.text);
  if (copy.args.length !== 2 || !source?.isStatic || to === undefined) return undefined;
  const name = baseName(source.value);
  const path = absolutePath(/(?:^|\/)\.?$/.test(to) ? `${to}/${name}` : to, workdirAt(copy));
  return /^[\w./@+-]+\.jar$/.test(path) ? path : undefined;
}

/** Only this COPY uses the stage, and root can write anywhere in it. */
function isFree(builder: Stage, copy: Instruction): boolean {
  const end = builder.instructions.at(-1);
  return (
    builder.usedBy.every((node) => node === copy) && end !== undefined && !switchesUserBefore(builder, end.span.end)
  );
}

/** Where the start names the jar behind `-jar`; undefined if it does not, or if anything else needs the jar. */
function startOf({ stage, dockerfile }: Site, path: string): Span | undefined {
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
  const { start: from, end } = start.span;
  const found = pattern.exec(dockerfile.text.slice(from, end));
  if (!found || absolutePath(found[2] ?? '', workdirAt(start)) !== path) return undefined;
  const at = from + found.index + (found[1]?.length ?? 0);
  return { start: at, end: at + (found[2]?.length ?? 0) };
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
