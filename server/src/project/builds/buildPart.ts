import type { ServiceRun } from '../../engine/serviceRun';

/** A text, or null when it depends on an environment or a program. */
export type Known = string | null;

/** What one service or target defines for a build, before others are merged into it. */
export interface BuildPart {
  readonly context?: Known;
  /** Relative to the context. */
  readonly dockerfile?: Known;
  /** The service or target that the Dockerfile is inline in. */
  readonly inlineIn?: string;
  readonly target?: Known;
  /** Null when they depend on an environment or a program. */
  readonly platforms?: readonly string[] | null;
  readonly args: ReadonlyMap<string, Known>;
  /** Names of additional contexts, which replace images and stages. */
  readonly contexts: ReadonlySet<string>;
  /** How Compose runs the image. */
  readonly services?: readonly ServiceRun[];
}

/** A part that defines nothing. */
export const NO_PART: BuildPart = { args: new Map(), contexts: new Set() };

/** Who builds: messages name it, and `--target-of`. */
export interface Owner {
  readonly kind: 'service' | 'target' | 'devcontainer';
  readonly name: string;
  /** The Compose file that defines or changes the service, beside the main one. */
  readonly file?: string;
}

/** How one service or target builds. */
export interface OwnBuild {
  readonly owner: Owner;
  readonly part: BuildPart;
}

/** A build of a Dockerfile as a file of the project defines it. */
export interface NamedBuild {
  readonly owner: Owner;
  /** Relative to the folder of the file that defines it. */
  readonly context: string;
  /** Relative to the context, or to the file that defines the build. */
  readonly dockerfile: string;
  readonly isBesideFile?: true;
  /** Undefined when no target is given. */
  readonly target: Known | undefined;
  readonly platforms?: readonly string[] | null;
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

/** An empty object for an undefined value, so that merging keeps the lower value. */
export function present(key: 'context' | 'dockerfile' | 'target', value: Known | undefined): Partial<BuildPart> {
  return value === undefined ? {} : { [key]: value };
}

/** Undefined for a build without a Dockerfile in the project. */
export function toNamedBuild(part: BuildPart, owner: Owner): NamedBuild | undefined {
  const { context = '.', dockerfile = 'Dockerfile', inlineIn, target, platforms, args, contexts, services } = part;
  if (context === null || dockerfile === null || inlineIn !== undefined || !isLocal(context)) return undefined;
  return {
    owner,
    context,
    dockerfile,
    target: target === '' ? undefined : target,
    args,
    contexts,
    ...(platforms === undefined ? {} : { platforms }),
    ...(services ? { services } : {}),
  };
}

/** Contexts can also be repositories, archives and other targets. */
export function isLocal(context: string): boolean {
  return context !== '' && !/^(?:[a-z][\w+.-]+:|[\w.-]+@[\w.-]+:|github\.com\/|-$|~)/i.test(context);
}
