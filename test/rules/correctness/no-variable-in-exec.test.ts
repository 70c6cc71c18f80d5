import rule from '../../../server/src/rules/correctness/no-variable-in-exec';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    { code: 'FROM b/c\nCMD ["d", "$E"]\n', name: 'an unknown base image may have an ENTRYPOINT that expands' },
    'FROM a\nCMD ["sh", "-c", "b $C"]\n',
    'FROM a\nCMD b $C\n',
    'FROM a\nENTRYPOINT ["/docker-entrypoint.sh", "$C"]\n',
    'FROM a\nENTRYPOINT ["b"]\nCMD ["$C"]\n',
    'FROM a\nCMD ["b", "^x$"]\n',
    'FROM a\nCMD ["b", "\\\\$C"]\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENTRYPOINT ["b", "--port=$PORT"]\nCMD ["$C"]\n',
      findings: [{ messageId: 'literal', at: '"--port=$PORT"', data: { name: '$PORT' } }],
      onbuild: false,
    },

    {
      code: 'FROM a\nENTRYPOINT ["java", "$JAVA_OPTS", "-jar", "${B}"]\n',
      findings: [
        { messageId: 'literal', at: '"$JAVA_OPTS"', data: { name: '$JAVA_OPTS' } },
        { messageId: 'literal', at: '"${B}"' },
      ],
    },
  ],
});
