import { InstructionNode } from '../../server/src/dockerfile/instruction';
import { lineage } from '../../server/src/dockerfile/lineage';
import type { Comment, DockerfileModel, Instruction, Stage } from '../../server/src/dockerfile/model';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { Interests } from '../../server/src/engine/interests';
import { instructionParts, stageParts } from '../../server/src/engine/parts';
import type { AnyRule, RuleContext, RuleScope, Visitor } from '../../server/src/engine/rule';
import { defaultRuleSettings } from '../../server/src/engine/ruleSettings';
import { Walker } from '../../server/src/engine/walk';
import type { KnowledgeBase } from '../../server/src/knowledge/knowledgeBase';
import { containsSpan, type Span } from '../../server/src/text/span';

/** What a rule has read outside of each scope. */
type Excess = Readonly<Record<RuleScope, ReadonlySet<string>>>;

/** The part that the rule is visiting. */
interface Place {
  readonly instruction: Instruction | undefined;
  readonly stage: Stage | undefined;
  readonly span: Readonly<Record<RuleScope, Span>>;
}

const NOWHERE = { start: 0, end: 0 };
/** Properties of an instruction or stage that depend only on its own text and the frame of the file. */
const OF_FRAME = new Set(['index', 'name', 'nameSpan', 'from', 'base', 'isFinal']);
const OUTSIDE = ['buildContext', 'shellCheck', 'imageScans', 'imagePlatforms', 'measured'] as const;

/** What a rule reads beyond its scope, in a text and in variants with other stages around it. */
export function readsBeyondScope(rule: AnyRule, text: string, knowledge: KnowledgeBase): readonly string[] {
  const { scope } = rule.meta;
  if (!scope) return [];
  const texts = [text, ...withOtherStages(text)];
  return [
    ...new Set(
      texts.flatMap((one) => [
        ...readsOf(rule, one, knowledge)[scope],
        ...(remembers(rule, scope, one, knowledge) ? ['what it keeps of other parts'] : []),
      ]),
    ),
  ];
}

/** True if a rule that has seen only one part of the file finds something else there. */
function remembers(rule: AnyRule, scope: RuleScope, text: string, knowledge: KnowledgeBase): boolean {
  const dockerfile = parseDockerfile(text);
  const found = (visit: (walker: Walker) => void): unknown[] => {
    const reports: unknown[] = [];
    const context = {
      dockerfile,
      knowledge,
      settings: defaultRuleSettings,
      report: (...one: unknown[]) => reports.push(one),
    };
    const visitor = rule.create(context as unknown as RuleContext<string>);
    const fail = (error: unknown) => {
      throw error;
    };
    visit(new Walker([{ visitor, fail }], new Interests([rule], scope)));
    return reports;
  };
  const parts = stageParts(dockerfile);
  const visits =
    scope === 'stage'
      ? parts.map((part) => (walker: Walker) => walker.visitStage(part))
      : dockerfile.instructions.map((node) => (walker: Walker) => walker.visit(node));
  const together = found((walker) => {
    for (const visit of visits) visit(walker);
  });
  return JSON.stringify(together) !== JSON.stringify(visits.flatMap(found));
}

/** Adds an unrelated stage above; below, a stage that is built from the last one, or one that copies from it. */
function withOtherStages(text: string): readonly string[] {
  const { stages, directives, globalArgs } = parseDockerfile(text);
  const last = stages.at(-1);
  if (!last || directives.length > 0 || globalArgs.length > 0) return [];
  const line = text.slice(last.from.span.start, last.from.span.end);
  const name = last.name ?? 'named-here';
  const named =
    last.name === undefined ? `${text.slice(0, last.from.span.end)} AS ${name}${text.slice(last.from.span.end)}` : text;
  const above = 'FROM debian:12 AS unrelated\nENV A=1\nRUN make curlrc gemrc\n';
  const below = `FROM ${name} AS child\nRUN rm -r /var/lib/apt/lists/* /root/.cache\n`;
  const beside = `${line} AS other\nCOPY --from=${name} / /\nRUN make\n`;
  return [`${above}${named.trimEnd()}\n${below}`, `${above}${named.trimEnd()}\n${beside}`];
}

/**
 * Runs one rule over a text and records what it reads of the model that could make it depend on more than its scope
 * allows. Sees each property of the file, of stages and of instructions, and how the file's text is searched.
 */
