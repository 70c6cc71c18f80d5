import type { DockerfileModel } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { EffectiveConfig } from '../engine/config';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { type Phrase, phrase } from '../l10n/phrase';
import type { MessageData } from '../l10n/placeholders';
import type { TextEdit } from '../text/edits';
import type { CacheMounts, Level } from './levels';
import type { NewFile } from './plan';

/** A change to the whole file that no single finding asks for. One file in transforms/ per transform. */
export interface Transform {
  /** In kebab case; the file name is the same in camel case. */
  readonly id: string;
  readonly safety: 'safe' | 'unsafe';
  /** The lowest level that includes it. */
  readonly level: Level;
  /** Rules whose findings it also resolves: if it is skipped, its reason is shown for theirs. */
  readonly answers?: readonly string[];
  /** What it would do; a refusal if something prevents it; undefined if there is nothing to do. */
  propose(site: TransformSite): Proposal | Refusal | undefined;
}

export interface TransformSite {
  readonly dockerfile: DockerfileModel;
  readonly knowledge: KnowledgeBase;
  readonly buildContext: BuildContext | undefined;
  readonly config: EffectiveConfig | undefined;
  /** The project builds the last stage by its name. */
  readonly isNamed: boolean;
  /** The file is created now: no image exists that the new one has to agree with. */
  readonly isNew: boolean;
  readonly level: Level;
  readonly cacheMounts: CacheMounts;
  /** Docker on this machine builds with BuildKit. */
  readonly hasBuildKit: boolean;
  readonly comment: WriteComment;
}

/** The lines of a comment in the language of the file's comments; empty if the user wants none. */
export type WriteComment = (text: Phrase) => readonly string[];

export interface Proposal {
  readonly title: Phrase;
  /** One or two sentences for the user. */
  readonly reason: Phrase;
  /** What could break; undefined if nothing is known. */
  readonly risk?: Phrase;
  readonly edits: readonly TextEdit[];
  /** Files next to the Dockerfile that belong to the same step. */
  readonly files?: readonly NewFile[];
  /** Another program answers, which logs other lines and writes other files. */
  readonly replacesProgram?: true;
}

/** Why nothing is done, for the user. */
export interface Guard {
  readonly guard: Phrase;
}

/** A step that was considered, and why it is skipped. */
export interface Refusal extends Guard {
  readonly title: Phrase;
}

export function refuse(english: string, data?: MessageData): Guard {
  return { guard: phrase(english, data) };
}

export function isGuard<T extends Guard>(answer: T | object | string | undefined): answer is T {
  return typeof answer === 'object' && 'guard' in answer;
}
