/** What the page asks of the editor; a page saved to a file has none. */
export type PageMessage =
  | { readonly type: 'ready' }
  /** Show a line, from zero; `uri`: of another file than the one that the report is on. */
  | { readonly type: 'jump'; readonly line: number; readonly uri?: string }
  | { readonly type: 'save' };

interface EditorApi {
  postMessage(message: PageMessage): void;
}

declare global {
  /** Given by the editor, once; not there in a browser. */
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

const api = globalThis.acquireVsCodeApi?.();

export const isInEditor = api !== undefined;

export function tellEditor(message: PageMessage): void {
  api?.postMessage(message);
}
