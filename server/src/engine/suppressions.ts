import type { Comment, DockerfileModel } from '../dockerfile/model';
import { containsSpan, type Span } from '../text/span';
import type { Finding } from './rule';
import type { RuleNames } from './ruleNames';

/** One comment that silences rules in a part of the file. */
export interface Suppression {
  readonly comment: Comment;
  /** What it is for; findings that begin inside are silenced. */
  readonly scope: Span;
  readonly reach: 'instruction' | 'stage' | 'file';
  /** Ours: its unused names are reported. Comments for other tools are only obeyed. */
  readonly isOwn: boolean;
  /** Empty when it silences every rule. */
  readonly names: readonly SuppressedName[];
}

export interface SuppressedName {
  readonly name: string;
  readonly span: Span;
  /** Undefined when no rule goes by the name. */
  readonly ruleId: string | undefined;
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  /** `name` is undefined when a comment for every rule silences nothing. */
  readonly unused: readonly { readonly suppression: Suppression; readonly name: SuppressedName | undefined }[];
}

/** A rule's own failure stays visible unless somebody names it. */
const NAMED_ONLY = new Set(['internal-error', 'unused-suppression']);

/** Leaves out what comments silence, and lists what they name in vain. */
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
        if (name.ruleId !== finding.ruleId) continue;
        used.add(name);
        isSilenced = true;
      }
    }
    return !isSilenced;
  });
  const unused = suppressions.flatMap((suppression): Suppressed['unused'] => {
    if (!suppression.isOwn) return [];
    if (suppression.names.length === 0) return used.has(suppression) ? [] : [{ suppression, name: undefined }];
    return suppression.names.filter((name) => !used.has(name)).map((name) => ({ suppression, name }));
  });
  return { findings: kept, unused };
}

function isInside(finding: Finding, scope: Span): boolean {
  return containsSpan(scope, { start: finding.span.start, end: finding.span.start });
}

const OWN = /^dockerfile-optimizer-ignore(?:-(stage|file))?(?![\w-])/;
const HADOLINT = /^hadolint\s+(?:(global|stage)\s+)?ignore\s*=/;
const CHECK = /^check\s*=/i;

/** All suppressions of the file, in the order they stand. */
export function readSuppressions(dockerfile: DockerfileModel, names: RuleNames): readonly Suppression[] {
  const firstInstruction = dockerfile.instructions[0]?.span.start ?? dockerfile.text.length;
  return dockerfile.comments.flatMap((comment): Suppression[] => {
    const own = OWN.exec(comment.text);
    if (own) {
      const found = namesIn(dockerfile, comment, own[0].length, /[^\s,:]+|:/g, names);
      return suppressionOf(dockerfile, comment, own[1], found, true);
    }
    const hadolint = HADOLINT.exec(comment.text);
    if (hadolint) {
      const found = namesIn(dockerfile, comment, hadolint[0].length, /[^\s,]+/g, names);
      if (found.length === 0) return [];
      return suppressionOf(dockerfile, comment, hadolint[1], found, false);
    }
    if (CHECK.test(comment.text) && comment.span.start < firstInstruction)
      return checkSuppression(dockerfile, comment, names);
    return [];
  });
}

/** Names up to a `:`; what follows is the reason. */
function namesIn(
  { text }: DockerfileModel,
  comment: Comment,
  from: number,
  pattern: RegExp,
  names: RuleNames,
): SuppressedName[] {
  const found: SuppressedName[] = [];
  // Only blanks stand between the `#` and the text.
  const start = text.indexOf(comment.text, comment.span.start + 1);
  for (const match of comment.text.slice(from).matchAll(pattern)) {
    const [name] = match;
    if (name === ':') break;
    const at = start + from + match.index;
    found.push({ name, span: { start: at, end: at + name.length }, ruleId: names.idOf(name) });
  }
  return found;
}

/** `# check=skip=A,B;error=true`: BuildKit's names; `all` are the rules that BuildKit has too. */
function checkSuppression(dockerfile: DockerfileModel, comment: Comment, names: RuleNames): Suppression[] {
  const list = /[=;]\s*skip\s*=([^;]*)/i.exec(comment.text);
  if (!list) return [];
  const { index, 0: whole } = list;
  const offset = index + whole.length - (list[1] ?? '').length;
  const found = namesIn(
    dockerfile,
    { ...comment, text: comment.text.slice(0, index + whole.length) },
    offset,
    /[^\s,]+/g,
    names,
  );
  const all = found.find(({ name }) => name.toLowerCase() === 'all');
  const skipped = all
    ? names.metas.filter((meta) => meta.aliases.some(isBuildKitName)).map((meta) => ({ ...all, ruleId: meta.id }))
    : found;
  return skipped.length === 0 ? [] : suppressionOf(dockerfile, comment, 'file', skipped, false);
}

/** BuildKit's checks are words without digits: `JSONArgsRecommended`. */
function isBuildKitName(alias: string): boolean {
  return /^[A-Z][A-Za-z]+$/.test(alias);
}

function suppressionOf(
  dockerfile: DockerfileModel,
  comment: Comment,
  reach: string | undefined,
  names: readonly SuppressedName[],
  isOwn: boolean,
): Suppression[] {
  if (reach === 'file' || reach === 'global') {
    return [{ comment, scope: { start: 0, end: dockerfile.text.length }, reach: 'file', names, isOwn }];
  }
  const target = targetOf(dockerfile, comment, reach === 'stage' ? 'stage' : 'instruction');
  // With nothing below it, it stands for itself: unused.
  const scope = target ?? { start: comment.span.end, end: comment.span.end };
  return [{ comment, scope, reach: reach === 'stage' ? 'stage' : 'instruction', names, isOwn }];
}

/** The instruction that the comment stands in or before; or that one's stage. */
function targetOf(dockerfile: DockerfileModel, comment: Comment, reach: 'instruction' | 'stage'): Span | undefined {
  const after = dockerfile.instructions.filter((instruction) => instruction.span.end > comment.span.start);
  if (reach === 'instruction') return after[0]?.span;
  const stage = after.find((instruction) => instruction.stage)?.stage ?? dockerfile.stages.at(-1);
  return stage && { start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end };
}
