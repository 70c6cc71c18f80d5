import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { RuleDocs } from '../l10n/language';
import type { Phrase } from '../l10n/phrase';
import type { ShellCommand } from '../shell/script';
import type { TextEdit } from '../text/edits';
import type { Span } from '../text/span';
import type { BuildContext } from './buildContext';
import type { ImageScans } from './imageScans';
import type { MeasuredWaste } from './measured';
import type { RuleSettings } from './ruleSettings';
import type { ShellCheck } from './shellCheck';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export type RuleGroup = 'correctness' | 'security' | 'size' | 'cache' | 'reproducibility' | 'maintainability' | 'style';

/**
 * safe: the built image is the same but for size and metadata nobody reads.
 * unsafe: it may change behavior; a person chooses it.
 * manual: explained only, never an edit.
 */
export type FixSafety = 'safe' | 'unsafe' | 'manual';

export interface Fix {
  /** Already localized, in the imperative. */
  readonly title: string;
  readonly safety: FixSafety;
  /** Atomic: all or none. Sorted, not overlapping; empty when `manual`. */
  readonly edits: readonly TextEdit[];
  /** At most one applied fix a pass for each: where the instruction begins that it changes, or a name. */
  readonly isolation?: number | string;
}

export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  /** What another tool calls this very finding, such as `SC2086`: configured and ignored by it as by the rule's id. */
  readonly code?: string;
  /** Already localized. */
  readonly message: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly related: readonly { readonly message: string; readonly span: Span }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** [0] is preferred; at most one is safe. */
  readonly fixes: readonly Fix[];
  readonly impact?: Impact;
}

/** Estimates; negative bytes are saved. */
export interface Impact {
  readonly bytes?: number;
}

/**
 * What the findings in a part of the file may depend on. While none of it changes they are not looked for again.
 * instruction: the instruction and the blanks and comments around it; what it inherits: variables and SHELL above it
 * in its stage and in the stages below; all FROMs, the ARGs before the first, and the directives.
 * stage: the text of its stage and of the stages below, and the same FROMs, ARGs and directives.
 * What is not in the file, such as the build context, is taken out of the rule's context where it is needed, not in
 * `create`: findings in a part for which it was asked are not kept.
 */
export type RuleScope = 'instruction' | 'stage';

/**
 * recommended: also plans of that level: the fix is guarded, or breaks nothing that a build or a start would not show.
 * all-without-context: those of level `all` where the files beside the Dockerfile are not known; else a transform asks them.
 * never: whether the image still builds and does the same, no file tells: the other side of a connection may not play
 * along, a build that went on may stop, something that runs may be missed, or what was meant is a guess. The fix stays a
 * quick fix, and the plan names it as left for a person.
 */
export type UnsafeIn = 'recommended' | 'all-without-context' | 'never';

/**
 * Steps of a plan that look at more than one instruction, between the optimizer's own (`optimizer/order.ts`):
 * installs: how dependencies are installed, before installs move. manifests: dependencies before the sources.
 * cleaning: caches and bases of stages, once it is known which are thrown away. joining: RUNs. lists: package lists, once
 * each RUN is what it will be. user: who runs, once everything stands where it stays.
 */
export type Phase = 'installs' | 'manifests' | 'cleaning' | 'joining' | 'lists' | 'user';

export interface RuleMeta<MessageId extends string = string> {
  /** kebab-case = file name. */
  readonly id: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  /** On in the `recommended` preset. */
  readonly recommended: boolean;
  /** The version it came with. */
  readonly since: string;
  /** Ids it goes by elsewhere: `DL3008`, `CKV_DOCKER_9`, `DS-0029`, BuildKit's names. */
  readonly aliases: readonly string[];
  /** What it looks at, at most: see `RuleScope`. The whole file when left out. */
  readonly scope?: RuleScope;
  /** The strongest level it may emit; undefined when it has no fix at all. */
  readonly fixable?: FixSafety;
  /** The plans of Optimize Dockerfile that take its unsafe fixes: see `UnsafeIn`. Those of level `all` when left out. */
  readonly unsafeIn?: UnsafeIn;
  /** mends: its fix also answers a waste that was measured for the same instruction. reports: it tells of such wastes. */
  readonly waste?: 'mends' | 'reports';
  /** When the optimizer applies its fixes: see `Phase`. With the small repairs, before all others, when left out. */
  readonly phase?: Phase;
  /** Messages and fix titles; `{placeholders}` come from `data`. */
  readonly messages: Readonly<Record<MessageId, string>>;
  readonly tags?: Finding['tags'];
  /** Bundles are without it: `engine.docsOf` has it. */
  readonly docs: RuleDocs;
}

/** What stands for the `{placeholders}` of a message. Words are a phrase; a name out of the file is not. */
export type ReportData = Readonly<Record<string, string | number | Phrase>>;

/** A fix as a rule gives it: its title is a message id, filled with the report's data and its own. */
export interface FixDraft<MessageId extends string> {
  readonly title: MessageId;
  readonly data?: ReportData;
  readonly safety: FixSafety;
  readonly edits?: readonly TextEdit[];
  readonly isolation?: number | string;
}

export interface ReportExtra<MessageId extends string> {
  readonly code?: string | undefined;
  /** Instead of the rule's own, where the configuration leaves that as it is. */
  readonly severity?: Severity;
  readonly data?: ReportData;
  readonly fix?: FixDraft<MessageId> | readonly FixDraft<MessageId>[] | undefined;
  readonly related?: readonly { readonly messageId: MessageId; readonly span: Span; readonly data?: ReportData }[];
  readonly impact?: Impact | undefined;
}

export interface RuleContext<MessageId extends string> {
  readonly dockerfile: DockerfileModel;
  readonly knowledge: KnowledgeBase;
  /** The files beside the Dockerfile; undefined when they are not known. */
  readonly buildContext: BuildContext | undefined;
  readonly settings: RuleSettings;
  /** Undefined where the program is not used. */
  readonly shellCheck: ShellCheck | undefined;
  /** Undefined where no scanner is at hand. */
  readonly imageScans: ImageScans | undefined;
  /** Undefined while no image was built from this text. */
  readonly measured: readonly MeasuredWaste[] | undefined;
  report(at: Span, messageId: MessageId, extra?: ReportExtra<MessageId>): void;
}

/** All hooks of all rules run in one walk over the file. */
export interface Visitor {
  /** Also for the trigger inside an ONBUILD, after the ONBUILD itself. */
  instruction?(node: Instruction): void;
  /** `on`: the instruction whose script holds the command. */
  command?(node: ShellCommand, on: Instruction): void;
  /** After the stage's instructions. */
  stage?(node: Stage): void;
  /** After all others. */
  file?(node: DockerfileModel): void;
}

/**
 * All that a rule looks at, where that is little: its hooks are called for nothing else, those for stages and files
 * never, and in a file without it the rule costs nothing.
 */
export interface Visits {
  /** Of `instruction`: keywords, in capitals. */
  readonly keywords?: readonly string[];
  /** Of `command`: programs that RUN calls; `pip` also stands for `python -m pip` and the like. */
  readonly tools?: readonly string[];
}

export interface Rule<MessageId extends string = string> {
  readonly meta: RuleMeta<MessageId>;
  readonly visits?: Visits;
  create(context: RuleContext<MessageId>): Visitor;
}

/** A rule whose message ids are not known, as registries hold them. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds rules of any message ids; report() makes the parameter contravariant
export type AnyRule = Rule<any>;

export function defineRule<const MessageId extends string>(rule: Rule<MessageId>): Rule<MessageId> {
  return rule;
}
