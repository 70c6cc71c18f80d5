import rule from '../../../server/src/rules/correctness/valid-exec-form';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM a\nENTRYPOINT []\n',
    'FROM a\nRUN [ "b" = "c" ]\n',
    'FROM a\nRUN [ "-f" "c" ]\n',
    'FROM a\nCOPY [b]c /d\n',
    'FROM a\nCMD ["b"]\n',
    'FROM a\nCMD [ -f b ]\n',
    'FROM a\nRUN ["b", \\\n "c"]\n',
    'FROM a\nRUN [ "$B" = c ] && d\n',
    'FROM a\nCMD b [c]\n',
    'FROM a\nRUN [ "b" ] || exit 1\n',
    'FROM a\nRUN ["$B" = c ] && d\n',
    'FROM a\nRUN [[ -f b ]]\n',
    'FROM a\nCMD ["b"] # why\n',
    'FROM a\nSHELL ["powershell"]\nRUN [Environment]::Exit(0)\n',
  ],
  invalid: [
    {
      code: 'FROM a\nSHELL ["/bin/sh" "-c"]\n',
      findings: [{ messageId: 'broken', at: '["/bin/sh" "-c"]' }],
      output: 'FROM a\nSHELL ["/bin/sh", "-c"]\n',
    },
    {
      code: 'FROM a\nCMD ["sh" "-c" "b"]\n',
      findings: [{ messageId: 'broken', at: '["sh" "-c" "b"]' }],
      output: 'FROM a\nCMD ["sh", "-c", "b"]\n',
    },
    { code: 'FROM a\nSHELL [/bin/sh, -c]\n', findings: [{ messageId: 'broken', at: '[/bin/sh, -c]' }] },
    {
      code: 'FROM a\nCMD ["b" "c"]\n',
      findings: [{ messageId: 'broken', at: '["b" "c"]' }],
      output: 'FROM a\nCMD ["b", "c"]\n',
    },
    {
      code: 'FROM a\nCOPY ["b" "/c d/"]\n',
      findings: [{ messageId: 'broken', at: '["b" "/c d/"]' }],
      output: 'FROM a\nCOPY ["b", "/c d/"]\n',
    },
    {
      code: 'FROM a\nENTRYPOINT [""]\n',
      findings: [{ messageId: 'empty', at: '[""]', severity: 'warning' }],
      output: 'FROM a\nENTRYPOINT []\n',
    },
    {
      code: "FROM a\nENTRYPOINT ['b', 'c']\n",
      findings: [{ messageId: 'quotes', at: "['b', 'c']" }],
      output: 'FROM a\nENTRYPOINT ["b", "c"]\n',
    },
    {
      code: 'FROM a\nCMD ["b", "c",]\n',
      findings: [{ messageId: 'broken', at: '["b", "c",]' }],
      output: 'FROM a\nCMD ["b", "c"]\n',
    },
    {
      code: 'FROM a\nCMD ["b", "c"\n',
      findings: [{ messageId: 'broken', at: '["b", "c"' }],
      output: 'FROM a\nCMD ["b", "c"]\n',
    },
    {
      code: 'FROM a\nHEALTHCHECK CMD [“b”]\n',
      findings: [{ messageId: 'quotes', at: '[“b”]' }],
      output: 'FROM a\nHEALTHCHECK CMD ["b"]\n',
    },
    {
      code: 'FROM a\nCMD ["b"\n',
      findings: [{ messageId: 'broken', at: '["b"' }],
      output: 'FROM a\nCMD ["b"]\n',
    },
    { code: 'FROM a\nCMD [b, "c"]\n', findings: [{ messageId: 'broken', at: '[b, "c"]' }] },
    { code: 'FROM a\nENTRYPOINT ["b"] --c\n', findings: [{ messageId: 'broken', at: '["b"] --c' }] },
    { code: 'FROM a\nCMD ["b", c]\n', findings: [{ messageId: 'broken', at: '["b", c]' }] },
  ],
});
