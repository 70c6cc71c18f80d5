import type { DockerfileModel } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { EffectiveConfig } from '../engine/config';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { type Phrase, phrase } from '../l10n/phrase';
import type { MessageData } from '../l10n/placeholders';
import type { TextEdit } from '../text/edits';
import type { CacheMounts, Level } from './levels';
import type { NewFile } from './plan';

/** A change of the whole file that no single finding asks for. One transform = one file in transforms/. */
export interface Transform {
  /** kebab-case = file name. */
  readonly id: string;
  readonly safety: 'safe' | 'unsafe';
  /** The lowest level that it belongs to. */
  readonly level: Level;
  /** Rules whose findings it is about as well: where it is left out, its reason stands for theirs. */
  readonly answers?: readonly string[];
  /** What it would do; a refusal when it was considered and something speaks against it; undefined when there is nothing for it here. */
  propose(site: TransformSite): Proposal | Refusal | undefined;
}

export interface TransformSite {
  readonly dockerfile: DockerfileModel;
  readonly knowledge: KnowledgeBase;
  readonly buildContext: BuildContext | undefined;
  readonly config: EffectiveConfig | undefined;
  readonly cacheMounts: CacheMounts;
  /** Docker on this machine builds with BuildKit. */
  readonly hasBuildKit: boolean;
  readonly comment: WriteComment;
}

/** The line of a comment in the language of the file's comments; none where the user wants none. */
export type WriteComment = (text: Phrase) => readonly string[];

export interface Proposal {
  readonly title: Phrase;
  /** Why: one or two sentences for a person. */
  readonly reason: Phrase;
  /** What could break; undefined when nothing that is known. */
  readonly risk?: Phrase;
  readonly edits: readonly TextEdit[];
  /** Files beside the Dockerfile that belong to the same step. */
  readonly files?: readonly NewFile[];
}

/** Why nothing is done, in words for a person. */
export interface Guard {
  readonly guard: Phrase;
}

/** A step that was considered, and why it is not taken. */
export interface Refusal extends Guard {
  readonly title: Phrase;
}

export function refuse(english: string, data?: MessageData): Guard {
  return { guard: phrase(english, data) };
}

export function isGuard<T extends Guard>(answer: T | object | string | undefined): answer is T {
  return typeof answer === 'object' && 'guard' in answer;
}
