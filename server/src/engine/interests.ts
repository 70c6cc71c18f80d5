import type { AnyRule, RuleScope } from './rule';

/** Which rules of a scope look at which keywords and tools, as indexes: built once for all files. */
export class Interests {
  /** Rules that declare no interests: they may look at anything. */
  readonly everywhere: readonly number[];
  readonly #ofKeyword = new Map<string, number[]>();
  readonly #ofTool = new Map<string, number[]>();

  constructor(rules: readonly AnyRule[], scope: RuleScope | undefined) {
    const everywhere: number[] = [];
    rules.forEach(({ meta, visits }, index) => {
      if (meta.scope !== scope) return;
      if (!visits) everywhere.push(index);
      for (const keyword of visits?.keywords ?? []) add(this.#ofKeyword, keyword, index);
      for (const tool of visits?.tools ?? []) add(this.#ofTool, tool, index);
    });
    this.everywhere = everywhere;
  }

  ofKeyword(keyword: string): readonly number[] {
    return this.#ofKeyword.get(keyword) ?? NONE;
  }

  ofTool(tool: string): readonly number[] {
    return this.#ofTool.get(tool) ?? NONE;
  }
}

const NONE: readonly number[] = [];

function add(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list) list.push(index);
  else lists.set(key, [index]);
}
