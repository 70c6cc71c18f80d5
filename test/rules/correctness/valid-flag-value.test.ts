import rule from '../../../server/src/rules/correctness/valid-flag-value';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nHEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 CMD b\n',
    'FROM a\nCOPY --link b /c\n',
    'FROM a\nRUN --mount=type=cache,target=/b --mount=type=ssh c\n',
    'FROM a\nCOPY --link=false b /c\n',
    'FROM a\nARG T\nRUN --mount=type=$T,target=/b c\n',
    'FROM a\nRUN --mount=from=b,target=/c d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nARG B=c\nCOPY --from=$B /d /e\nRUN --mount=from=${B},target=/f g\n',
      findings: [
        { messageId: 'variable', at: '--from=$B' },
        { messageId: 'variable', at: '--mount=from=${B},target=/f' },
      ],
      output: null,
    },
    {
      code: 'FROM a\nHEALTHCHECK --interval=5 --retries=few CMD b\n',
      findings: [
        { messageId: 'duration', at: '--interval=5' },
        { messageId: 'count', at: '--retries=few' },
      ],
    },
    { code: 'FROM a\nCOPY --from=b --from=c d /e\n', findings: [{ messageId: 'twice', at: '--from=c' }] },
    {
      code: 'FROM a\nRUN --mount=type=volume,target=/b --network=bridge c\n',
      findings: [
        { messageId: 'choice', at: '--mount=type=volume,target=/b' },
        { messageId: 'choice', at: '--network=bridge' },
      ],
    },
    {
      code: 'FROM a\nCOPY --chown= --link=yes b /c\n',
      findings: [
        { messageId: 'missing', at: '--chown=' },
        { messageId: 'boolean', at: '--link=yes' },
      ],
    },
  ],
});
