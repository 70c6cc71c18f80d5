import type { Comment, DockerfileModel } from '../dockerfile/model';
import { containsSpan, type Span } from '../text/span';
import type { Finding } from './rule';
import type { RuleNames } from './ruleNames';
import { type Expiry, hasEnded, readTerms, readTrivyExpiry, type Terms } from './suppressionTerms';

/** The tool that defines the comment: this one, or another tool. */
export type SuppressionTool = 'own' | 'hadolint' | 'buildkit' | 'checkov' | 'trivy';

export type SuppressionReach = 'instruction' | 'stage' | 'file';

/** A comment that suppresses rules in a part of the file. */
export interface Suppression {
  readonly tool: SuppressionTool;
  readonly comment: Comment;
  /** The part that it applies to: findings that begin inside are suppressed. */
  readonly scope: Span;
  readonly reach: SuppressionReach;
  /** Empty when it suppresses every rule. */
  readonly names: readonly SuppressedName[];
  /** Undefined for a comment that has no place for them. */
  readonly terms: Terms | undefined;
}

export interface SuppressedName {
  readonly name: string;
  readonly span: Span;
  /** Empty when no rule has this name. */
  readonly ruleIds: readonly string[];
  /** Where each name has its own. */
  readonly expiry?: Expiry;
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  /** `name` is undefined when a comment for every rule suppresses nothing. */
  readonly unused: readonly { readonly suppression: Suppression; readonly name: SuppressedName | undefined }[];
}

/** A rule's own failure and faults of comments stay visible unless a comment names them. */
const NAMED_ONLY = new Set([
  'internal-error',
  'unused-suppression',
  'expired-suppression',
  'require-suppression-reason',
]);

/** The suppressions that still apply. */
export function withoutEnded(suppressions: readonly Suppression[], today: string | undefined): readonly Suppression[] {
  return suppressions.flatMap((suppression) => {
    if (hasEnded(suppression.terms?.expiry, today)) return [];
    const names = suppression.names.filter(({ expiry }) => !hasEnded(expiry, today));
    if (names.length === suppression.names.length) return [suppression];
    return names.length === 0 ? [] : [{ ...suppression, names }];
  });
}

/** Leaves out suppressed findings and lists the names that suppress nothing. */
export function applySuppressions(findings: readonly Finding[], suppressions: readonly Suppression[]): Suppressed {
  const used = new Set<Suppression | SuppressedName>();
  const kept = findings.filter((finding) => {
    let isSilenced = false;
    for (const suppression of suppressions) {
      if (!isInside(finding, suppression.scope)) continue;
      if (suppression.names.length === 0 && !NAMED_ONLY.has(finding.ruleId)) {
        used.add(suppression);
        isSilenced = true;
      }
      for (const name of suppression.names) {
        const isMeant = name.ruleIds.some((id) => id === finding.ruleId || id === finding.code);
        if (!isMeant) continue;
        used.add(name);
        isSilenced = true;
      }
    }
    return !isSilenced;
  });
  const unused = suppressions.flatMap((suppression): Suppressed['unused'] => {
    if (suppression.names.length === 0) return used.has(suppression) ? [] : [{ suppression, name: undefined }];
    return suppression.names.filter((name) => !used.has(name)).map((name) => ({ suppression, name }));
  });
  return { findings: kept, unused };
}

function isInside(finding: Finding, scope: Span): boolean {
  return containsSpan(scope, { start: finding.span.start, end: finding.span.start });
}

