import rule from '../../../server/src/rules/reproducibility/prefer-npm-ci';
import { testRule } from '../../helpers/ruleTester';

const lockFile = {
  files: new Map([['package-lock.json', { sizeBytes: 1 }]]),
  read: () => undefined,
  unlisted: [],
  isComplete: true,
};

testRule(rule, {
  valid: [
    'FROM a\nCOPY package.json ./\nRUN npm install\n',
    'FROM a\nCOPY . .\nRUN npm install\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm ci\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm install b\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm i -g\n',
    'FROM a\nRUN npm install\nCOPY package-lock.json ./\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY package*.json ./\nRUN npm install --omit=dev\n',
      findings: [{ messageId: 'install', at: 'install' }],
      output: 'FROM a\nCOPY package*.json ./\nRUN npm ci --omit=dev\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY . .\nRUN npm i\n',
      buildContext: lockFile,
      findings: [{ messageId: 'install', at: 'i' }],
      output: 'FROM a\nCOPY . .\nRUN npm ci\n',
      onbuild: false,
    },
  ],
});
