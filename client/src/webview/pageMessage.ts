/** Messages from the page to the editor; a page saved to a file has no editor. */
export type PageMessage =
  | { readonly type: 'ready' }
  /** Show a 0-based line; `uri`: in another file than that of the report. */
  | { readonly type: 'jump'; readonly line: number; readonly uri?: string }
  /** Apply all safe fixes of a file. */
  | { readonly type: 'fix'; readonly uri: string }
  /** Show the plan of a file. */
  | { readonly type: 'optimize'; readonly uri: string }
  /** `svg`: the drawing of the page, if it has one. */
  | { readonly type: 'save'; readonly svg?: string };