/** Group 1: its reach; group 2: the names. */
const OWN = /^dockerfile-optimizer-ignore(?:-(stage|file))?(?![\w-])([^:;]*)/d;
const HADOLINT = /^hadolint\s+(?:(global|stage)\s+)?ignore\s*=\s*([^\s,;:#]+(?:\s*,\s*[^\s,;:#]+)*)/d;
const CHECKOV = /^checkov:skip\s*=()\s*([^\s,:]+(?:\s*,\s*[^\s,:]+)*)/d;
const BUILDKIT = /^check\s*=\s*(?!\s)(?:[^;]*;\s*(?!\s))??()skip\s*=([^;]*)/di;
const TRIVY = /(?:^|\s#?)trivy:ignore:([^\s:]+)(?::exp:(\S+))?/dg;

/** All suppressions of the file, in source order. */
export function readSuppressions(dockerfile: DockerfileModel, names: RuleNames): readonly Suppression[] {
  const firstInstruction = dockerfile.instructions[0]?.span.start ?? dockerfile.text.length;
  return dockerfile.comments.flatMap((comment): Suppression[] => {
    const read = (pattern: RegExp, tool: SuppressionTool, reachOf: (word: string | undefined) => SuppressionReach) => {
      const match = pattern.exec(comment.text);
      const at = match?.indices?.[2];
      if (!match || !at) return undefined;
      const listed = namesIn(dockerfile, comment, at, names);
      if (tool !== 'own' && listed.length === 0) return [];
      const end = match.index + match[0].length;
      // BuildKit would read anything more as a setting.
      const terms =
        tool === 'buildkit' ? undefined : readTerms(comment.text.slice(end), textStart(dockerfile, comment) + end);
      return [suppressionOf(dockerfile, comment, tool, reachOf(match[1]), listed, terms)];
    };
    const isHead = comment.span.start < firstInstruction;
    return (
      read(OWN, 'own', (word) => (word === 'file' || word === 'stage' ? word : 'instruction')) ??
      read(HADOLINT, 'hadolint', (word) => (word === 'global' ? 'file' : word === 'stage' ? word : 'instruction')) ??
      read(CHECKOV, 'checkov', () => 'file') ??
      read(BUILDKIT, 'buildkit', () => (isHead ? 'file' : 'instruction'))?.map((one) => withAll(one, names)) ??
      readTrivy(dockerfile, comment, names)
    );
  });
}

/** `# trivy:ignore:DS-0002`, also with several ids; above FROM they apply to the stage that it starts. */
function readTrivy(dockerfile: DockerfileModel, comment: Comment, names: RuleNames): Suppression[] {
  const found = [...comment.text.matchAll(TRIVY)].flatMap(({ indices, 2: date }) => {
    const at = indices?.[2];
    const expiry = at && { expiry: readTrivyExpiry(date ?? '', textStart(dockerfile, comment) + at[0]) };
    return indices?.[1] ? namesIn(dockerfile, comment, indices[1], names).map((name) => ({ ...name, ...expiry })) : [];
  });
  if (found.length === 0) return [];
  const next = dockerfile.instructions.find(({ span }) => span.end > comment.span.start);
  const every = found.find(({ name }) => name === '*');
  const terms = { reason: comment.text.replace(TRIVY, '').trim(), expiry: every?.expiry };
  const reach = next?.keyword === 'FROM' ? 'stage' : 'instruction';
  return [suppressionOf(dockerfile, comment, 'trivy', reach, every ? [] : found, terms)];
}

function namesIn(
  dockerfile: DockerfileModel,
  comment: Comment,
  [from, to]: readonly [number, number],
  names: RuleNames,
): SuppressedName[] {
  const start = textStart(dockerfile, comment) + from;
  return [...comment.text.slice(from, to).matchAll(/[^\s,]+/g)].map(({ 0: name, index }) => {
    const at = start + index;
    return { name, span: { start: at, end: at + name.length }, ruleIds: names.idsOf(name) };
  });
}

/** Only blanks separate the `#` from the text. */
function textStart({ text }: DockerfileModel, comment: Comment): number {
  return text.indexOf(comment.text, comment.span.start + 1);
}

/** `skip=all` means all checks of BuildKit. */
function withAll(suppression: Suppression, names: RuleNames): Suppression {
  const all = suppression.names.find(({ name }) => name.toLowerCase() === 'all');
  if (!all) return suppression;
  const ruleIds = names.metas.filter((meta) => meta.aliases.some(isBuildKitName)).map((meta) => meta.id);
  return { ...suppression, names: [{ ...all, ruleIds }] };
}

/** BuildKit's checks are words without digits: `JSONArgsRecommended`. */
export function isBuildKitName(alias: string): boolean {
  return /^[A-Z][A-Za-z]+$/.test(alias);
}

/** True when `# check=error=true` makes the build fail on findings of BuildKit's checks. */
export function failsOnChecks({ directives }: DockerfileModel): boolean {
  return directives.some(({ name, value }) => name === 'check' && /(?:^|;)\s*error\s*=\s*true\s*(?:;|$)/i.test(value));
}

function suppressionOf(
  dockerfile: DockerfileModel,
  comment: Comment,
  tool: SuppressionTool,
  reach: SuppressionReach,
  names: readonly SuppressedName[],
  terms: Terms | undefined,
): Suppression {
  const scope = scopeOf(dockerfile, comment, reach);
  // With nothing below it, its scope is empty, so it is unused.
  return { tool, comment, scope: scope ?? { start: comment.span.end, end: comment.span.end }, reach, names, terms };
}

/** The instruction that contains or follows the comment; or the stage of that instruction; or the whole file. */
function scopeOf(dockerfile: DockerfileModel, comment: Comment, reach: SuppressionReach): Span | undefined {
  if (reach === 'file') return { start: 0, end: dockerfile.text.length };
  const after = dockerfile.instructions.filter((instruction) => instruction.span.end > comment.span.start);
  if (reach === 'instruction') return after[0]?.span;
  const stage = after.find((instruction) => instruction.stage)?.stage ?? dockerfile.stages.at(-1);
  return stage && { start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end };
}
