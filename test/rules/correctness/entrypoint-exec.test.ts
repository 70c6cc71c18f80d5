import rule from '../../../server/src/rules/correctness/entrypoint-exec';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b.sh /b.sh\nENTRYPOINT ["/b.sh"]\n',
    'FROM a\nCOPY <<EOF /b.sh\nexec c\nEOF\nCMD ["/b.sh"]\n',
    'FROM a\nENTRYPOINT ["b"]\n',
  ],
  invalid: [
    {
      name: 'a script in a heredoc',
      code: 'FROM a\nCOPY <<EOF /b.sh\n#!/bin/sh\nc\nd "$@"\nEOF\nENTRYPOINT ["/b.sh"]\n',
      findings: [{ messageId: 'child', at: '"/b.sh"' }],
      onbuild: false,
      escape: false,
    },

    {
      code: 'FROM a\nCOPY b.sh /c.sh\nENTRYPOINT ["/c.sh", "d"]\n',
      buildContext: {
        files: new Map([['b.sh', { sizeBytes: 1 }]]),
        read: () => '#!/bin/sh\nb "$@"\n',
        unlisted: [],
        isComplete: true,
      },
      findings: [{ messageId: 'child', at: '"/c.sh"' }],
      onbuild: false,
    },
  ],
});
