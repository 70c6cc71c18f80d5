import rule from '../../../server/src/rules/correctness/require-arg-in-stage';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'ARG B\nFROM a\nARG B\nRUN c $B\n',
    'ARG B\nFROM a:$B\n',
    'ARG B\nFROM a\nENV B=c\nRUN d $B\n',
    'ARG B\nFROM a\nRUN B=c; d $B\n',
    "ARG B\nFROM a\nRUN echo '$B'\n",
    'ARG B\nFROM a AS x\nARG B\nFROM x\nRUN c $B\n',
    'FROM a\nRUN c $B\n',
    'ARG B\nFROM a\nCMD c $B\n',
    'ARG B\nFROM a\nRUN c ${B:-d}\n',
  ],
  invalid: [
    {
      code: 'ARG B=1\nFROM a\nCOPY c-$B /d\nRUN e ${B}\n',
      findings: [{ messageId: 'empty', at: ['B', 2], data: { name: 'B' } }],
      output: 'ARG B=1\nFROM a\nARG B\nCOPY c-$B /d\nRUN e ${B}\n',
      escape: false,
    },
  ],
});
