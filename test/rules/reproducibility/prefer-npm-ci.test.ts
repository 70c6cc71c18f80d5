import rule from '../../../server/src/rules/reproducibility/prefer-npm-ci';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const lockFile = {
  files: new Map([['package-lock.json', { sizeBytes: 1 }]]),
  read: () => undefined,
  unlisted: [],
  isComplete: true,
};

/** A lock file that was made elsewhere, beside the folder of the program. */
const foreignLock = (lock: object) =>
  buildContextOf({
    'package-lock.json': JSON.stringify(lock),
    'app/package.json': JSON.stringify({ dependencies: { axios: '1' } }),
  });
const FOREIGN = 'FROM a\nWORKDIR /srv\nCOPY app/package.json ./\nCOPY . .\nRUN npm install\n';

testRule(rule, {
  valid: [
    'FROM node:6\nCOPY package-lock.json ./\nRUN npm install\n',
    'FROM node:8.9.4-slim AS b\nFROM b\nCOPY package-lock.json ./\nRUN npm install\n',
    {
      code: FOREIGN.replace('FROM a', 'FROM node:14'),
      buildContext: foreignLock({ lockfileVersion: 3, packages: { '': { dependencies: { axios: '1' } } } }),
    },
    { code: FOREIGN, buildContext: foreignLock({ lockfileVersion: 2, packages: {} }) },
    { code: FOREIGN, buildContext: foreignLock({ lockfileVersion: 1, dependencies: { express: {} } }) },
    { code: FOREIGN, buildContext: foreignLock({ lockfileVersion: 3, packages: { '': { dependencies: {} } } }) },
    'FROM a\nCOPY package.json ./\nRUN npm install\n',
    'FROM a\nCOPY package-lock.json ./\nRUN rm -f package-lock.json && npm install\n',
    'FROM a\nCOPY package-lock.json ./\nRUN rm -rf package*\nRUN npm install\n',
    'FROM a\nCOPY package-lock.json ./\nRUN mv package-prod.json package.json\nRUN npm install\n',
    "FROM a\nCOPY package-lock.json ./\nRUN sed -i '/husky/d' package.json && npm install\n",
    'FROM a AS b\nRUN echo {} > /package.json\nFROM b\nCOPY package-lock.json ./\nRUN npm install\n',
    'FROM a\nCOPY . .\nRUN npm install\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm ci\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm install b\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm i -g\n',
    'FROM a\nRUN npm install\nCOPY package-lock.json ./\n',
    'FROM a\nCOPY package-lock.json ./\nRUN npm ci || npm install\n',
    'FROM a\nCOPY package-lock.json ./\nRUN if [ -f package-lock.json ]; then npm ci; else npm install; fi\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY package-lock.json ./\nRUN sed -n p package.json && npm install && rm package.json\n',
      findings: [{ messageId: 'install', at: 'install' }],
      output: 'FROM a\nCOPY package-lock.json ./\nRUN sed -n p package.json && npm ci && rm package.json\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY package-lock.json ./\nRUN npm ci --prefix b && npm install\n',
      findings: [{ messageId: 'install', at: 'install' }],
      output: 'FROM a\nCOPY package-lock.json ./\nRUN npm ci --prefix b && npm ci\n',
      onbuild: false,
    },
    {
      code: FOREIGN.replace('FROM a', 'FROM node:20'),
      buildContext: foreignLock({ lockfileVersion: 3, packages: { '': { dependencies: { axios: '1' } } } }),
      findings: [{ messageId: 'install', at: 'install' }],
      output: FOREIGN.replace('FROM a', 'FROM node:20').replace('npm install', 'npm ci'),
      onbuild: false,
    },
    {
      code: FOREIGN,
      buildContext: foreignLock({ lockfileVersion: 1, dependencies: { axios: {} } }),
      findings: [{ messageId: 'install', at: 'install' }],
      output: FOREIGN.replace('npm install', 'npm ci'),
      onbuild: false,
    },
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
