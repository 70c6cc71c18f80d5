import rule from '../../../server/src/rules/correctness/no-ignored-copy';
import { testRule } from '../../helpers/ruleTester';

const context = (files: readonly string[], ignore?: string) => ({
  files: new Map(files.map((file) => [file, { sizeBytes: 1 }])),
  read: (path: string) => (path === '.dockerignore' ? ignore : undefined),
  unlisted: [],
  isComplete: true,
});

testRule(rule, {
  docs: { buildContext: context([], 'secret.txt\n') },
  valid: [
    'FROM a\nCOPY b /c\n',
    { code: 'FROM a\nCOPY --from=x b /c\n', buildContext: context([], 'b') },
    { code: 'FROM a\nADD https://b/b /c\n', buildContext: context([], '**/b') },
    { code: 'FROM a\nCOPY b* /c\n', buildContext: context([], 'b') },
    { code: 'FROM a\nCOPY d /c\n', buildContext: context([], 'b\n*\n!d') },
    { code: 'FROM a\nCOPY $B /c\n', buildContext: context([], '*') },
    { code: 'FROM a\nCOPY . /c\n', buildContext: context([], '*\n!src') },
  ],
  invalid: [
    { code: 'FROM a\nCOPY . /c\n', buildContext: context([], '*'), findings: [{ messageId: 'ignored', at: '.' }] },
    {
      code: 'FROM a\nCOPY b ./d/e /c/\n',
      buildContext: context([], 'b\nd\n'),
      findings: [
        { messageId: 'ignored', at: 'b', data: { path: 'b', keyword: 'COPY' } },
        { messageId: 'ignored', at: './d/e' },
      ],
    },
    {
      code: 'ARG B=b\nFROM a\nARG B\nADD $B /c\n',
      buildContext: context([], 'b'),
      findings: [{ messageId: 'ignored', at: '$B' }],
      onbuild: false,
    },
  ],
});
