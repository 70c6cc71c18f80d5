import type { AnyRule, RuleMeta, Severity, Visitor } from '../../server/src/engine/rule';
import { defineRule, type RuleContext } from '../../server/src/engine/rule';

const messages = { found: 'Found {what}', fix: 'Fix {what}' } as const;
type MessageId = keyof typeof messages;

/** A small rule for engine tests: only its id and its hooks matter. */
export function rule(
  id: string,
  create: (context: RuleContext<MessageId>) => Visitor,
  meta: Partial<RuleMeta<MessageId>> = {},
): AnyRule {
  return defineRule<MessageId>({
    meta: {
      id,
      group: 'style',
      severity: 'warning' satisfies Severity,
      recommended: true,
      since: '0.1.0',
      aliases: [],
      fixable: 'unsafe',
      messages,
      docs: { description: '', rationale: '', bad: [], good: [], references: [] },
      ...meta,
    },
    create,
  });
}

/** Reports each place of a text, and replaces it when `by` is given. */
export function replaceRule(
  id: string,
  what: string,
  by?: string,
  options: { safety?: 'safe' | 'unsafe' | 'manual'; isolation?: string; meta?: Partial<RuleMeta<MessageId>> } = {},
): AnyRule {
  const { safety = 'safe', isolation, meta } = options;
  return rule(
    id,
    ({ report }) => ({
      file({ text }) {
        for (let start = text.indexOf(what); start >= 0; start = text.indexOf(what, start + what.length)) {
          const span = { start, end: start + what.length };
          report(span, 'found', {
            data: { what },
            ...(by === undefined
              ? {}
              : {
                  fix: {
                    title: 'fix',
                    safety,
                    edits: [{ span, newText: by }],
                    ...(isolation === undefined ? {} : { isolation }),
                  },
                }),
          });
        }
      },
    }),
    meta,
  );
}
