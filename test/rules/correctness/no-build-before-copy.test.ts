import rule from '../../../server/src/rules/correctness/no-build-before-copy';
import { testRule } from '../../helpers/ruleTester';

const NODE = 'FROM node:24\nCOPY package*.json tsconfig.json ./\nRUN npm ci\n';
const RAILS = 'FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\n';

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    `${NODE}COPY . .\nRUN npm run build\n`,
    `${NODE}RUN npm run lint\nCOPY . .\n`,
    `${NODE}RUN npm run build || true\nCOPY . .\n`,
    `${NODE}RUN --mount=type=bind,target=. npm run build\nCOPY . .\n`,
    `${NODE}RUN git clone https://a.b/c . && npm run build\nCOPY . .\n`,
    // Other files are copied first, or later ones are not the sources.
    'FROM node:24\nCOPY web ./\nRUN npm run build\nCOPY . .\n',
    `${NODE}RUN npm run build\nCOPY nginx.conf /etc/\n`,
    `${NODE}RUN npm run build\nCOPY --from=a . .\n`,
    'FROM team/app\nRUN npm run build\n',
    `${RAILS}RUN bundle exec rake db:seed\nCOPY . .\n`,
  ],
  invalid: [
    { code: `${NODE}RUN npm run build\nCOPY . .\n`, findings: [{ messageId: 'early', at: 'npm run build' }] },
    { code: `${NODE}RUN yarn build && ls\nCOPY src ./src\n`, findings: [{ messageId: 'early', at: 'yarn build' }] },
    {
      code: `${RAILS}RUN bundle install && bundle exec rails assets:precompile RAILS_ENV=production\n`,
      findings: [{ messageId: 'early', at: 'bundle exec rails assets:precompile RAILS_ENV=production' }],
    },
    {
      code: 'FROM python:3.14\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nRUN python manage.py collectstatic\nCOPY . .\n',
      findings: [{ messageId: 'early', at: 'python manage.py collectstatic' }],
    },
  ],
});
