import rule from '../../../server/src/rules/cache/prefer-cache-mount';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
    'FROM a\nRUN pip install --no-cache-dir b\n',
    'FROM a\nRUN npm run build\n',
    'FROM a\nRUN echo npm ci\n',
    'FROM a\nCMD npm ci\n',
    'FROM a\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install --immutable\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN yarn install --frozen-lockfile\n',
      findings: [{ messageId: 'download', at: 'yarn install --frozen-lockfile' }],
      output: 'FROM a\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install --frozen-lockfile\n',
    },
    {
      code: 'FROM a\nRUN npm ci && npm run b\n',
      findings: [{ messageId: 'download', at: 'npm ci' }],
      output: 'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci && npm run b\n',
    },
    {
      code: 'FROM golang\nRUN cd b && go build -o /c\n',
      findings: [{ messageId: 'download', at: 'go build -o /c' }],
      output:
        'FROM golang\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    cd b && go build -o /c\n',
    },
  ],
});
