import type { ServiceRun } from '../../engine/serviceRun';

/** A text, or null where it cannot be known without an environment or a program. */
export type Known = string | null;

/** What one service or target says of a build, before others are laid over it. */
export interface BuildPart {
  readonly context?: Known;
  /** From the context. */
  readonly dockerfile?: Known;
  /** The Dockerfile stands in the file itself. */
  readonly isInline?: boolean;
  readonly target?: Known;
  readonly args: ReadonlyMap<string, Known>;
  /** Names of contexts beside the main one, which stand for images and stages. */
  readonly contexts: ReadonlySet<string>;
  /** How Compose runs it. */
  readonly services?: readonly ServiceRun[];
}

/** What says nothing. */
export const NO_PART: BuildPart = { args: new Map(), contexts: new Set() };

/** How a file of a project says that a Dockerfile is built. */
export interface NamedBuild {
  /** From the folder of the file that names it. */
  readonly context: string;
  /** From the context. */
  readonly dockerfile: string;
  /** Undefined: none is given. */
  readonly target: Known | undefined;
  readonly args: ReadonlyMap<string, Known>;
  readonly contexts: ReadonlySet<string>;
  readonly services?: readonly ServiceRun[];
}

export function layOver(base: BuildPart, over: BuildPart): BuildPart {
  return {
    ...base,
    ...over,
    args: new Map([...base.args, ...over.args]),
    contexts: new Set([...base.contexts, ...over.contexts]),
    ...servicesOf(base.services, over.services),
  };
}

function servicesOf(
  base: readonly ServiceRun[] | undefined,
  over: readonly ServiceRun[] | undefined,
): Pick<BuildPart, 'services'> {
  return base || over ? { services: [...(base ?? []), ...(over ?? [])] } : {};
}

/** Nothing where nothing is said: what is laid over keeps what lies below. */
export function present(key: 'context' | 'dockerfile' | 'target', value: Known | undefined): Partial<BuildPart> {
  return value === undefined ? {} : { [key]: value };
}

/** Undefined for what is built from no file of the project. */
export function toNamedBuild(part: BuildPart): NamedBuild | undefined {
  const { context = '.', dockerfile = 'Dockerfile', isInline, target, args, contexts, services } = part;
  if (context === null || dockerfile === null || isInline || !isLocal(context)) return undefined;
  return {
    context,
    dockerfile,
    target: target === '' ? undefined : target,
    args,
    contexts,
    ...(services ? { services } : {}),
  };
}

/** Contexts may be repositories, archives and other targets, too. */
function isLocal(context: string): boolean {
  return context !== '' && !/^(?:[a-z][\w+.-]+:|[\w.-]+@[\w.-]+:|github\.com\/|-$|~)/i.test(context);
}
