/** What the page asks of the editor; a page saved to a file has none. */
export type PageMessage =
  | { readonly type: 'ready' }
  /** Show a line, from zero; `uri`: of another file than the one that the report is on. */
  | { readonly type: 'jump'; readonly line: number; readonly uri?: string }
  | { readonly type: 'save' };
