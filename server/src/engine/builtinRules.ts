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
    'missing-argument': '`{name}` without an argument',
    'too-long': 'Not checked: longer than {name}',
    'long-line': 'Not checked: a line of more than {name} characters',
    'long-instruction': 'Not checked: an instruction of more than {name} characters',
    'many-instructions': 'Not checked: more than {name} instructions',
    'many-stages': 'Not checked: more than {name} stages',
    write: 'Write `{near}`',
  },
  docs: {
    description: 'Report what `docker build` cannot parse',
    rationale:
      '`docker build` stops before the first step. Other rules say nothing about what cannot be read, and nothing about a file larger than any that a person writes.',
    fixSafety: 'Unsafe: which instruction was meant is a guess from its name.',
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
      'A mistake in a rule of ours, not in the file: what that rule found is left out, all other rules are not touched. Please report it with the file.',
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
    unused: 'Nothing here is reported by `{name}`',
    unusedAll: 'Nothing is reported here',
    unknown: 'Unknown rule `{name}`',
    unknownNearest: 'Unknown rule `{name}`; the nearest is `{nearest}`',
    remove: 'Remove `{name}`',
    removeAll: 'Remove the comment',
    replace: 'Replace `{name}` by `{nearest}`',
  },
  docs: {
    description: 'Report ignore comments that silence nothing',
    rationale:
      'A `# dockerfile-optimizer-ignore` comment that outlives its finding hides the next one. Comments for other tools are left alone, and so are comments for rules that are switched off.',
    fixSafety:
      'Removing a comment that silences nothing is safe. Replacing a misspelt rule by the nearest one silences a finding and is unsafe.',
    bad: ['# dockerfile-optimizer-ignore parse-error\nFROM alpine:3.20'],
    good: ['FROM alpine:3.20\n# dockerfile-optimizer-ignore parse-error: a plugin reads it\nRNU apk add curl'],
    references: [],
  },
};

/** Ids that the engine itself reports; configured and ignored like any other. */
export const builtinRules: readonly RuleMeta[] = [parseErrorRule, internalErrorRule, unusedSuppressionRule];
