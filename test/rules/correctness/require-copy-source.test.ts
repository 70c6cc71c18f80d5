import rule from '../../../server/src/rules/correctness/require-copy-source';
import { testRule } from '../../helpers/ruleTester';

const context = (files: readonly string[], ignore?: string) => ({
  files: new Map(files.map((file) => [file, { sizeBytes: 1 }])),
  read: (path: string) => (path === '.dockerignore' ? ignore : undefined),
  unlisted: [],
  isComplete: true,
});

testRule(rule, {
  docs: { buildContext: context(['app.py']) },
  onbuild: false,
  valid: [
    'FROM a\nCOPY b /c\n',
    { code: 'FROM a\nCOPY b ./d/ . e* /c/\n', buildContext: context(['b', 'd/f']) },
    { code: 'FROM a\nCOPY b /c\n', buildContext: { ...context([]), unlisted: [''], isComplete: false } },
    { code: 'FROM a\nCOPY --from=x b /c\n', buildContext: context([]) },
  ],
  invalid: [
    {
      code: 'FROM a\nADD ["./dd/", "ee", "d", "/c/"]\n',
      buildContext: context(['d/f', 'eee']),
      findings: [
        { messageId: 'absent', at: '"./dd/"' },
        { messageId: 'absent', at: '"ee"' },
      ],
    },

    {
      code: 'FROM a\nCOPY b d /c/\n',
      buildContext: context(['b']),
      findings: [{ messageId: 'absent', at: 'd', data: { path: 'd' } }],
    },
  ],
});
