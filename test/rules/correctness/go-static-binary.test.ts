import rule from '../../../server/src/rules/correctness/go-static-binary';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM golang:1 AS x\nENV CGO_ENABLED=0\nRUN go build\nFROM scratch\nCOPY --from=x /b /\n',
    'FROM golang:1-alpine AS x\nRUN go build\nFROM scratch\nCOPY --from=x /b /\n',
    'FROM golang:1 AS x\nRUN go build\nFROM debian:12\nCOPY --from=x /b /\n',
    'FROM golang:1\nRUN go build\n',
    'FROM golang:1 AS x\nRUN go build -race -o /b\nFROM scratch\nCOPY --from=x /b /\n',
    'FROM golang:1 AS x\nRUN go test\nFROM scratch\nCOPY --from=x /b /\n',
  ],
  invalid: [
    {
      code: 'FROM golang AS x\nRUN go mod download\nRUN go build ./...\nFROM scratch\nCOPY --from=x /go/bin/b /b\n',
      findings: [{ messageId: 'linked', at: 'go build' }],
      output:
        'FROM golang AS x\nRUN go mod download\nRUN CGO_ENABLED=0 go build ./...\nFROM scratch\nCOPY --from=x /go/bin/b /b\n',
      onbuild: false,
    },

    {
      code: 'FROM golang:1.22 AS x\nRUN cd b && go build -o /c .\nFROM gcr.io/distroless/static\nCOPY --from=x /c /c\n',
      findings: [{ messageId: 'linked', at: 'go build' }],
      output:
        'FROM golang:1.22 AS x\nRUN cd b && CGO_ENABLED=0 go build -o /c .\nFROM gcr.io/distroless/static\nCOPY --from=x /c /c\n',
      onbuild: false,
    },
  ],
});
