import type { Aspect } from '../engine/verifySettings';
import type { EngineKind } from './outcome';

/** What a program in an image does, as far as it can be seen from outside. */
export interface Observation {
  /** Undefined: it still ran when the probe ended. */
  readonly exitCode: number | undefined;
  /** From the start to the first port that listens, or to health; undefined: neither came. */
  readonly readyMs: number | undefined;
  /** From the start to its exit, or to the last look at it. */
  readonly watchedMs: number;
  /** `healthy`, `unhealthy` or `starting`; undefined: the image has no health check. */
  readonly health: string | undefined;
  /** False: no image with a shell was there to look at its ports. */
  readonly isNetworkSeen: boolean;
  readonly ports: readonly ListeningPort[];
  readonly answers: readonly HttpAnswer[];
  /** False: the log is so long that its first lines are missing. */
  readonly isLogWhole: boolean;
  /** Lines of standard output, with times, ids and addresses replaced. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Errors in the log that changes to an image usually cause. */
  readonly errors: readonly LogCause[];
  /** As in USER; empty: root. */
  readonly user: string;
  /** Files that it has written. */
  readonly written: readonly string[];
  /** How it ended on SIGTERM; undefined: that was not tried. */
  readonly stop: StopResult | undefined;
  /** What starts with other arguments did. */
  readonly calls: readonly CallResult[];
  /** What the user's own command on the image did; undefined: there is none. */
  readonly command: { readonly exitCode: number } | undefined;
}

export interface ListeningPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Only programs in the same container reach it. */
  readonly isLoopback: boolean;
}

export interface HttpAnswer {
  /** `GET :8000/items` */
  readonly request: string;
  /** 0: no answer. */
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Whether it is what the configuration wants; undefined: it wants nothing but the same. */
  readonly isWanted?: boolean;
}

export interface CallResult {
  readonly args: readonly string[];
  /** Undefined: it still ran when the probe ended. */
  readonly exitCode: number | undefined;
  readonly stdout: readonly string[];
  /** From the start to its exit, or to the last look at it. */
  readonly milliseconds: number;
}

export interface StopResult {
  /** It did not end in time. */
  readonly isKilled: boolean;
  readonly exitCode: number;
  readonly milliseconds: number;
}

/** Something that an image does differently, in words for a person. */
export interface Difference {
  readonly aspect: Aspect;
  readonly text: string;
  /** The part of an answer or of the output that differs. */
  readonly before?: string;
  readonly after?: string;
  /** What the log says of the cause. */
  readonly cause?: LogCause;
}

/** An error in a log that changes to an image usually cause. */
export interface LogCause {
  readonly kind: 'write' | 'program' | 'library' | 'module' | 'file' | 'certificates' | 'memory';
  /** The line of the log. */
  readonly line: string;
  /** The path, program or module that it names. */
  readonly subject?: string;
}

/** Figures of one image. */
export interface ImageFacts {
  /** Unpacked size of all layers; undefined, like the next two, if the engine can only build. */
  readonly bytes?: number;
  readonly layers?: number;
  /** As in USER; empty: root. */
  readonly user?: string;
  /** Layers from the cache of earlier builds count as nothing. */
  readonly buildMs: number;
  /** After a changed source file; undefined: there is none. */
  readonly rebuildMs?: number;
  /** From the start until it listens or is healthy; undefined: it does neither. */
  readonly readyMs?: number;
  /** How it ended on SIGTERM; undefined: that was not tried. */
  readonly stop?: StopResult;
}

export interface VerifiedStep {
  readonly id: string;
  readonly title: string;
  /**
   * `built`: the image builds, and the probe saw nothing of what it does. `untouched`: the probe compares nothing that the
   * step changes.
   */
  readonly state: 'proven' | 'untouched' | 'built' | 'dropped';
  /** Why it was dropped. */
  readonly differences?: readonly Difference[];
  /** What to write in the configuration, so that the next plan is right. */
  readonly advice?: Advice;
}

/** One value of a list in `optimize`; `fix`: a rule that is not fixed. */
export interface Advice {
  readonly key: 'without' | 'writes' | 'needs' | 'fix';
  readonly value: string;
}

/** The result of building and running an image before and after a plan. */
export interface Verification {
  readonly engine: EngineKind;
  /** ISO 8601 */
  readonly verifiedAt: string;
  readonly before: ImageFacts;
  /** Undefined: no step is left. */
  readonly after?: ImageFacts;
  readonly steps: readonly VerifiedStep[];
  /** What both images do alike, in words for a person. */
  readonly same: readonly string[];
  /** Why behavior could not be proven; undefined: it is proven. */
  readonly unproven?: string;
  /** How many images were built to find the steps that change behavior. */
  readonly builds: number;
}
