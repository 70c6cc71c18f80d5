import type { AnyRule } from './rule';

/** Which of the rules want an instruction or a command: most rules look at few of them, and each list is made once. */
export class Interests {
  readonly #instructions = new Map<string, readonly number[]>();
  readonly #commands = new Map<string, readonly number[]>();

  /** Indexes of the rules that look at whole stages or files, or at all of their instructions. */
  readonly everywhere: readonly number[];

  constructor(private readonly rules: readonly AnyRule[]) {
    this.everywhere = this.indexesOf(({ visits }) => visits === undefined);
  }

  /** Indexes of the rules whose `instruction` hook wants the keyword. */
  inInstruction(keyword: string): readonly number[] {
    let found = this.#instructions.get(keyword);
    if (!found) {
      found = this.indexesOf(({ visits }) => visits?.keywords?.includes(keyword) ?? true);
      this.#instructions.set(keyword, found);
    }
    return found;
  }

  /** Indexes of the rules whose `command` hook wants a command of an instruction. */
  inCommand(keyword: string, name: string, tool: string): readonly number[] {
    const key = `${keyword === 'RUN'} ${name} ${tool}`;
    let found = this.#commands.get(key);
    if (!found) {
      found = this.indexesOf(({ visits }) => {
        if (!visits?.tools) return true;
        return keyword === 'RUN' && (visits.tools.includes(name) || visits.tools.includes(tool));
      });
      // Names are any text: a file with thousands of them must not fill the memory.
      if (this.#commands.size < 2000) this.#commands.set(key, found);
    }
    return found;
  }

  private indexesOf(isInterested: (rule: AnyRule) => boolean): readonly number[] {
    return this.rules.flatMap((rule, index) => (isInterested(rule) ? [index] : []));
  }
}
