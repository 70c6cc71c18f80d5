/**
 * Patterns that users write (globs, ignore files) as automata: a text is read once, whatever the pattern, where a
 * regular expression with several stars would try them against each other.
 */
export type Pattern = (next: State) => State;

/** Where a match may stand: behind a character that `accepts`, or anywhere in `next` at once. */
interface State {
  readonly accepts?: (char: string) => boolean;
  readonly next: State[];
}

export interface Automaton {
  matches(text: string): boolean;
  /** True when the text or one of the folders it lies in matches. */
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

/** States that a text has led to at once; the way on is worked out once a character. */
interface Step {
  readonly states: readonly State[];
  readonly isEnd: boolean;
  readonly ways: Map<string, Step>;
}

/** More are hardly met by chance: a pattern made to have many begins anew and stays small. */
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

/** All states that are reached without a character. */
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
