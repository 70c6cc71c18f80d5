import type { PageMessage } from './pageMessage';

interface EditorApi {
  postMessage(message: PageMessage): void;
}

declare global {
  /** Provided by the editor, callable once; missing in a browser. */
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

const api = globalThis.acquireVsCodeApi?.();

export const isInEditor = api !== undefined;

export function tellEditor(message: PageMessage): void {
  api?.postMessage(message);
}
