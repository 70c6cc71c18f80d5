import rule from '../../../server/src/rules/size/npm-omit-dev';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
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
