import type { InitializeParams } from 'vscode-languageserver';
import type { Host } from '../host/host';
import { relative } from '../project/relativePath';

/** Where documents are; all paths are absolute. */
export interface Workspace {
  /** The folder of a document; undefined for documents without a local path. */
  folderOf(uri: string): string | undefined;
  /** The workspace folder that contains a document. */
  topOf(uri: string): string | undefined;
  /** A readable name: the document's path in the workspace. */
  nameOf(uri: string): string;
}

/** The folders that the client has open, as paths. */
export function workspacePaths(host: Host, { workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => host.pathOf(uri) ?? []);
}

export function createWorkspace(host: Host, params: InitializeParams): Workspace {
  const tops = workspacePaths(host, params).map((path) => path.replace(/(?<![/\\])[/\\]+$/, ''));
  const topOf = (uri: string): string | undefined => {
    const path = host.pathOf(uri);
    if (path === undefined) return undefined;
    // Workspace folders may be nested.
    return tops
      .filter((top) => relative(`${top}/`, path) !== relative(undefined, path))
      .sort((a, b) => b.length - a.length)[0];
  };
  return {
    topOf,
    folderOf(uri) {
      const path = host.pathOf(uri);
      return path === undefined ? undefined : host.parentOf(path);
    },
    nameOf(uri) {
      const path = host.pathOf(uri);
      const top = topOf(uri);
      if (path === undefined) return uri;
      return relative(top === undefined ? undefined : `${top}/`, path).replace(top === undefined ? /^.*\// : '', '');
    },
  };
}
