import { createHash } from 'node:crypto';
import type { Finding } from '../../engine/rule';
import type { LintedFile } from './reporter';

/** One fingerprint for each finding, in order: it stays the same when lines above the finding come and go. */
export function fingerprintsOf({ text, findings }: Pick<LintedFile, 'text' | 'findings'>): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ ruleId, span }: Finding) => {
    const marked = `${ruleId}\n${text.slice(span.start, span.end)}`;
    const occurrence = (seen.get(marked) ?? 0) + 1;
    seen.set(marked, occurrence);
    return digest(`${marked}\n${occurrence}`);
  });
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
