import type { DocumentLink } from 'vscode-languageserver';
import type { ImageReference, Instruction } from '../../dockerfile/model';
import type { Analysis } from '../analyses';
import { toRange } from '../convert';

/** Images open their page, files of the build context themselves. */
export function documentLink(analysis: Analysis): DocumentLink[] {
  const { dockerfile, lines } = analysis;
  const images = dockerfile.stages.flatMap(({ base }): DocumentLink[] => {
    const target = base.kind === 'image' ? imagePage(base.image) : undefined;
    return base.kind === 'image' && target !== undefined ? [{ range: toRange(lines, base.image.span), target }] : [];
  });
  const folder = contextUri(analysis);
  const nodes = dockerfile.instructions.map((node) => node.trigger ?? node);
  return folder === undefined ? images : [...images, ...nodes.flatMap((node) => fileLinks(analysis, node, folder))];
}

/** The page of an image in its registry, where the registry has one for each. */
function imagePage({ registry, repository }: ImageReference): string | undefined {
  if (registry === undefined || /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io)$/.test(registry))
    return `https://hub.docker.com/${repository.includes('/') ? 'r/' : '_/'}${repository}`;
  if (registry === 'quay.io') return `https://quay.io/repository/${repository}`;
  if (registry === 'ghcr.io') {
    const [owner, ...rest] = repository.split('/');
    const name = rest.at(-1);
    return name === undefined ? undefined : `https://github.com/${owner}/${rest[0]}/pkgs/container/${name}`;
  }
  if (registry === 'mcr.microsoft.com') return `https://mcr.microsoft.com/artifact/mar/${repository}/about`;
  return registry === 'gcr.io' || registry.endsWith('.gcr.io') ? `https://${registry}/${repository}` : undefined;
}

function fileLinks({ buildContext, lines }: Analysis, node: Instruction, folder: string): DocumentLink[] {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return [];
  if (node.flags.some(({ name }) => name === 'from')) return [];
  return node.args.slice(0, -1).flatMap((word) => {
    const path = node.expand(word.text)?.replace(/^(?:\.?\/)+/, '');
    if (path === undefined || !buildContext?.files.has(path)) return [];
    const target = folder + path.split('/').map(encodeURIComponent).join('/');
    return [{ range: toRange(lines, word.span), target }];
  });
}

/** The URI of the build context, if the document is in it; ends with `/`. */
function contextUri({ uri, contextFolder }: Analysis): string | undefined {
  if (contextFolder === undefined || !uri.startsWith('file:')) return undefined;
  const own = uri.slice(0, uri.lastIndexOf('/'));
  const folder = asPath(contextFolder);
  for (let at = own; at.length > 'file://'.length; at = at.slice(0, at.lastIndexOf('/')))
    if (asPath(decodeURIComponent(at.slice('file://'.length))) === folder) return `${at}/`;
  return undefined;
}

/** `/c:/app` for `C:\app`. */
function asPath(path: string): string {
  const forward = path.replaceAll('\\', '/').replace(/(?<!\/)\/+$/, '');
  return /^\/?[A-Za-z]:/.test(forward) ? `/${forward.replace(/^\//, '')}`.toLowerCase() : forward;
}
