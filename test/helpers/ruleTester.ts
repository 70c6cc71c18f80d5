import { describe, expect, it } from 'vitest';
import type { Comment } from '../../server/src/dockerfile/model';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import type { BuildContext } from '../../server/src/engine/buildContext';
import { configOf, type EffectiveConfig } from '../../server/src/engine/config';
import { createEngine } from '../../server/src/engine/createEngine';
import type { Engine, LintOptions } from '../../server/src/engine/engine';
import type { ImagePlatforms } from '../../server/src/engine/imagePlatforms';
import type { ImageScans } from '../../server/src/engine/imageScans';
import { formatMessage } from '../../server/src/engine/messages';
import type { Finding, Rule, Severity } from '../../server/src/engine/rule';
import { defaultRuleSettings, type RuleSettings } from '../../server/src/engine/ruleSettings';
import type { ShellCheck } from '../../server/src/engine/shellCheck';
import type { KnowledgeBase } from '../../server/src/knowledge/knowledgeBase';
import { createLocalize } from '../../server/src/l10n/localize';
import type { MessageData } from '../../server/src/l10n/placeholders';
import type { Span } from '../../server/src/text/span';
import { readsBeyondScope } from './scopeReads';
import { testKnowledge } from './testKnowledge';
import { withBacktickEscape, withCrlf, withOnbuild } from './twins';

const ENGLISH = { translate: undefined, localize: createLocalize(undefined) };

/** The first occurrence of a text, or the nth, counted from one. */
export type Marked = string | readonly [text: string, nth: number];

export interface CaseOptions {
  /** The name of the test; default: its code. */
  readonly name?: string;
  readonly buildContext?: BuildContext;
  /** Default: only this rule, at its own severity. */
  readonly config?: EffectiveConfig;
  readonly settings?: Partial<RuleSettings>;
  readonly shellCheck?: ShellCheck;
  readonly imageScans?: ImageScans;
  readonly imagePlatforms?: ImagePlatforms;
  readonly measured?: LintOptions['measured'];
  readonly knowledge?: KnowledgeBase;
}

export interface ValidCase extends CaseOptions {
  readonly code: string;
}

export interface InvalidCase<MessageId extends string> extends CaseOptions {
  readonly code: string;
  /** All findings, by position. */
  readonly findings: readonly {
    readonly messageId: MessageId;
    readonly at: Marked;
    /** If given, the message must be the one filled with this data. */
    readonly data?: MessageData;
    readonly severity?: Severity;
  }[];
  /** The text after all passes of this rule's strongest fixes; null or omitted if nothing may change. */
  readonly output?: string | null;
  /** False: the same instruction behaves differently as an ONBUILD trigger. */
  readonly onbuild?: boolean;
  /** False: the same file behaves differently with `# escape=` backtick and a SHELL. */
  readonly escape?: boolean;
}

export interface RuleCases<MessageId extends string> {
  readonly valid: readonly (string | ValidCase)[];
  readonly invalid: readonly InvalidCase<MessageId>[];
  readonly onbuild?: boolean;
  readonly escape?: boolean;
  /** For the examples in the rule's docs. */
  readonly docs?: CaseOptions;
}