function readsOf(rule: AnyRule, text: string, knowledge: KnowledgeBase): Excess {
  const model = parseDockerfile(text);
  const excess = { instruction: new Set<string>(), stage: new Set<string>() };
  let place: Place = { instruction: undefined, stage: undefined, span: { instruction: NOWHERE, stage: NOWHERE } };
  const over = (scope: RuleScope, what: string) => excess[scope].add(what);
  const overBoth = (what: string) => {
    over('instruction', what);
    over('stage', what);
  };

  const noteModel = (key: string): void => {
    if (key === 'text' || key === 'escape' || key === 'directives') return;
    // The content of a stage is recorded where it is read.
    if (key === 'stages' || key === 'globalArgs' || key === 'comments') return;
    overBoth(`dockerfile.${key}`);
  };
  const noteStage = (stage: Stage, key: string): void => {
    if (OF_FRAME.has(key)) return;
    if (key === 'instructions' && place.stage && lineage(place.stage).includes(stage))
      over('instruction', 'stage.instructions');
    else if (key === 'instructions') overBoth('instructions of another stage');
    else overBoth(`stage.${key}`);
  };
  const noteInstruction = (node: Instruction): void => {
    const { instruction, stage } = place;
    if (node === instruction || node.trigger === instruction || node === instruction?.trigger) return;
    // FROM and global ARG belong to the frame of the file.
    if (node.keyword === 'FROM' || (node.keyword === 'ARG' && !node.stage)) return;
    const isBelow = stage && node.stage && lineage(stage).includes(node.stage);
    if (!isBelow) overBoth('an instruction of another stage');
    else if (!INHERITED.has(node.keyword)) over('instruction', 'another instruction');
  };
  const noteText = ({ start, end }: Span, how: string): void => {
    if (membrane.isInside()) return;
    // Independent of the current part: in another file the match would be elsewhere.
    if (end === Number.POSITIVE_INFINITY) overBoth(`text: ${how}`);
    for (const scope of ['instruction', 'stage'] as const)
      if (!containsSpan(place.span[scope], { start, end })) over(scope, `text: ${how}`);
  };

  const membrane = createMembrane(model, (target, key) => {
    if (target === model) noteModel(key);
    else if (isComment(target)) noteText(target.span, 'comment');
    else if (target instanceof InstructionNode) noteInstruction(target);
    else noteStage(target as Stage, key);
  });
  const context = {
    dockerfile: membrane.wrap(model),
    knowledge,
    settings: defaultRuleSettings,
    report() {},
  } as unknown as RuleContext<string>;
  for (const name of OUTSIDE)
    Object.defineProperty(context, name, {
      get: () => (isCreated ? undefined : void overBoth(`context.${name} in create`)),
    });
  // When it is read in a hook, the part is known.
  let isCreated = false;
  let visitor: Visitor | undefined;
  const visiting = {
    get visitor() {
      visitor ??= watched(rule.create(context));
      return visitor;
    },
    fail(error: unknown) {
      throw error;
    },
  };
  const watched = ({ instruction, command, stage, file }: Visitor): Visitor => {
    isCreated = true;
    if (stage) over('instruction', 'a hook for stages');
    if (file) overBoth('a hook for the file');
    return {
      ...(instruction ? { instruction: (node) => instruction(membrane.wrap(node)) } : {}),
      ...(command ? { command: (node, on) => command(node, membrane.wrap(on)) } : {}),
      ...(stage ? { stage: (node) => stage(membrane.wrap(node)) } : {}),
      ...(file ? { file: (node) => file(membrane.wrap(node)) } : {}),
    };
  };
  const interests = new Interests(
    [{ ...rule, meta: { ...rule.meta, scope: undefined } } as unknown as AnyRule],
    undefined,
  );
  const walker = new Walker([visiting], interests);
  const spans = new Map(instructionParts(model).map(({ instruction, span }) => [instruction, span]));
  const parts = stageParts(model);
  // The walk itself reads the scripts, from the model that is not watched.
  for (const { script, trigger } of model.instructions) void [script, trigger?.script];
  watchText(text, noteText, () => {
    for (const part of parts) {
      for (const instruction of part.instructions) {
        place = {
          instruction,
          stage: part.stage,
          span: { instruction: spans.get(instruction) ?? NOWHERE, stage: part.span },
        };
        walker.visit(instruction);
      }
      place = { instruction: part.stage?.from, stage: part.stage, span: { instruction: NOWHERE, stage: part.span } };
      walker.visitStage({ ...part, instructions: [] });
    }
    place = { instruction: undefined, stage: undefined, span: { instruction: NOWHERE, stage: NOWHERE } };
    walker.leaveFile(model);
  });
  return excess;
}

const INHERITED = new Set(['ARG', 'ENV', 'SHELL']);

