import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { RuleDocs } from '../l10n/language';
import type { Phrase } from '../l10n/phrase';
import type { ShellCommand } from '../shell/script';
import type { TextEdit } from '../text/edits';
import type { Span } from '../text/span';
import type { BuildContext } from './buildContext';
import type { ImagePlatforms } from './imagePlatforms';
import type { ImageScans } from './imageScans';
import type { MeasuredWaste } from './measured';
import type { RuleSettings } from './ruleSettings';
import type { ShellCheck } from './shellCheck';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export type RuleGroup = 'correctness' | 'security' | 'size' | 'cache' | 'reproducibility' | 'maintainability' | 'style';

/**
 * safe: the built image is the same except for its size and metadata that no one reads.
 * unsafe: it may change behavior, so a person must choose it.
 * manual: advice only, never an edit.
 */
export type FixSafety = 'safe' | 'unsafe' | 'manual';

export interface Fix {
  /** Already localized, as a command. */
  readonly title: string;
  readonly safety: FixSafety;
  /** Atomic: all or none. Sorted, without overlaps; empty when `manual`. */
  readonly edits: readonly TextEdit[];
  /** What the configuration says about fixes of this rule: see `FixChoice`. */
  readonly choice?: 'always' | 'explicit';
  /**
   * Per pass, at most one fix with the same value is applied: the offset of the instruction that it changes, or a name.
   */
  readonly isolation?: number | string;
}

export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  /**
   * The code of this finding in another tool, such as `SC2086`: it can be configured and ignored by this code as well
   * as by the rule's id.
   */
  readonly code?: string;
  /** Which of the rule's aliases it is, where the rule stands for several checks of one tool. */
  readonly alias?: string;
  /** Already localized. */
  readonly message: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly related: readonly { readonly message: string; readonly span: Span }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** [0] is preferred; at most one is safe. */
  readonly fixes: readonly Fix[];
  /** The rule, if a configuration defines it: no list of ours has it. */
  readonly customRule?: RuleMeta;
  readonly impact?: Impact;
}

/** Estimates; negative bytes are savings. */
export interface Impact {
  readonly bytes?: number;
}

/**
 * What the findings in a part of the file may depend on. They are not computed again until some of it changes.
 * instruction: the instruction with the blanks and comments around it; the variables and SHELL that it inherits, from
 * above it in its stage and from the stages that this one is built FROM; all FROMs, the ARGs before the first one, and
 * the directives.
 * stage: the text of its stage and of the stages that it is built FROM, and the same FROMs, ARGs and directives.
 * A rule must read everything outside the file, such as the build context, from its context when needed, not in
 * `create`: findings in a part that used it are not remembered.
 */
export type RuleScope = 'instruction' | 'stage';

/**
 * recommended: also in plans of that level: the fix is guarded, or can break only what a build or a start would show.
 * all-without-context: in plans of level `all` where the files beside the Dockerfile are unknown; otherwise a transform
 * reads them.
 * never: no file shows whether the image still builds and behaves the same. The other side of a connection may not
 * cooperate, a build that used to continue may stop, a running program may miss something, or the intention is a guess.
 * The fix stays a quick fix, and the plan lists it as left to a person.
 */
export type UnsafeIn = 'recommended' | 'all-without-context' | 'never';

/**
 * Steps of a plan that look at more than one instruction, between the optimizer's own steps (`optimizer/order.ts`).
 * installs: how dependencies are installed, before installs move.
 * manifests: dependencies before the sources.
 * cleaning: caches and bases of stages, once it is known which stages are discarded.
 * joining: RUNs.
 * lists: package lists, once each RUN is final.
 * user: the user, once every instruction is in its final place.
 */
export type Phase = 'installs' | 'manifests' | 'cleaning' | 'joining' | 'lists' | 'user';

/** What a rule changes of the layout; projects may turn some of it off, and sorting on. */
export type Formatting = 'layout' | 'trailing-blanks' | 'last-line' | 'order-of-packages';