/** One test for each case and for each example in the rule's docs. */
export function testRule<MessageId extends string>(rule: Rule<MessageId>, cases: RuleCases<MessageId>): void {
  const { meta } = rule;
  describe(meta.id, () => {
    it('has no case twice', () => {
      checkDuplicates(cases);
    });
    it('has three cases that it accepts and two that it reports, at least', () => {
      expect(cases.valid.length, 'valid cases').toBeGreaterThanOrEqual(3);
      expect(cases.invalid.length, 'invalid cases').toBeGreaterThanOrEqual(2);
    });
    describe('accepts', () => {
      for (const one of cases.valid) {
        const valid = typeof one === 'string' ? { code: one } : one;
        it(nameOf(valid), () => {
          checkValid(rule, valid);
        });
      }
    });
    describe('reports', () => {
      for (const invalid of cases.invalid) {
        it(nameOf(invalid), () => {
          checkInvalid(rule, { onbuild: cases.onbuild ?? true, escape: cases.escape ?? true, ...invalid });
        });
      }
    });
    describe('docs', () => {
      meta.docs.bad.forEach((code, index) => {
        it(`bad example ${index + 1} gives a finding`, () => {
          expect(findingsOf(rule, code, cases.docs ?? {}), code).not.toEqual([]);
        });
      });
      meta.docs.good.forEach((code, index) => {
        it(`good example ${index + 1} gives none`, () => {
          checkValid(rule, { ...cases.docs, code });
        });
      });
    });
  });
}

function nameOf({ name, code }: CaseOptions & { readonly code: string }): string {
  return name ?? JSON.stringify(code);
}

export function checkDuplicates<MessageId extends string>({ valid, invalid }: RuleCases<MessageId>): void {
  const seen = new Set<string>();
  for (const one of [...valid, ...invalid]) {
    // The same code in another context is another case.
    const key =
      typeof one === 'string' || !(one.buildContext || one.config || one.knowledge || one.settings) ? codeOf(one) : one;
    if (typeof key !== 'string') continue;
    if (seen.has(key)) throw new Error(`This case is there twice:\n${key}`);
    seen.add(key);
  }
}

function codeOf(one: string | { readonly code: string }): string {
  return typeof one === 'string' ? one : one.code;
}

/** Throws if the rule reports anything, also with CRLF. */
export function checkValid<MessageId extends string>(rule: Rule<MessageId>, valid: ValidCase): void {
  expect(findingsOf(rule, valid.code, valid).map(show), 'findings').toEqual([]);
  checkScope(rule, valid);
  const crlf = withCrlf(valid.code);
  if (crlf !== undefined) expect(findingsOf(rule, crlf, valid).map(show), 'findings with CRLF').toEqual([]);
}

/** Throws if the rule's findings or fixes differ from those expected, or differ in a twin of the file. */
export function checkInvalid<MessageId extends string>(rule: Rule<MessageId>, invalid: InvalidCase<MessageId>): void {
  const { code, findings: expected, output = null } = invalid;
  if (expected.length === 0) throw new Error('An invalid case needs at least one finding');
  if (output === code) throw new Error('`output` equals `code`: write null when nothing may change');
  const findings = findingsOf(rule, code, invalid);
  checkScope(rule, invalid);
  const spans = expected.map(({ at }) => findMarked(code, at));
  expect(
    findings.map(({ messageId, span }) => place(code, messageId, span)),
    'findings',
  ).toEqual(expected.map(({ messageId }, index) => place(code, messageId, spans[index])));
  findings.forEach((finding, index) => {
    checkFinding(rule, code, finding);
    const { data, severity } = expected[index] ?? {};
    if (data) expect(finding.message).toBe(formatMessage(rule.meta, finding.messageId, data, ENGLISH));
    // `meta.advice` says what to write where there is no fix.
    if (/^(?:error|warning)$/.test(finding.severity))
      expect(finding.fixes, `advice on ${finding.messageId}`).not.toEqual([]);
    if (severity) expect(finding.severity, `severity of ${show(finding)}`).toBe(severity);
  });
  expect(fixed(rule, code, invalid), 'output').toBe(output ?? code);
  checkComments(rule, code, invalid);
  const ids = findings.map(({ messageId }) => messageId);
  const twin = (label: string, change: (text: string) => string | undefined): void => {
    const changed = change(code);
    if (changed === undefined) return;
    const found = findingsOf(rule, changed, invalid).map(({ messageId }) => messageId);
    expect(found, `findings ${label}:\n${changed}`).toEqual(ids);
    const wanted = change(output ?? code);
    const result = fixed(rule, changed, invalid);
    if (wanted !== undefined) expect(result, `output ${label}`).toBe(wanted);
  };
  twin('with CRLF', withCrlf);
  if (invalid.escape !== false) twin('with `# escape=` backtick (opt out with `escape: false`)', withBacktickEscape);
  if (invalid.onbuild !== false) checkOnbuild(rule, invalid, findings, spans);
}

