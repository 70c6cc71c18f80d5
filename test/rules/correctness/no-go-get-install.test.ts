import rule from '../../../server/src/rules/correctness/no-go-get-install';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    'FROM golang:1.17\nRUN go get github.com/a/air\nCMD ["air"]\n',
    'FROM golang:1.26\nRUN go install github.com/a/air@latest\nCMD ["air"]\n',
    'FROM golang:1.26\nRUN go get github.com/a/lib\nCMD ["app"]\n',
    'FROM golang:1.26\nRUN go get ./...\nCMD ["air"]\n',
    'FROM example/golang:1.26\nRUN go get github.com/a/air\nCMD ["air"]\n',
    'FROM golang:1.26\nRUN go get github.com/a/air github.com/a/b\nCMD ["air"]\n',
  ],
  invalid: [
    {
      code: 'FROM golang\nRUN go get -u github.com/cosmtrek/air\nCMD ["air", "-c", ".air.toml"]\n',
      findings: [{ messageId: 'get', at: 'go get -u github.com/cosmtrek/air', data: { program: 'air' } }],
      output: 'FROM golang\nRUN go install github.com/cosmtrek/air@latest\nCMD ["air", "-c", ".air.toml"]\n',
    },
    {
      code: 'FROM golang:1.20-alpine\nRUN go get github.com/a/swag/v2@v2.0.1 && swag init\n',
      findings: [{ messageId: 'get', at: 'go get github.com/a/swag/v2@v2.0.1', data: { program: 'swag' } }],
      output: 'FROM golang:1.20-alpine\nRUN go install github.com/a/swag/v2@v2.0.1 && swag init\n',
    },
  ],
});
