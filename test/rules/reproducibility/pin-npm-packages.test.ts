import rule from '../../../server/src/rules/reproducibility/pin-npm-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN npm install\n',
    'FROM a\nRUN npm ci --progress=false\n',
    'FROM a\nRUN npm i -g b@1 @c/d@"^2" e@latest\n',
    'FROM a\nRUN npm install ./b ../c ~/d /e f.tgz g-1.tar\n',
    'FROM a\nRUN npm install git+ssh://git@x.org:y/z.git#v1\n',
    'FROM a\nRUN npm install --prefix /b\n',
    'FROM a\nRUN npm run install b\n',
    'FROM a\nRUN npm install $B\n',
  ],
  invalid: [
    ...['in', 'isntall'].map((name) => ({
      code: `FROM a\nRUN npm ${name} sax\n`,
      findings: [{ messageId: 'unpinned' as const, at: 'sax' }],
    })),
    { code: 'FROM a\nRUN npm install -g pm2 b@1\n', findings: [{ messageId: 'unpinned', at: 'pm2' }] },
    { code: 'FROM a\nRUN npm i @c/d \\\n  e@1\n', findings: [{ messageId: 'unpinned', at: '@c/d' }] },
    {
      code: 'FROM a\nRUN npm install git+https://u@x.org/y git://x.org/z.git\n',
      findings: [
        { messageId: 'unpinned', at: 'git+https://u@x.org/y' },
        { messageId: 'unpinned', at: 'git://x.org/z.git' },
      ],
    },
  ],
});