/** Wraps instructions, stages and the file, and reports each property that is read. */
function createMembrane(model: DockerfileModel, tell: (target: object, key: string) => void) {
  const proxies = new WeakMap<object, object>();
  const targets = new WeakMap<object, object>();
  /** How many calls into the model are running: what the model itself reads does not count. */
  let depth = 0;
  const inside = <T>(work: () => T): T => {
    depth++;
    try {
      return work();
    } finally {
      depth--;
    }
  };
  const isSeen = (value: object): boolean =>
    value === model || value instanceof InstructionNode || isStage(value) || isComment(value);
  /** The length does not count as a read: a stage without instructions is one because of its FROM. */
  const lazily = (items: readonly unknown[], target: object, key: string): unknown =>
    new Proxy(items, {
      get(list, at) {
        if (at !== 'length') tell(target, key);
        return Reflect.get(list, at, list);
      },
    });
  const unwrap = (value: unknown): unknown =>
    (typeof value === 'object' && value !== null && targets.get(value)) || value;
  const wrapped = (value: object): unknown => {
    if (targets.has(value)) return value;
    const known = proxies.get(value);
    if (known) return known;
    let result: object = value;
    if (Array.isArray(value)) {
      if (value.some((item) => typeof item === 'object' && item !== null && isSeen(item))) result = value.map(wrap);
    } else if (isSeen(value)) {
      result = new Proxy(value, {
        get(target, key) {
          const isListed = isStage(target) && key === 'instructions';
          if (typeof key === 'string' && !isListed && !(isComment(target) && key === 'span')) tell(target, key);
          const read: unknown = inside(() => Reflect.get(target, key, target));
          if (isListed && Array.isArray(read)) return lazily(read.map(wrap), target, key);
          if (typeof read !== 'function') return wrap(read);
          return (...args: unknown[]) => wrap(inside(() => read.apply(target, args.map(unwrap))));
        },
      });
      targets.set(result, value);
    } else if ('stage' in value || 'definedAt' in value) {
      result = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, wrap(one)]));
    }
    proxies.set(value, result);
    return result;
  };
  const wrap = <T>(value: T): T => (typeof value === 'object' && value !== null ? (wrapped(value) as T) : value);
  return { wrap, isInside: () => depth > 0 };
}

function isStage(value: object): value is Stage {
  return 'usedBy' in value && 'isFinal' in value;
}

function isComment(value: object): value is Comment {
  return Object.keys(value).join() === 'text,span';
}

/** Reports which part of a text is read, as far as a string method or a pattern shows it. */
function watchText(text: string, tell: (span: Span, how: string) => void, work: () => void): void {
  const whole = { start: 0, end: Number.POSITIVE_INFINITY };
  const strings = String.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const patterns = RegExp.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const restore: (() => void)[] = [];
  const replace = (
    prototype: typeof strings,
    name: string,
    note: (self: unknown, args: readonly unknown[], result: unknown) => void,
  ): void => {
    const original = prototype[name];
    if (!original) return;
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: unknown, ...args: unknown[]) {
        const result = original.apply(this, args);
        note(this, args, result);
        return result;
      },
    });
    restore.push(() => Object.defineProperty(prototype, name, { configurable: true, writable: true, value: original }));
  };
  const isWhole = (value: unknown): boolean => {
    const length = typeof value === 'string' || value instanceof String ? value.length : -1;
    return length === text.length && String(value) === text;
  };
  const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
  const onText = (name: string, spanOf: (args: readonly unknown[], result: unknown) => Span | undefined): void =>
    replace(strings, name, (self, args, result) => {
      if (!isWhole(self)) return;
      const span = spanOf(args, result);
      if (span) tell(span, name);
    });
  for (const name of ['split', 'match', 'matchAll', 'search', 'replace', 'replaceAll', 'trim', 'trimEnd', 'endsWith'])
    onText(name, () => whole);
  // Line endings are the same in the whole file.
  onText('includes', ([what]) => (what === '\r\n' ? undefined : whole));
  onText('slice', ([from, to]) => {
    const [start, end] = [number(from, 0), number(to, Number.POSITIVE_INFINITY)];
    return end > start ? { start, end } : undefined;
  });
  onText('indexOf', ([, from], result) => {
    const start = number(from, 0);
    return { start, end: result === -1 ? text.length : Number(result) };
  });
  onText('lastIndexOf', ([, from], result) => {
    const end = Math.min(number(from, text.length), text.length);
    return Number(result) + 1 >= end ? undefined : { start: Number(result) + 1, end };
  });
  onText('startsWith', ([what, from]) => {
    const start = number(from, 0);
    return { start, end: Math.min(start + String(what).length, text.length) };
  });
  for (const name of ['exec', 'test'])
    replace(patterns, name, (_, [value]) => {
      if (isWhole(value)) tell(whole, 'pattern');
    });
  try {
    work();
  } finally {
    for (const undo of restore) undo();
  }
}
