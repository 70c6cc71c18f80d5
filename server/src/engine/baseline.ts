import type { Localize } from '../l10n/localize';
import { fnv1a } from '../text/fnv1a';
import { parseJson, recordOf } from '../text/jsonValue';
import { containsSpan } from '../text/span';
import type { LintResult } from './engine';

/** How often each known finding occurs in a file, by `rule fingerprint`. */
export type KnownFindings = ReadonlyMap<string, number>;

/** Findings that existed when a project adopted the tool, by the path of the file from the baseline's folder. */
export type Baseline = ReadonlyMap<string, KnownFindings>;

export type ParsedBaseline =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly reason: string };

const VERSION = 1;

/** `path` is only used in the error message. */
export function parseBaseline(text: string, path: string, localize: Localize): ParsedBaseline {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: localize('{path}: not valid JSON', { path }) };
  const record = recordOf(value);
  const version = record?.['version'];
  if (typeof version === 'number' && version !== VERSION)
    return {
      ok: false,
      reason: localize('{path}: baseline version {version} is not supported', { path, version }),
    };
  const baseline = record && version === VERSION ? readFiles(record['files']) : undefined;
  if (!baseline) return { ok: false, reason: localize('{path}: not a baseline file', { path }) };
  return { ok: true, baseline };
}

function readFiles(value: unknown): Baseline | undefined {
  const record = recordOf(value);
  if (!record) return undefined;
  const baseline = new Map<string, KnownFindings>();
  for (const [path, findings] of Object.entries(record)) {
    const known = readKnown(findings);
    if (!known) return undefined;
    baseline.set(path, known);
  }
  return baseline;
}

function readKnown(value: unknown): KnownFindings | undefined {
  const record = recordOf(value);
  if (!record) return undefined;
  const entries = Object.entries(record);
  const isKnown = (entry: [string, unknown]): entry is [string, number] =>
    typeof entry[1] === 'number' && Number.isInteger(entry[1]) && entry[1] > 0;
  return entries.every(isKnown) ? new Map(entries) : undefined;
}

/** Sorted, with one line per finding: two branches that change it conflict only on those lines. */
export function writeBaseline(baseline: Baseline): string {
  const files = [...baseline]
    .filter(([, known]) => known.size > 0)
    .map(([path, known]) => [path, sorted(known)] as const);
  return `${JSON.stringify({ version: VERSION, files: sorted(files) }, undefined, 2)}\n`;
}

function sorted(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Leaves known findings out of the Dockerfiles of one file; of equal findings, the first ones. */
export function withoutKnown<One extends LintResult>(
  results: readonly One[],
  known: KnownFindings | undefined,
): readonly One[] {
  if (!known || known.size === 0) return results;
  const left = new Map(known);
  return results.map((result) => {
    const names = namesOf(result);
    const findings = result.findings.filter((_, index) => {
      const name = names[index] ?? '';
      const count = left.get(name) ?? 0;
      left.set(name, count - 1);
      return count <= 0;
    });
    return { ...result, findings };
  });
}

export function knownFrom(results: readonly LintResult[]): KnownFindings {
  const known = new Map<string, number>();
  for (const name of results.flatMap(namesOf)) known.set(name, (known.get(name) ?? 0) + 1);
  return known;
}

/** The findings that are in both, each with the lower count. */
export function commonFindings(known: KnownFindings, present: KnownFindings): KnownFindings {
  const both = [...known].map(([name, count]) => [name, Math.min(count, present.get(name) ?? 0)] as const);
  return new Map(both.filter(([, count]) => count > 0));
}

export function countKnown(known: KnownFindings): number {
  return [...known.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * The rule and a hash of the instruction's text, because instructions may contain secrets. It does not depend on the
 * position of the instruction and its line breaks.
 */
function namesOf({ dockerfile, findings }: LintResult): readonly string[] {
  const { text, instructions } = dockerfile;
  const prints = new Map<string, string>();
  return findings.map(({ ruleId, code, span }) => {
    const at = { start: span.start, end: span.start };
    const around = instructions.find((instruction) => containsSpan(instruction.span, at));
    const marked = around
      ? normalized(text.slice(around.span.start, around.span.end), dockerfile.escape)
      : lineAt(text, span.start);
    let print = prints.get(marked);
    if (print === undefined) {
      print = fnv1a(marked);
      prints.set(marked, print);
    }
    return `${code ?? ruleId} ${print}`;
  });
}

function normalized(instruction: string, escape: string): string {
  return instruction
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('#'))
    .map((line) => (line.endsWith(escape) ? line.slice(0, -1) : line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The line of a comment or a directive. */
function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end).trim();
}
