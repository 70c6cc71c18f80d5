import rule from '../../../server/src/rules/maintainability/no-deploy-in-build';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN kubectl version && helm template b && git clone c && npm ci\n',
    'FROM a\nRUN rsync -a b/ /c/ && scp d@e:/f /g\n',
    'FROM a\nCMD kubectl apply -f b\n',
    'FROM a\nRUN npm publish --dry-run\n',
    'FROM a\nRUN aws s3 cp s3://b/c /d && aws s3 sync s3://b /e && npx prisma generate\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN aws s3 sync ./dist s3://b && npx prisma migrate deploy\n',
      findings: [
        { messageId: 'deploys', at: 'aws', data: { command: 'aws s3' } },
        { messageId: 'deploys', at: 'npx', data: { command: 'npx prisma migrate deploy' } },
      ],
    },
    {
      code: 'FROM a\nRUN kubectl apply -f b\n',
      findings: [{ messageId: 'deploys', at: 'kubectl', data: { command: 'kubectl apply' } }],
    },
    {
      code: 'FROM a\nRUN rsync -a b/ c@d.e:/f\n',
      findings: [{ messageId: 'deploys', at: 'rsync', data: { command: 'rsync' } }],
    },
    {
      code: 'FROM a\nRUN scp a build.example:/b && scp c:/d e\n',
      findings: [{ messageId: 'deploys', at: 'scp', data: { command: 'scp' } }],
    },
    {
      code: 'FROM a\nRUN docker build -t b . && docker push b\n',
      findings: [{ messageId: 'deploys', at: ['docker', 2], data: { command: 'docker push' } }],
    },
  ],
});
