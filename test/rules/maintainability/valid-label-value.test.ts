import type { LabelFormat } from '../../../server/src/engine/ruleSettings';
import rule from '../../../server/src/rules/maintainability/valid-label-value';
import { testRule } from '../../helpers/ruleTester';

const ALL = new Map<string, LabelFormat>([
  ['v', 'semver'],
  ['u', 'url'],
  ['h', 'hash'],
  ['d', 'rfc3339'],
  ['l', 'spdx'],
  ['e', 'email'],
  ['t', 'text'],
]);

testRule(rule, {
  docs: { settings: { labelSchema: new Map([['version', 'semver']]) } },
  valid: [
    'FROM a\nLABEL version=x\n',
    {
      code: 'FROM a\nLABEL v="1.2.3-rc.1+b" u=https://x.org/y h=43c572f d=2024-02-29T12:00:00Z l="MIT OR Apache-2.0" e=a@b.org t=""\n',
      settings: { labelSchema: ALL },
    },
    { code: 'FROM a\nLABEL v=$V\n', settings: { labelSchema: ALL } },
    { code: 'FROM a\nLABEL l=LicenseRef-Own t=anything\n', settings: { labelSchema: ALL } },
  ],
  invalid: [
    {
      code: 'FROM a\nLABEL v=01.2.3 h=123456 t=x d=2024-01-01\n',
      settings: { labelSchema: ALL },
      findings: [
        { messageId: 'invalid', at: 'v=01.2.3' },
        { messageId: 'invalid', at: 'h=123456' },
        { messageId: 'invalid', at: 'd=2024-01-01' },
      ],
    },

    {
      code: 'FROM a\nLABEL v=1.2 u=x.org h=xyz d=2024-02-30T12:00:00Z l="MIT or so" e=nobody\n',
      settings: { labelSchema: ALL },
      findings: [
        { messageId: 'invalid', at: 'v=1.2', data: { label: 'v', format: 'semantic version' } },
        { messageId: 'invalid', at: 'u=x.org' },
        { messageId: 'invalid', at: 'h=xyz' },
        { messageId: 'invalid', at: 'd=2024-02-30T12:00:00Z' },
        { messageId: 'invalid', at: 'l="MIT or so"' },
        { messageId: 'invalid', at: 'e=nobody' },
      ],
    },
  ],
});
