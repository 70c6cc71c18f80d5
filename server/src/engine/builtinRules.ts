import type { ParseError } from '../dockerfile/model';
import type { RuleMeta } from './rule';

export const parseErrorRule: RuleMeta<ParseError['kind'] | 'write' | 'close' | 'instruction' | 'argument' | 'base'> = {
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
    'tally:require-stages',
    'DF071',
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
    close: 'Write `{name}` on a line of its own below the text',
    instruction: 'Write an instruction, or end the line above with the escape character',
    argument: 'Write the argument of `{name}`, or remove the line',
    base: 'Write `FROM` and the base image first',
  },
  advice: {
    'unterminated-heredoc': 'close',
    'unknown-instruction': 'instruction',
    'missing-argument': 'argument',
    'no-from': 'base',
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

export const expiredSuppressionRule: RuleMeta<'expired' | 'expiredAll' | 'malformed' | 'remove' | 'replace' | 'write'> =
  {
    id: 'expired-suppression',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      expired: '`{name}` is reported again since {date}: the comment expired',
      expiredAll: 'All rules report again since {date}: the comment expired',
      malformed: '`{date}` is not a date, so this comment never expires',
      remove: 'Remove the comment',
      replace: 'Replace `{date}` with `{near}`',
      write: 'Write the date as `YYYY-MM-DD`',
    },
    docs: {
      description: 'Report ignore comments that have expired',
      rationale:
        'A comment that ends in `; until 2027-03-01` suppresses up to and including that day (UTC). After it, the comment suppresses nothing, so the exception comes up for review. Fix the finding and remove the comment, or set a later date.',
      fixSafety: {
        unsafe: 'the comment and its reason are removed, or the intended date is guessed from the written one.',
        manual: 'only you know which date is meant.',
      },
      bad: [
        'FROM alpine:3.20\n# dockerfile-optimizer-ignore no-sudo: until the next release; until 2025-03-01\nRUN sudo ls',
        'FROM alpine:3.20\n# dockerfile-optimizer-ignore no-sudo: a test; until 2025-02-30\nRUN sudo ls',
      ],
      good: ['FROM alpine:3.20\n# dockerfile-optimizer-ignore no-sudo: a test; until 2999-12-31\nRUN sudo ls'],
      references: [],
    },
  };

export const suppressionReasonRule: RuleMeta<'missing' | 'add'> = {
  id: 'require-suppression-reason',
  group: 'maintainability',
  severity: 'warning',
  recommended: false,
  since: '0.2.0',
  aliases: ['DF072'],
  fixable: 'manual',
  messages: {
    missing: 'This comment does not say why it suppresses',
    add: 'Add the reason after a colon: `{name}: why`',
  },
  docs: {
    description: 'Give a reason in each comment that suppresses rules',
    rationale:
      'A reviewer needs the reason to decide whether an exception still holds. Off by default; when it is on, the quick fix _Ignore_ asks for the reason in VS Code. `# check=skip=` is left out: BuildKit allows no text after it.',
    fixSafety: { manual: 'only you know the reason.' },
    bad: ['FROM alpine:3.20\n# dockerfile-optimizer-ignore no-sudo\nRUN sudo ls'],
    good: [
      'FROM alpine:3.20\n# dockerfile-optimizer-ignore no-sudo: a test of sudo itself\nRUN sudo ls',
      'FROM alpine:3.20\n# hadolint ignore=DL3004 # a test of sudo itself\nRUN sudo ls',
    ],
    references: [],
  },
};

/** Rules that the engine itself reports; configured and ignored like any other rule. */
export const builtinRules: readonly RuleMeta[] = [
  parseErrorRule,
  internalErrorRule,
  unusedSuppressionRule,
  expiredSuppressionRule,
  suppressionReasonRule,
];
