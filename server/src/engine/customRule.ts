import { type CustomMatch, createFinder, type Place } from './customMatch';
import type { FixSafety, Rule, Severity } from './rule';

/** A rule that a configuration defines. */
export interface CustomRule {
  readonly rule: Rule<'found' | 'replace'>;
  /** Globs for the files that it checks; undefined: all. */
  readonly files: readonly string[] | undefined;
  readonly examples: readonly CustomExample[];
}

export interface CustomExample {
  readonly code: string;
  readonly isValid: boolean;
  /** The code after the rule's fix. */
  readonly fixed: string | undefined;
  /** Where it is in the configuration, one-based. */
  readonly line: number;
}

export interface CustomDefinition {
  readonly id: string;
  readonly message: string;
  readonly severity: Severity;
  readonly reason: string | undefined;
  readonly url: string | undefined;
  /** One of them is enough. */
  readonly matches: readonly CustomMatch[];
  readonly fix: CustomFix | undefined;
}

export interface CustomFix {
  /** Replaces what the finding marks; may name groups of the pattern. */
  readonly replacement: string;
  readonly title: string;
  readonly safety: Exclude<FixSafety, 'manual'>;
}

/** The first version that could read such rules: their own is not known. */
const SINCE = '0.2.0';

export function createCustomRule(definition: CustomDefinition, examples: readonly CustomExample[]): CustomRule['rule'] {
  const { id, message, severity, reason, url, matches, fix } = definition;
  const codes = (isValid: boolean) => examples.filter((one) => one.isValid === isValid).map(({ code }) => code);
  return {
    meta: {
      id,
      group: 'maintainability',
      severity,
      recommended: true,
      since: SINCE,
      aliases: [],
      ...(fix ? { fixable: fix.safety } : {}),
      isCustom: true,
      messages: { found: message, replace: fix?.title ?? '' },
      docs: {
        description: message,
        rationale: reason ?? message,
        bad: codes(false),
        good: codes(true),
        references: url === undefined ? [] : [url],
      },
    },
    create({ dockerfile, knowledge, settings, report }) {
      const finder = createFinder(dockerfile, knowledge, settings.contexts);
      const told = new Set<string>();
      const reportAt = ({ span, fill }: Place): void => {
        const key = `${span.start} ${span.end}`;
        if (told.has(key)) return;
        told.add(key);
        const newText = fix && fill(fix.replacement);
        const isChange = newText !== undefined && newText !== dockerfile.text.slice(span.start, span.end);
        report(
          span,
          'found',
          fix && isChange ? { fix: { title: 'replace', safety: fix.safety, edits: [{ span, newText }] } } : {},
        );
      };
      return {
        instruction(node) {
          for (const match of matches) for (const place of finder.inInstruction(match, node)) reportAt(place);
        },
        command(command, on) {
          for (const match of matches) for (const place of finder.inCommand(match, command, on)) reportAt(place);
        },
      };
    },
  };
}