/**
 * Checks that the rule reads no more than its `meta.scope` says: otherwise its findings would be kept after their
 * inputs change.
 */
function checkScope<MessageId extends string>(
  rule: Rule<MessageId>,
  { code, knowledge = testKnowledge }: CaseOptions & { readonly code: string },
): void {
  expect(readsBeyondScope(rule, code, knowledge), `read beyond the scope "${rule.meta.scope}"`).toEqual([]);
}

/** Leaves out rules that look at whole stages or files: they see a trigger as something else. */
function checkOnbuild<MessageId extends string>(
  rule: Rule<MessageId>,
  invalid: InvalidCase<MessageId>,
  findings: readonly Finding[],
  spans: readonly Span[],
): void {
  const { buildContext, knowledge = testKnowledge } = invalid;
  const dockerfile = parseDockerfile(invalid.code);
  const settings = { ...defaultRuleSettings, ...invalid.settings };
  const { shellCheck, imageScans, imagePlatforms, measured } = invalid;
  const visitor = rule.create({
    dockerfile,
    knowledge,
    buildContext,
    settings,
    shellCheck,
    imageScans,
    imagePlatforms,
    measured,
    report: () => {},
  });
  if (visitor.stage || visitor.file) return;
  const twin = withOnbuild(invalid.code, spans);
  if (!twin) return;
  const found = findingsOf(rule, twin.text, invalid);
  expect(
    found.map(({ messageId, span }) => place(twin.text, messageId, span)),
    `findings as ONBUILD triggers (opt out with \`onbuild: false\`):\n${twin.text}`,
  ).toEqual(findings.map(({ messageId }, index) => place(twin.text, messageId, twin.spans[index])));
  fixed(rule, twin.text, invalid);
}

/**
 * Checks that spans are inside the text, messages have no unfilled placeholder, no fix is stronger than the rule says,
 * and a warning says what to write.
 */
function checkFinding<MessageId extends string>({ meta }: Rule<MessageId>, code: string, finding: Finding): void {
  const spans = [finding.span, ...finding.related.map(({ span }) => span)];
  for (const { start, end } of spans) {
    if (start < 0 || end < start || end > code.length) throw new Error(`Span ${start}–${end} lies outside the text`);
  }
  for (const text of [finding.message, ...finding.fixes.map(({ title }) => title)]) {
    const hole = /(?<!\$)\{\w+\}/.exec(text)?.[0];
    if (hole !== undefined && !code.includes(hole)) throw new Error(`No data for ${hole} in "${text}"`);
  }
  for (const { safety, title } of finding.fixes) {
    if (meta.fixable === undefined) throw new Error(`The rule has a fix ("${title}") but no \`meta.fixable\``);
    if (meta.fixable === 'safe' && safety === 'unsafe')
      throw new Error(`"${title}" is unsafe; \`meta.fixable\` says safe`);
    if (meta.fixable === 'manual' && safety !== 'manual')
      throw new Error(`"${title}" is ${safety}; \`meta.fixable\` says manual`);
  }
  if (finding.fixes.length === 0 && /^(?:error|warning)$/.test(finding.severity))
    throw new Error(`"${finding.message}" has neither a fix nor advice`);
  if (finding.fixes.filter(({ safety }) => safety === 'safe').length > 1)
    throw new Error('At most one fix may be safe');
}

