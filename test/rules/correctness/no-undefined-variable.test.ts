import rule from '../../../server/src/rules/correctness/no-undefined-variable';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV LD_PATH=/b:$LD_PATH C=1\nENV LD_PATH=/d:$LD_PATH\n',
    'FROM a\nCOPY $LD_PATH /b\nENV LD_PATH=/c\n',
    'FROM a\nARG FOO\nCOPY $FOO /b\n',
    'FROM a\nENV PATH=/b:$PATH\n',
    'FROM a\nCOPY $JAVA_HOME /b\n',
    'FROM a\nARG VERSION\nRUN echo $VERSOIN\n',
    "FROM a\nARG VERSION\nLABEL b='$VERSOIN'\n",
    'FROM a\nARG VERSION\nCOPY ${VERSOIN:-x} /b\n',
    'FROM a AS b\nENV FOO=1\nFROM b\nCOPY $FOO /c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nARG VERSION\nCOPY b-${VERSOIN} /c\n',
      findings: [{ messageId: 'nearest', at: 'VERSOIN', data: { name: 'VERSOIN', near: 'VERSION' } }],
      output: 'FROM a\nARG VERSION\nCOPY b-${VERSION} /c\n',
    },
    {
      code: 'FROM a\nENV PATH=$PAHT:/b\n',
      findings: [{ messageId: 'nearest', at: 'PAHT' }],
      output: 'FROM a\nENV PATH=$PATH:/b\n',
    },
    { code: 'FROM a\nCOPY $foo /b\nARG foo=1\n', findings: [{ messageId: 'undefined', at: 'foo' }], onbuild: false },
  ],
});
