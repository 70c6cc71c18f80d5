import rule from '../../../server/src/rules/size/npm-omit-dev';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const PLAIN = 'FROM a\nWORKDIR /b\nCOPY c .\nRUN npm ci\nCMD ["node", "b"]\n';
const project = (json: object) => buildContextOf({ 'c/package.json': JSON.stringify(json) });

testRule(rule, {
  valid: [
    {
      code: 'FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      name: 'people develop in it',
      settings: { isForDevelopment: true },
    },
    { code: PLAIN, buildContext: project({ dependencies: { a: '1' } }) },
    {
      code: PLAIN,
      settings: { services: [{ mounts: [], starts: ['nodemon b'], isPrivileged: false }] },
    },
    'FROM a\nRUN npm ci --omit=dev\nCMD ["node", "b"]\n',
    'FROM a\nENV NODE_ENV=production\nRUN npm ci\nCMD ["node", "b"]\n',
    'FROM a\nRUN npm ci && npm run build\nCMD ["node", "b"]\n',
    'FROM a\nRUN npm ci\nRUN npx tsc\nCMD ["node", "b"]\n',
    'FROM a\nRUN npm ci\nCMD ["npm", "start"]\n',
    'FROM a AS x\nRUN npm ci\nFROM b\nCMD ["node", "b"]\n',
    'FROM a\nRUN npm install b\nCMD ["node", "b"]\n',
  ],
  invalid: [
    {
      code: PLAIN,
      buildContext: project({ workspaces: ['a'] }),
      findings: [{ messageId: 'dev', at: 'ci' }],
      output: PLAIN.replace('npm ci', 'npm ci --omit=dev'),
      onbuild: false,
    },
    {
      code: PLAIN,
      buildContext: project({ devDependencies: { a: '1' } }),
      findings: [{ messageId: 'dev', at: 'ci' }],
      output: PLAIN.replace('npm ci', 'npm ci --omit=dev'),
      onbuild: false,
    },
    {
      code: 'FROM a AS x\nRUN npm ci\nFROM a\nRUN cd b && npm i --no-audit\nENTRYPOINT ["node", "b"]\n',
      findings: [{ messageId: 'dev', at: ['i', 2] }],
      output: 'FROM a AS x\nRUN npm ci\nFROM a\nRUN cd b && npm i --omit=dev --no-audit\nENTRYPOINT ["node", "b"]\n',
    },

    {
      code: 'FROM a\nRUN npm ci && npm cache clean --force\nCMD ["node", "b"]\n',
      findings: [{ messageId: 'dev', at: 'ci' }],
      output: 'FROM a\nRUN npm ci --omit=dev && npm cache clean --force\nCMD ["node", "b"]\n',
    },
  ],
});