export interface RuleMeta<MessageId extends string = string> {
  /** In kebab-case, the same as the file name. */
  readonly id: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  /** On in the `recommended` preset. */
  readonly recommended: boolean;
  /** The version that introduced it. */
  readonly since: string;
  /** Its ids in other tools: `DL3008`, `CKV_DOCKER_9`, `DS-0029`, BuildKit's names. */
  readonly aliases: readonly string[];
  /** The most that it looks at: see `RuleScope`. The whole file when omitted. */
  readonly scope?: RuleScope;
  /** The least safe kind of fix that it may give; undefined when it has no fix at all. */
  readonly fixable?: FixSafety;
  /**
   * The plans of Optimize Dockerfile that include its unsafe fixes: see `UnsafeIn`. Those of level `all` when omitted.
   */
  readonly unsafeIn?: UnsafeIn;
  /**
   * mends: its fix also removes a waste that was measured for the same instruction. reports: it reports such wastes.
   */
  readonly waste?: 'mends' | 'reports';
  /** Its safe fix changes only the layout (letter case, blanks and line breaks), so that formatting applies it. */
  readonly formats?: Formatting;
  /**
   * When the optimizer applies its fixes: see `Phase`. When omitted, together with the small fixes, before all others.
   */
  readonly phase?: Phase;
  /** Messages and fix titles; `{placeholders}` come from `data`. */
  readonly messages: Readonly<Record<MessageId, string>>;
  /** By message: the title of a manual fix for a report without a fix. It says what to write. */
  readonly advice?: Readonly<Partial<Record<NoInfer<MessageId>, NoInfer<MessageId>>>>;
  readonly tags?: Finding['tags'];
  /** A configuration defines it. Its page, if it has one, is the first reference in its docs. */
  readonly isCustom?: true;
  /** In English: `engine.docsOf` has it in the language of the user. */
  readonly docs: RuleDocs;
}

/** The values for the `{placeholders}` of a message. Words are a phrase; a name from the file is not. */
export type ReportData = Readonly<Record<string, string | number | Phrase>>;

/** A fix as a rule gives it: the title is a message id, filled with the data of the report and of the fix. */
export interface FixDraft<MessageId extends string> {
  readonly title: MessageId;
  readonly data?: ReportData;
  readonly safety: FixSafety;
  readonly edits?: readonly TextEdit[];
  readonly isolation?: number | string;
}

export interface ReportExtra<MessageId extends string> {
  readonly code?: string | undefined;
  readonly alias?: string | undefined;
  /** Replaces the rule's severity, unless the configuration sets one. */
  readonly severity?: Severity;
  readonly data?: ReportData;
  readonly fix?: FixDraft<MessageId> | readonly FixDraft<MessageId>[] | undefined;
  readonly related?: readonly { readonly messageId: MessageId; readonly span: Span; readonly data?: ReportData }[];
  readonly impact?: Impact | undefined;
}

export interface RuleContext<MessageId extends string> {
  readonly dockerfile: DockerfileModel;
  readonly knowledge: KnowledgeBase;
  /** The files beside the Dockerfile; undefined when they are unknown. */
  readonly buildContext: BuildContext | undefined;
  readonly settings: RuleSettings;
  /** Undefined where ShellCheck is not used. */
  readonly shellCheck: ShellCheck | undefined;
  /** Undefined where no scanner is available. */
  readonly imageScans: ImageScans | undefined;
  /** Undefined where no registry may be asked. */
  readonly imagePlatforms: ImagePlatforms | undefined;
  /** Undefined until an image was built from this text. */
  readonly measured: readonly MeasuredWaste[] | undefined;
  report(at: Span, messageId: MessageId, extra?: ReportExtra<MessageId>): void;
}

/** All hooks of all rules run in a single walk over the file. */
export interface Visitor {
  /** Also called for the trigger inside an ONBUILD, after the ONBUILD itself. */
  instruction?(node: Instruction): void;
  /** `on`: the instruction whose script contains the command. */
  command?(node: ShellCommand, on: Instruction): void;
  /** After the stage's instructions. */
  stage?(node: Stage): void;
  /** After all others. */
  file?(node: DockerfileModel): void;
}

/**
 * Everything that a rule looks at, if that is little. Its hooks are called for nothing else, and those for stages and
 * files never. In a file without any of it, the rule costs nothing.
 */
export interface Visits {
  /** For `instruction`: keywords in upper case. */
  readonly keywords?: readonly string[];
  /** For `command`: programs that RUN calls; `pip` also includes `python -m pip` and the like. */
  readonly tools?: readonly string[];
}

export interface Rule<MessageId extends string = string> {
  readonly meta: RuleMeta<MessageId>;
  readonly visits?: Visits;
  create(context: RuleContext<MessageId>): Visitor;
}

/** A rule of unknown message ids, as in registries. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds rules of any message ids; report() makes the parameter contravariant
export type AnyRule = Rule<any>;

export function defineRule<const MessageId extends string>(rule: Rule<MessageId>): Rule<MessageId> {
  return rule;
}
