import rule from '../../../server/src/rules/reproducibility/pin-go-install';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN go install x.org/b@v1.2.3\n',
    'FROM a\nRUN go install ./... b std\n',
    'FROM a\nRUN go run x.org/b@v1 --foo x.org/c\n',
    'FROM a\nRUN go run ./b /c/d\n',
    'FROM a\nRUN go build x.org/b\n',
    'FROM a\nRUN go install x.org/b@$V\n',
    'FROM a\nCOPY go.mod ./\nRUN go install x.org/b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY b c\nRUN go get d.e/f\n',
      name: 'as hadolint reads it: modules',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'unpinned', at: 'd.e/f' }],
    },
    { code: 'FROM a\nRUN go install x.org/b\n', findings: [{ messageId: 'unpinned', at: 'x.org/b' }] },
    {
      code: 'FROM a\nCOPY . .\nRUN go get -tool b@latest && go run -race x.org/c@latest d\n',
      findings: [
        { messageId: 'latest', at: 'b@latest' },
        { messageId: 'latest', at: 'x.org/c@latest' },
      ],
    },
  ],
});
