/** The flags of all instructions, as of Dockerfile syntax 1.26 (https://docs.docker.com/reference/dockerfile/). */

export interface FlagFacts {
  readonly value: 'boolean' | 'duration' | 'count' | 'choice' | 'mount' | 'text';
  /** For `choice`: all that there are. */
  readonly choices?: readonly string[];
  /** `--name` alone is allowed. */
  readonly isValueOptional?: boolean;
  readonly isRepeatable?: boolean;
  /** The minor versions of syntax 1 that brought it: in the stable channel, and before that in labs. */
  readonly since?: { readonly stable?: number; readonly labs?: number };
}

const CHOWN: FlagFacts = { value: 'text' };
const CHMOD: FlagFacts = { value: 'text', since: { stable: 2 } };
const LINK: FlagFacts = { value: 'boolean', isValueOptional: true, since: { stable: 4 } };
const EXCLUDE: FlagFacts = { value: 'text', isRepeatable: true, since: { stable: 19, labs: 7 } };
const DURATION: FlagFacts = { value: 'duration' };

export const FLAGS: Readonly<Record<string, Readonly<Record<string, FlagFacts>>>> = {
  ADD: {
    chown: CHOWN,
    chmod: CHMOD,
    link: LINK,
    checksum: { value: 'text', since: { stable: 6 } },
    'keep-git-dir': { value: 'boolean', isValueOptional: true, since: { stable: 1 } },
    unpack: { value: 'boolean', isValueOptional: true, since: { stable: 17 } },
    exclude: EXCLUDE,
  },
  COPY: {
    from: { value: 'text' },
    chown: CHOWN,
    chmod: CHMOD,
    link: LINK,
    parents: { value: 'boolean', isValueOptional: true, since: { stable: 20, labs: 7 } },
    exclude: EXCLUDE,
  },
  FROM: { platform: { value: 'text' } },
  HEALTHCHECK: {
    interval: DURATION,
    timeout: DURATION,
    'start-period': DURATION,
    'start-interval': DURATION,
    retries: { value: 'count' },
  },
  RUN: {
    mount: { value: 'mount', isRepeatable: true, since: { stable: 2 } },
    network: { value: 'choice', choices: ['default', 'none', 'host'], since: { stable: 3 } },
    security: {
      value: 'choice',
      choices: ['sandbox', 'insecure'],
      isValueOptional: true,
      since: { stable: 20, labs: 1 },
    },
    device: { value: 'text', isRepeatable: true, since: { labs: 14 } },
  },
};

/** The flag of an instruction; undefined when the instruction has no such flag. */
export function flagFacts(keyword: string, name: string): FlagFacts | undefined {
  const flags = FLAGS[keyword];
  return flags && Object.hasOwn(flags, name) ? flags[name] : undefined;
}

/** The version of the syntax that brought a flag, as in `# syntax=docker/dockerfile:1.4`. */
export function broughtBy({ stable, labs }: NonNullable<FlagFacts['since']>): string {
  return stable === undefined ? `1.${labs}-labs` : `1.${stable}`;
}

const ID = ['id'];
const TARGET = ['target'];
const OWNER = ['mode', 'uid', 'gid'];

/** The types of `RUN --mount` with their options, without synonyms; the ones that nearly every mount has come first. */
export const MOUNT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  bind: [...TARGET, 'source', 'from', 'rw'],
  cache: [...TARGET, ...ID, 'sharing', 'ro', 'from', 'source', ...OWNER],
  tmpfs: [...TARGET, 'size'],
  secret: [...ID, ...TARGET, 'env', 'required', ...OWNER],
  ssh: [...ID, ...TARGET, 'required', ...OWNER],
};

/** Values of the option `sharing` of a cache. */
export const SHARING = ['shared', 'private', 'locked'];
