import { parseImagePattern } from '../../../server/src/dockerfile/imagePattern';
import rule from '../../../server/src/rules/security/require-approved-image';
import { testRule } from '../../helpers/ruleTester';

const approve = (...written: string[]) => ({
  approvedImages: written.flatMap((one) => parseImagePattern(one) ?? []),
});
const DIGEST = `sha256:${'a'.repeat(64)}`;

testRule(rule, {
  docs: { settings: approve('node:22-*') },
  valid: [
    'FROM node:18\n',
    { code: 'FROM node:22-slim\nFROM scratch\n', settings: approve('node:22-*') },
    { code: 'FROM docker.io/library/node:22-slim\n', settings: approve('node:22-*') },
    { code: `FROM node:22-slim@${DIGEST}\n`, settings: approve('node:22-*') },
    { code: `FROM node@${DIGEST}\nFROM a.org/b:1@${DIGEST}\n`, settings: approve('*@sha256:*') },
    { code: 'FROM node\n', settings: approve('node:latest') },
    { code: 'FROM ghcr.io/acme/a/b:1\n', settings: approve('ghcr.io/acme/*') },
    { code: 'FROM localhost:5000/a:1\n', settings: approve('localhost:5000/*') },
    { code: 'FROM acme/node:1\n', settings: approve('acme/*') },
    { code: 'FROM node:22-slim AS b\nFROM b\nCOPY --from=b /c /c\nCOPY --from=0 /c /d\n', settings: approve('node') },
    { code: 'ARG A\nFROM $A\nFROM node:$B\n', settings: approve('x') },
    { code: 'FROM ctx\nCOPY --from=ctx /a /b\n', settings: { ...approve('x'), contexts: new Set(['ctx']) } },
  ],
  invalid: [
    {
      code: 'FROM node:18\n',
      settings: approve('node:22-*', 'node:24-*'),
      findings: [{ messageId: 'unapproved', at: 'node:18', data: { image: 'node:18' } }],
      onbuild: false,
    },
    {
      code: 'FROM evil.org/node:22-slim\nFROM acme/node:22-slim\n',
      settings: approve('node:22-*'),
      findings: [
        { messageId: 'unapproved', at: 'evil.org/node:22-slim' },
        { messageId: 'unapproved', at: 'acme/node:22-slim' },
      ],
      onbuild: false,
    },
    {
      code: `FROM node@${DIGEST}\nFROM node:22\n`,
      settings: approve('node:22@sha256:*'),
      findings: [
        { messageId: 'unapproved', at: `node@${DIGEST}` },
        { messageId: 'unapproved', at: 'node:22' },
      ],
      onbuild: false,
    },
    {
      code: 'ARG V=18\nFROM node:$V\n',
      settings: approve('node:22-*'),
      findings: [{ messageId: 'unapproved', at: 'node:$V', data: { image: 'node:18' } }],
      onbuild: false,
    },
    {
      code: 'FROM a:1\nCOPY --from=b:1 /c /c\nRUN --mount=type=bind,from=c:1,target=/d e\n',
      settings: approve('a'),
      findings: [
        { messageId: 'unapproved', at: 'b:1' },
        { messageId: 'unapproved', at: 'c:1' },
      ],
      onbuild: false,
    },
  ],
});
