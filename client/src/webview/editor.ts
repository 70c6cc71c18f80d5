import type { PageMessage } from './pageMessage';

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
