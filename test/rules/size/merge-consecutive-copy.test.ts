import rule from '../../../server/src/rules/size/merge-consecutive-copy';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nCOPY b.c /d/\nCOPY e.f /g/\n',
    'FROM a\nCOPY b /d/\nCOPY e /d/\n',
    'FROM a\nCOPY --chown=x b.c ./\nCOPY e.f ./\n',
    'FROM a\nCOPY b.c ./\nRUN x\nCOPY e.f ./\n',
    'FROM a\nCOPY b.c ./\n# why\nCOPY e.f ./\n',
  ],
  invalid: [
    {
      name: 'all at once',
      code: `FROM a\n${Array.from({ length: 14 }, (_, index) => `COPY b${index}.c ./\n`).join('')}`,
      findings: [{ messageId: 'adjacent', at: 'COPY' }],
      output: `FROM a\nCOPY ${Array.from({ length: 14 }, (_, index) => `b${index}.c`).join(' ')} ./\n`,
    },
    { code: 'FROM a\nADD b.c /d\nADD e.f /d\nADD g.h /d\n', findings: [{ messageId: 'adjacent', at: 'ADD' }] },
    {
      code: 'FROM a\nCOPY b.c ./\nCOPY e.f g.h ./\n',
      findings: [{ messageId: 'adjacent', at: 'COPY' }],
      output: 'FROM a\nCOPY b.c e.f g.h ./\n',
    },
  ],
});
