import rule from '../../../server/src/rules/correctness/no-build-in-cmd';
import { testRule } from '../../helpers/ruleTester';

const COPIED = 'FROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n';
const stageWith = (...lines: readonly string[]) =>
  `FROM node:22 AS build\nCOPY . .\n${lines.map((line) => `${line}\n`).join('')}`;

testRule(rule, {
  onbuild: false,
  valid: [
    // What a container starts.
    stageWith('CMD ["npm", "run", "build"]'),
    `${stageWith('CMD ["npm", "run", "build"]')}FROM build AS other\nCMD a\n`,
    // Another target, which nothing copies from.
    `${stageWith('CMD ["npm", "run", "build"]')}FROM nginx:1.29\nCMD a\n`,
    `${stageWith('RUN npm run build', 'CMD ["npm", "run", "build"]')}${COPIED}`,
    `${stageWith('RUN npm run build', 'CMD ["npm", "start"]')}${COPIED}`,
    `${stageWith('CMD ["npm", "run", "build:watch-and-serve"]').replace('build:watch', 'dev')}${COPIED}`,
    `${stageWith('CMD make run')}${COPIED}`,
  ],
  invalid: [
    {
      code: `${stageWith('RUN npm ci', 'CMD ["npm", "run", "build"]')}${COPIED}`,
      findings: [{ messageId: 'found', at: 'CMD' }],
      output: `${stageWith('RUN npm ci', 'RUN ["npm", "run", "build"]')}${COPIED}`,
    },
    {
      code: `${stageWith('ENTRYPOINT ./mvnw -B package')}${COPIED}`,
      findings: [{ messageId: 'found', at: 'ENTRYPOINT' }],
      output: `${stageWith('RUN ./mvnw -B package')}${COPIED}`,
    },
    {
      code: `${stageWith('CMD mkdocs build')}${COPIED}`,
      findings: [{ messageId: 'found', at: 'CMD' }],
      output: `${stageWith('RUN mkdocs build')}${COPIED}`,
    },
  ],
});
