import { certificateRule } from '../shared/certificates';

export default certificateRule({
  id: 'no-go-insecure',
  aliases: ['CKV2_DOCKER_18'],
  messages: { off: '`{name}` lets Go download modules without verifying the server', remove: 'Remove it' },
  variables: { names: ['GOINSECURE'], value: /\S/ },
  docs: {
    description: 'Let Go verify the servers of modules',
    rationale:
      'For modules that match `GOINSECURE`, Go accepts any certificate and plain HTTP, so anyone on the network path can substitute code. `GOPRIVATE` is enough for a private server: it only leaves out the public proxy and the checksum database.',
    bad: [
      'FROM golang:1.26\nENV GOINSECURE=git.example.com\n',
      'FROM golang:1.26\nRUN GOINSECURE=git.example.com go mod download\n',
    ],
    good: ['FROM golang:1.26\nENV GOPRIVATE=git.example.com\n'],
    references: ['https://go.dev/ref/mod#environment-variables'],
  },
});