/** The text after all passes; throws if they do not settle or the result has new errors. */
function fixed<MessageId extends string>(rule: Rule<MessageId>, code: string, options: CaseOptions): string {
  const { engine, lintOptions } = setUp(rule, options);
  const { fixable } = rule.meta;
  // Manual fixes have no edits: `unsafe` then proves that nothing changes.
  const result = engine.fixAll(code, { ...lintOptions, upTo: fixable === 'safe' ? 'safe' : 'unsafe' });
  const stuck = result.skipped.filter(({ reason }) => reason !== 'manual' && reason !== 'unsafe');
  if (stuck.length > 0) {
    const list = stuck.map(({ finding, reason }) => `${show(finding)}: ${reason}`).join('\n');
    throw new Error(`The fix does not settle or breaks the file:\n${list}\nafter:\n${result.text}`);
  }
  expect(errorsOf(result.text), `parse errors of the output:\n${result.text}`).toEqual(errorsOf(code));
  return result.text;
}

function errorsOf(code: string): string[] {
  return parseDockerfile(code).errors.map(({ kind, name }) => `${kind} ${name}`);
}

/** Checks that safe fixes keep every comment. */
function checkComments<MessageId extends string>(rule: Rule<MessageId>, code: string, options: CaseOptions): void {
  const { engine, lintOptions } = setUp(rule, options);
  const { text } = engine.fixAll(code, { ...lintOptions, upTo: 'safe' });
  const kept = commentsOf(text);
  for (const comment of commentsOf(code)) {
    const index = kept.indexOf(comment);
    if (index < 0) throw new Error(`The safe fix loses a comment: ${comment}`);
    kept.splice(index, 1);
  }
}

function commentsOf(code: string): string[] {
  const { comments, directives } = parseDockerfile(code);
  const isDirective = ({ span }: Comment) => directives.some((directive) => directive.span.start === span.start);
  return comments.filter((comment) => !isDirective(comment)).map(({ text }) => text);
}

function findingsOf<MessageId extends string>(rule: Rule<MessageId>, code: string, options: CaseOptions): Finding[] {
  const { engine, lintOptions } = setUp(rule, options);
  const { findings } = engine.lint(code, lintOptions);
  const failure = findings.find(({ ruleId }) => ruleId === 'internal-error');
  if (failure) throw new Error(`${failure.message}, on:\n${code}`);
  return findings.filter(({ ruleId }) => ruleId === rule.meta.id);
}

/** Only this rule; its failures are seen, other built-in findings are not. */
function setUp<MessageId extends string>(
  rule: Rule<MessageId>,
  {
    buildContext,
    config,
    knowledge = testKnowledge,
    settings,
    shellCheck,
    imageScans,
    imagePlatforms,
    measured,
  }: CaseOptions,
): { engine: Engine; lintOptions: LintOptions } {
  const alone = configOf(
    (ruleId) => {
      if (ruleId === rule.meta.id) return rule.meta.severity;
      return ruleId === 'internal-error' ? 'error' : 'off';
    },
    { ...defaultRuleSettings, ...settings },
  );
  return {
    engine: createEngine({ rules: [rule], knowledge }),
    lintOptions: { config: config ?? alone, buildContext, shellCheck, imageScans, imagePlatforms, measured },
  };
}

function findMarked(code: string, at: Marked): Span {
  const [text, nth] = typeof at === 'string' ? [at, 1] : at;
  let start = -1;
  for (let count = 0; count < nth; count++) {
    start = code.indexOf(text, start + 1);
    if (start < 0) throw new Error(`"${text}" is in the code ${count} times, not ${nth}`);
  }
  return { start, end: start + text.length };
}

function place(code: string, messageId: string, span: Span | undefined): string {
  if (!span) return `${messageId} nowhere`;
  return `${messageId} at ${span.start}–${span.end} ${JSON.stringify(code.slice(span.start, span.end))}`;
}

function show({ messageId, message, span }: Finding): string {
  return `${messageId} at ${span.start}–${span.end}: ${message}`;
}
