import rule from '../../../server/src/rules/correctness/require-from-arg-default';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'ARG A=cuda:12-runtime@sha256:ca5e438c\nFROM nvidia/$A\n',
    'ARG A=1\nFROM b:$A\n',
    'ARG A\nFROM b$A\n',
    'FROM b:$UNKNOWN\n',
    'ARG A\nFROM ${A:-b}\n',
  ],
  invalid: [
    {
      code: 'ARG A\nFROM $A\n',
      settings: { buildArgs: new Map([['A', 'b']]) },
      findings: [{ messageId: 'invalid', at: '$A' }],
    },
    { code: 'ARG A\nFROM $A\n', findings: [{ messageId: 'invalid', at: '$A' }] },
    { code: 'ARG A\nFROM b:${A}\n', findings: [{ messageId: 'invalid', at: 'b:${A}', data: { reference: 'b:' } }] },
    { code: 'ARG SFX="box:"\nFROM busy${SFX}\n', findings: [{ messageId: 'invalid', at: 'busy${SFX}' }] },
  ],
});
