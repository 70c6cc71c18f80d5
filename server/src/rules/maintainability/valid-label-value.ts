import { defineRule } from '../../engine/rule';
import type { LabelFormat } from '../../engine/ruleSettings';
import { type Phrase, phrase } from '../../l10n/phrase';

export default defineRule({
  meta: {
    id: 'valid-label-value',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
    fixable: 'manual',
    messages: {
      invalid: 'Label `{label}` is not a valid {format}',
      value: 'Write a value in this format: {format}',
    },
    advice: { invalid: 'value' },
    docs: {
      description: 'Write label values in the format that the configuration requires',
      rationale:
        'Tools read labels and silently ignore an invalid version or a date in the wrong format. Set the formats in the configuration (`requiredLabels`). Without them, this rule reports nothing.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nLABEL version="newest"\n'],
      good: ['FROM debian:12\nLABEL version="1.2.0-rc.1"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#label'],
    },
  },
  visits: { keywords: ['LABEL'] },
  create: ({ settings, report }) => ({
    instruction(node) {
      for (const pair of node.pairs) {
        const format = settings.labelSchema.get(pair.name);
        const check = format === undefined ? undefined : CHECKS.get(format);
        if (!check || !pair.value || /\$/.test(pair.valueText ?? '')) continue;
        if (!check.isValid(pair.value))
          report(pair.span, 'invalid', { data: { label: pair.name, format: check.name } });
      }
    },
  }),
});

interface Check {
  readonly name: string | Phrase;
  isValid(value: string): boolean;
}

const CHECKS: ReadonlyMap<LabelFormat, Check> = new Map<LabelFormat, Check>([
  ['url', { name: 'URL', isValid: (value) => /^[a-z][a-z0-9+.-]*:(?:\/\/)?[^\s]+$/i.test(value) }],
  [
    'hash',
    { name: phrase('git hash'), isValid: (value) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value) },
  ],
  // The pattern that https://semver.org suggests.
  [
    'semver',
    {
      name: phrase('semantic version'),
      isValid: (value) =>
        /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\da-z-]+(?:\.[\da-z-]+)*)?(?:\+[\da-z-]+(?:\.[\da-z-]+)*)?$/i.test(
          value,
        ),
    },
  ],
  ['rfc3339', { name: phrase('RFC 3339 time'), isValid: isTime }],
  ['spdx', { name: phrase('SPDX license'), isValid: isLicense }],
  [
    'email',
    { name: phrase('email address'), isValid: (value) => /^[^\s@<>]+@[^\s@<>][^\s@<>.]*\.[^\s@<>]+$/.test(value) },
  ],
]);

function isTime(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(value);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second <= 60;
}

/** Checks the grammar of SPDX expressions, not the ids: new ones are added every month. */
function isLicense(value: string): boolean {
  const id = String.raw`(?:(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+|[A-Za-z0-9][\w.-]*\d[\w.-]*\+?|MIT|ISC|Zlib|Unlicense|PostgreSQL|Ruby|curl|Python|PHP|X11|NCSA|Vim|Beerware|WTFPL|JSON|NONE|NOASSERTION)`;
  const term = String.raw`\(*${id}(?:\s+WITH\s+[\w.-]+)?\)*`;
  return new RegExp(`^${term}(?:\\s+(?:AND|OR)\\s+${term})*$`).test(value);
}
