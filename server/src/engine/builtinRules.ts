import type { ParseError } from '../dockerfile/model';
import type { RuleMeta } from './rule';

export const parseErrorRule: RuleMeta<ParseError['kind'] | 'write'> = {
  id: 'parse-error',
  group: 'correctness',
  severity: 'error',
  recommended: true,
  since: '0.1.0',
  aliases: [
    'DL1000',
    'sonar:S2260',
    'dockerfile-utils:INVALID_SYNTAX',
    'dockerfile-utils:UNKNOWN_INSTRUCTION',
    'tally:unknown-instruction',
  ],
  fixable: 'unsafe',
  messages: {
    'unterminated-heredoc': 'Heredoc `{name}` is never closed',
    'unknown-instruction': 'Unknown instruction `{name}`',
    'no-from': 'No `FROM` in this file',
    'missing-argument': '`{name}` needs an argument',
    'too-long': 'Not checked: the file is longer than {name}',
    'long-line': 'Not checked: a line is longer than {name} characters',
    'long-instruction': 'Not checked: an instruction is longer than {name} characters',
    'many-instructions': 'Not checked: the file has more than {name} instructions',
    'many-stages': 'Not checked: the file has more than {name} stages',
    write: 'Write `{near}`',
  },
  docs: {
    description: 'Report what `docker build` cannot parse',
    rationale:
      '`docker build` stops before the first step. Other rules skip what cannot be parsed, and no rule checks a file that exceeds the size limits.',
    fixSafety: { unsafe: 'the intended instruction is guessed from its name.' },
    bad: ['FROM alpine:3.20\nRNU apk add curl', 'FROM alpine:3.20\nRUN <<EOF\napk add curl'],
    good: ['FROM alpine:3.20\nRUN apk add curl'],
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },
};

export const internalErrorRule: RuleMeta<'failed'> = {
  id: 'internal-error',
  group: 'correctness',
  severity: 'error',
  recommended: true,
  since: '0.1.0',
  aliases: [],
  messages: { failed: 'Rule {rule} failed: {error}' },
  docs: {
    description: 'Report a rule that failed',
    rationale:
      'This is a bug in the rule, not a problem in your file. The findings of that rule are missing; all other rules work as usual. Please report the bug and attach the file.',
    bad: [],
    good: ['FROM alpine:3.20'],
    references: [],
  },
};

export const unusedSuppressionRule: RuleMeta<
  'unused' | 'unusedAll' | 'unknown' | 'unknownNearest' | 'remove' | 'removeAll' | 'replace'
> = {
  id: 'unused-suppression',
  group: 'maintainability',
  severity: 'info',
  recommended: true,
  since: '0.1.0',
  aliases: [],
  fixable: 'unsafe',
  messages: {
    unused: '`{name}` reports nothing here',
    unusedAll: 'This comment suppresses nothing',
    unknown: 'Unknown rule `{name}`',
    unknownNearest: 'Unknown rule `{name}`; did you mean `{nearest}`?',
    remove: 'Remove `{name}`',
    removeAll: 'Remove the comment',
    replace: 'Replace `{name}` with `{nearest}`',
  },
  docs: {
    description: 'Report ignore comments that suppress nothing',
    rationale:
      'A `# dockerfile-optimizer-ignore` comment that outlives its finding hides the next one. Comments for other tools and comments for rules that are switched off are not reported.',
    fixSafety: {
      safe: 'a comment that suppresses nothing is removed.',
      unsafe: 'a misspelled rule name is replaced with the nearest one, which then suppresses a finding.',
    },
    bad: ['# dockerfile-optimizer-ignore parse-error\nFROM alpine:3.20'],
    good: ['FROM alpine:3.20\n# dockerfile-optimizer-ignore parse-error: a plugin reads it\nRNU apk add curl'],
    references: [],
  },
};

/** Rules that the engine itself reports; configured and ignored like any other rule. */
export const builtinRules: readonly RuleMeta[] = [parseErrorRule, internalErrorRule, unusedSuppressionRule];
