import rule from '../../../server/src/rules/reproducibility/require-image-tag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    {
      code: 'ARG A=b\nFROM $A\nCOPY --from=team/c /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
    },

    'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=b /c /d\nCOPY --from=0 /c /d\nCOPY --from=context /c /d\nCOPY --from=node:22 /c /d\n',
    'FROM debian:12\n',
    `FROM debian@sha256:${'a'.repeat(64)}\n`,
    'FROM scratch\n',
    'FROM myBase:1\n',
    'FROM a:1 AS b\nFROM B\n',
    'FROM debian:12 AS base\nFROM base\n',
    'FROM $IMAGE\n',
    'ARG TAG\nFROM debian:12$TAG\n',
    'ARG NAME\nFROM team/$NAME\n',
    'ARG TAG=:12\nFROM debian$TAG\n',
    'ARG IMAGE=debian:12\nFROM $IMAGE\n',
  ],
  invalid: [
    {
      name: 'a tag that only a build argument gives',
      code: 'ARG TAG\nFROM debian$TAG\n',
      findings: [{ messageId: 'untagged', at: 'debian$TAG', data: { image: 'debian' }, severity: 'info' }],
    },
    {
      name: 'a name that no build takes',
      code: 'FROM myBase\nFROM Host:5000/team/App\n',
      findings: [
        { messageId: 'untagged', at: 'myBase' },
        { messageId: 'untagged', at: 'Host:5000/team/App' },
      ],
    },
    {
      name: 'the default of an ARG',
      code: 'ARG BASE=team/base\nARG PREFIX=mirror/\nFROM $BASE\nFROM ${PREFIX}busybox\n',
      findings: [
        { messageId: 'untagged', at: ['$BASE', 1], severity: 'info' },
        { messageId: 'untagged', at: '${PREFIX}busybox', severity: 'warning' },
      ],
    },
    {
      code: 'FROM debian:12\nCOPY --from=composer /c /d\nCOPY --from=composer /e /f\nRUN --mount=from=ghcr.io/a/b,target=/c d\n',
      findings: [
        { messageId: 'untagged', at: 'composer' },
        { messageId: 'untagged', at: 'ghcr.io/a/b' },
      ],
    },
    {
      code: 'FROM docker.io/library/node\n',
      findings: [{ messageId: 'untagged', at: 'docker.io/library/node', data: { image: 'docker.io/library/node' } }],
    },
    {
      code: 'FROM $REGISTRY/ubuntu\n',
      findings: [{ messageId: 'untagged', at: '$REGISTRY/ubuntu', data: { image: '$REGISTRY/ubuntu' } }],
    },
    {
      code: 'FROM cgr.dev/chainguard/static\n',
      findings: [{ messageId: 'untagged', at: 'cgr.dev/chainguard/static' }],
    },
    { code: 'FROM debian\n', findings: [{ messageId: 'untagged', at: 'debian' }], output: null },
    {
      code: 'FROM localhost:5000/app\n',
      findings: [{ messageId: 'untagged', at: 'localhost:5000/app' }],
      output: null,
    },
    { code: 'ARG IMAGE=debian\nFROM $IMAGE\n', findings: [{ messageId: 'untagged', at: '$IMAGE' }], output: null },
  ],
});
