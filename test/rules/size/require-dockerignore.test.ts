import rule from '../../../server/src/rules/size/require-dockerignore';
import { testRule } from '../../helpers/ruleTester';

const context = (files: readonly string[], ignore?: string) => ({
  files: new Map(files.map((file) => [file, { sizeBytes: 1 }])),
  read: (path: string) => (path === '.dockerignore' ? ignore : undefined),
  unlisted: [],
  isComplete: true,
});

testRule(rule, {
  docs: { buildContext: context(['.env', 'src/index.js']) },
  valid: [
    'FROM a\nCOPY . /b\n',
    { code: 'FROM a\nCOPY . /c\n', buildContext: context(['.env'], '.env') },
    { code: 'FROM a\nCOPY d /b\n', buildContext: context(['.env']) },
    { code: 'FROM a\nCOPY ./ /b\n', buildContext: context(['d']) },
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY b ./ /b/\n',
      buildContext: context(['node_modules/c/d.js', '.env']),
      findings: [{ messageId: 'missing', at: './', data: { copy: 'COPY ./', found: '`.env`' } }],
    },

    {
      code: 'FROM a\nCOPY . .\n',
      buildContext: context(['b', '.git/config']),
      findings: [{ messageId: 'missing', at: '.', data: { copy: 'COPY .', found: '`.git`' } }],
    },
  ],
});
