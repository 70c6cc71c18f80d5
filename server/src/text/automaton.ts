/**
 * Compiles patterns that users write (globs, ignore files) to automata. An automaton reads a text once, whatever the
 * pattern. A regular expression with several stars would backtrack.
 */
export type Pattern = (next: State) => State;

/** A position in a pattern: after a character that `accepts`, or at every state of `next` at once. */
interface State {
  readonly accepts?: (char: string) => boolean;
  readonly next: State[];
}

export interface Automaton {
  matches(text: string): boolean;
  /** True when the text matches, or one of the folders that contain it. */
  matchesPathOrFolder(path: string): boolean;
}

export function one(accepts: (char: string) => boolean): Pattern {
  return (next) => ({ accepts, next: [next] });
}

export function literal(char: string): Pattern {
  return one((other) => other === char);
}

export function sequence(...patterns: readonly Pattern[]): Pattern {
  return (next) => patterns.reduceRight((following, pattern) => pattern(following), next);
}

export function either(...patterns: readonly Pattern[]): Pattern {
  return (next) => ({ next: patterns.map((pattern) => pattern(next)) });
}

export function optional(pattern: Pattern): Pattern {
  return either(pattern, (next) => next);
}

export function repeated(pattern: Pattern): Pattern {
  return (next) => {
    const fork: State = { next: [next] };
    fork.next.push(pattern(fork));
    return fork;
  };
}

/** The set of states that a text leads to. Its transitions are computed once per character. */
interface Step {
  readonly states: readonly State[];
  readonly isEnd: boolean;
  readonly ways: Map<string, Step>;
}

/** Ordinary patterns stay below this limit. A pattern built to exceed it clears the cache, so memory stays bounded. */
const MAX_STEPS = 1000;

export function compile(pattern: Pattern): Automaton {
  const end: State = { next: [] };
  const first = closure([pattern(end)]);
  const steps = new Map<string, Step>();
  const ids = new Map<State, number>();
  const idOf = (state: State): number => {
    const id = ids.get(state) ?? ids.size;
    ids.set(state, id);
    return id;
  };
  const stepOf = (reached: readonly State[]): Step => {
    const key = reached
      .map(idOf)
      .sort((a, b) => a - b)
      .join();
    const found = steps.get(key);
    if (found) return found;
    if (steps.size >= MAX_STEPS) {
      for (const step of steps.values()) step.ways.clear();
      steps.clear();
    }
    const step = { states: reached, isEnd: reached.includes(end), ways: new Map() };
    steps.set(key, step);
    return step;
  };
  const follow = (step: Step, char: string): Step => {
    let way = step.ways.get(char);
    if (!way) {
      way = stepOf(closure(step.states.flatMap(({ accepts, next }) => (accepts?.(char) ? next : []))));
      step.ways.set(char, way);
    }
    return way;
  };
  const run = (text: string, isOver: (step: Step, char: string) => boolean): boolean => {
    let step = stepOf(first);
    for (const char of text) {
      if (isOver(step, char)) return true;
      step = follow(step, char);
      if (step.states.length === 0) return false;
    }
    return step.isEnd;
  };
  return {
    matches: (text) => run(text, () => false),
    matchesPathOrFolder: (path) => run(path, (step, char) => char === '/' && step.isEnd),
  };
}

/** All states that can be reached without reading a character. */
function closure(from: readonly State[]): readonly State[] {
  const reached = new Set<State>();
  const left = [...from];
  for (let state = left.pop(); state; state = left.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    if (!state.accepts) left.push(...state.next);
  }
  return [...reached].filter(({ accepts, next }) => accepts || next.length === 0);
}
