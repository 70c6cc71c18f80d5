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
    { code: 'FROM a\nCOPY . /b\n', buildContext: context(['.dockerignore', '.dockerigore'], '.env') },
    { code: 'FROM a\nCOPY . /b\n', buildContext: context(['.dockerignore']) },
    {
      code: 'FROM a\nCOPY . /b\n',
      buildContext: context(['web/dockerignore', '.gitignore', 'Dockerfile.dockerignore']),
    },
    { code: 'FROM a\nCOPY b /b\n', buildContext: context(['.dockerigore']) },
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY b ./ /b/\n',
      buildContext: context(['node_modules/c/d.js', '.env']),
      findings: [{ messageId: 'missing', at: './', data: { copy: 'COPY ./', found: '`.env`' } }],
    },
    ...['.dockerigore', '.dockerignor', 'dockerignore', '.docker-ignore', '.dockerignore.txt'].map((file) => ({
      code: 'FROM a\nCOPY . /b\n',
      buildContext: context(['.env', file]),
      findings: [{ messageId: 'misspelled' as const, at: '.', data: { file } }],
    })),
    {
      code: 'FROM a\nCOPY . .\n',
      buildContext: context(['b', '.git/config']),
      findings: [{ messageId: 'missing', at: '.', data: { copy: 'COPY .', found: '`.git`' } }],
    },
  ],
});
