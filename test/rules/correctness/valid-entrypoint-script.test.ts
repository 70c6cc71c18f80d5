import rule from '../../../server/src/rules/correctness/valid-entrypoint-script';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const FILE = 'FROM a\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
const LF = buildContextOf({ 'start.sh': '#!/bin/sh\nexec b\n' });
const CRLF = buildContextOf({ 'start.sh': '#!/bin/sh\r\nexec b\r\n' });
const BASH = buildContextOf({ 'start.sh': '#!/usr/bin/env bash\nexec b\n' });
const NONE = buildContextOf({ 'start.sh': 'exec b\n' });

/** A start script in a file system with modes. */
const withMode = (isExecutable: boolean) => ({
  ...LF,
  files: new Map([['start.sh', { sizeBytes: 17, isExecutable }]]),
});

testRule(rule, {
  onbuild: false,
  valid: [
    { code: 'FROM alpine:3.22\nRUN apk add bash\nCOPY start.sh ./\nENTRYPOINT ["./start.sh"]\n', buildContext: BASH },
    { code: 'FROM debian:12\nCOPY start.sh ./\nENTRYPOINT ["./start.sh"]\n', buildContext: BASH },
    { code: 'FROM alpine:3.22\nCOPY start.sh ./\nENTRYPOINT ["./start.sh"]\n', buildContext: LF },
    { code: FILE, name: 'executable', buildContext: withMode(true) },
    { code: FILE.replace('COPY', 'COPY --chmod=755'), buildContext: withMode(false) },
    { code: FILE.replace('ENTRY', 'RUN chmod +x /start.sh\nENTRY'), buildContext: withMode(false) },
    { code: FILE, buildContext: LF },
    { code: FILE, name: 'without its files' },
    { code: 'FROM a\nCOPY start.sh /start.sh\nENTRYPOINT ["sh", "/start.sh"]\n', buildContext: NONE },
    { code: 'FROM a\nCOPY start.sh /start.sh\nENTRYPOINT /start.sh\n', buildContext: NONE },
    { code: 'FROM a\nCOPY start.sh /start.sh\nCMD ["/start.sh"]\n', buildContext: NONE },
    {
      code: 'FROM a\nCOPY start.sh /start.sh\nRUN dos2unix /start.sh\nENTRYPOINT ["/start.sh"]\n',
      buildContext: CRLF,
    },
    'FROM a\nCOPY <<EOF /start.sh\n#!/bin/sh\nexec b\nEOF\nENTRYPOINT ["/start.sh"]\n',
  ],
  invalid: [
    ...['RUN ./start.sh b', 'ENTRYPOINT ["./start.sh"]', 'CMD ["./start.sh"]'].map((line) => ({
      code: `FROM alpine:3.22\nCOPY start.sh ./\n${line}\n`,
      name: `bash on Alpine: ${line}`,
      buildContext: BASH,
      findings: [
        {
          messageId: 'interpreter' as const,
          at: line.includes('"') ? '"./start.sh"' : './start.sh',
          data: { script: './start.sh', name: 'bash', image: 'alpine:3.22' },
        },
      ],
    })),
    {
      code: FILE,
      name: 'not executable',
      buildContext: withMode(false),
      findings: [{ messageId: 'mode', at: '"/start.sh"', severity: 'warning' }],
    },
    {
      code: FILE,
      name: 'Windows line endings',
      buildContext: CRLF,
      findings: [{ messageId: 'carriageReturn', at: '"/start.sh"', data: { script: '/start.sh' } }],
    },
    {
      code: FILE,
      name: 'no first line',
      buildContext: NONE,
      findings: [{ messageId: 'noReader', at: '"/start.sh"', data: { script: '/start.sh' } }],
    },
    {
      code: 'FROM a\nWORKDIR /b\nCOPY . .\nENTRYPOINT ["./start.sh", "c"]\n',
      buildContext: NONE,
      findings: [{ messageId: 'noReader', at: '"./start.sh"' }],
    },
    {
      code: 'FROM a\nCOPY <<EOF /start.sh\nexec b\nEOF\nENTRYPOINT ["/start.sh"]\n',
      findings: [{ messageId: 'noReader', at: '"/start.sh"' }],
    },
  ],
});
