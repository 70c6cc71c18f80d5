import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../../server/src/analyzer';
import rule from '../../../server/src/rules/size/wasted-bytes';
import { testRule } from '../../helpers/ruleTester';

const text = 'FROM debian:12-slim\nRUN one\nCOPY a /b\n';
const [RUN, COPY] = [1, 2];
const caches = [
  { kind: 'apt lists', bytes: 19_900_000 },
  { kind: 'pip cache', bytes: 900_000 },
  { kind: 'Maven repository', bytes: 90_000_000 },
];

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    `${text}CMD ["x"]\n`,
    { code: `# little waste\n${text}`, measured: [{ instruction: RUN, wastedBytes: 999_999, caches: [] }] },
    {
      code: `# caches that are read\n${text}`,
      measured: [{ instruction: RUN, wastedBytes: 0, caches: caches.slice(1) }],
    },
    { code: `# another place\n${text}`, measured: [{ instruction: 0, wastedBytes: 5e6, caches }] },
  ],
  invalid: [
    {
      name: 'exactly as much as is told',
      code: `# a megabyte\n${text}`,
      measured: [{ instruction: RUN, wastedBytes: 1_000_000, caches: [] }],
      findings: [{ messageId: 'hidden', at: 'RUN', data: { size: '1.0 MB' } }],
    },

    {
      code: text,
      measured: [
        { instruction: RUN, wastedBytes: 0, caches },
        { instruction: COPY, wastedBytes: 5_200_000, caches: [] },
      ],
      findings: [
        { messageId: 'cache', at: 'RUN', data: { kind: 'apt lists', size: '19.9 MB' } },
        { messageId: 'hidden', at: 'COPY', data: { size: '5.2 MB' } },
      ],
    },
  ],
});

describe('fixes', () => {
  it('are those of the rule that mends it', () => {
    const code = 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n';
    const measured = [{ instruction: 1, wastedBytes: 0, caches: caches.slice(0, 1) }];
    const { findings } = createAnalyzer().lint(code, { measured });
    const [own, other] = ['wasted-bytes', 'apt-get-clean-same-layer'].map((id) =>
      findings.find(({ ruleId }) => ruleId === id),
    );
    expect(own?.fixes).toEqual(other?.fixes);
    expect(own?.fixes[0]?.title).toBe('Remove the package lists in this layer');
  });
});
