import rule from '../../../server/src/rules/correctness/no-misspelled-stage';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS builder\nFROM b\nCOPY --from=builder /a /a\n',
    'FROM a AS builder\nFROM b\nCOPY --from=Builder /a /a\n',
    'FROM a AS builder\nFROM b\nCOPY --from=0 /a /a\n',
    'FROM a AS builder\nFROM b\nCOPY --from=assets /a /a\n',
    'FROM a AS builder\nFROM b\nCOPY --from=$builde /a /a\n',
    'FROM a AS builder\nFROM b\nCOPY --from=x/biulder /a /a\n',
    'FROM a AS bash1\nFROM b\nCOPY --from=bash /a /a\n',
    'FROM a AS stage1\nFROM b\nCOPY --from=stage2 /a /a\n',
    'FROM a AS app\nFROM apps\n',
    'FROM a AS app\nFROM b\nCOPY --from=ap /a /a\n',
    'FROM a AS dev\nFROM b\nCOPY --from=api /a /a\n',
    'FROM a AS db1\nFROM db\n',
    'FROM a AS builder\nFROM builders\n',
    {
      code: 'FROM a AS builder\nFROM b\nCOPY --from=biulder /a /a\n',
      name: 'a context by this name',
      settings: { contexts: new Set(['biulder']) },
    },
  ],
  invalid: [
    {
      name: 'short names',
      code: 'FROM a AS deps\nFROM b AS dev\nFROM c\nCOPY --from=dep /a /a\nCOPY --from=deps /a /a\nFROM dve\n',
      findings: [
        { messageId: 'near', at: ['dep', 2], data: { name: 'dep', stage: 'deps' } },
        { messageId: 'near', at: 'dve' },
      ],
      output: 'FROM a AS deps\nFROM b AS dev\nFROM c\nCOPY --from=deps /a /a\nCOPY --from=deps /a /a\nFROM dev\n',
      onbuild: false,
    },
    {
      name: 'one letter less of a stage that is used',
      code: 'FROM a AS deps\nFROM b\nCOPY --from=deps /a /a\nFROM dep AS c\n',
      findings: [{ messageId: 'near', at: ['dep', 3], data: { name: 'dep', stage: 'deps' } }],
      output: 'FROM a AS deps\nFROM b\nCOPY --from=deps /a /a\nFROM deps AS c\n',
      onbuild: false,
    },
    {
      code: 'FROM a AS builder\nRUN b\nFROM buider\n',
      findings: [{ messageId: 'near', at: 'buider', data: { name: 'buider', stage: 'builder' } }],
      output: 'FROM a AS builder\nRUN b\nFROM builder\n',
    },
    {
      code: 'FROM a AS builder\nFROM b\nCOPY --from=biulder /a /a\n',
      findings: [{ messageId: 'near', at: 'biulder', data: { name: 'biulder', stage: 'builder' } }],
      output: 'FROM a AS builder\nFROM b\nCOPY --from=builder /a /a\n',
    },
    {
      code: 'FROM a AS builder\nFROM b\nRUN --mount=type=bind,from=bulder,target=/a ls /a\n',
      findings: [{ messageId: 'near', at: 'bulder' }],
      output: 'FROM a AS builder\nFROM b\nRUN --mount=type=bind,from=builder,target=/a ls /a\n',
    },
    {
      code: 'FROM a AS builder\nFROM biulder\n',
      findings: [{ messageId: 'near', at: 'biulder' }],
      output: 'FROM a AS builder\nFROM builder\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY --from=assets /a /a\nFROM b AS assets\n',
      findings: [{ messageId: 'below', at: 'assets' }],
    },
  ],
});
