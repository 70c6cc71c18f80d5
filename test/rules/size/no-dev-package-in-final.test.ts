import rule from '../../../server/src/rules/size/no-dev-package-in-final';
import { testRule } from '../../helpers/ruleTester';

const BUILD = 'FROM a AS b\nRUN c\n';
const COPY = 'COPY --from=b /d /d\n';

testRule(rule, {
  onbuild: false,
  valid: [
    { code: `FROM debian:12\nRUN apt-get install -y libd-dev\n`, name: 'nothing is built elsewhere' },
    `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev gcc\n${COPY}`,
    `${BUILD}FROM debian:12\nRUN apt-get install -y libd1\n${COPY}`,
    `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev\n${COPY}RUN pip install e\n`,
    `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev\n${COPY}COPY . .\n`,
    // The program opens `libsqlite3.so` by that name.
    `FROM dart:3 AS b\nRUN dart compile exe c.dart -o /d\nFROM debian:12\nRUN apt-get install -y libsqlite3-dev\n${COPY}CMD ["/d"]\n`,
    `FROM mcr.microsoft.com/dotnet/sdk:9.0 AS b\nRUN c\nFROM debian:12\nRUN apt-get install -y libgdiplus-dev\n${COPY}`,
    `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev\n${COPY}COPY . .\nCMD ["python", "d.py"]\n`,
    `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev\n${COPY}COPY e /e\nENTRYPOINT ["/e"]\nCMD ["/d"]\n`,
  ],
  invalid: [
    {
      code: `${BUILD}FROM alpine:3.22\nRUN apk add --no-cache tzdata postgresql-dev\n${COPY}`,
      findings: [{ messageId: 'headers', at: 'postgresql-dev' }],
    },
    {
      name: 'files of the context beside the program that starts',
      code: `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev\nCOPY . /src\nCOPY --from=b /t/release/d /usr/local/bin/\nCMD ["d", "serve"]\n`,
      findings: [{ messageId: 'headers', at: 'libd-dev' }],
    },
    {
      name: 'a stage that the final one is built on',
      code: `FROM debian:12 AS base\nWORKDIR /a\n${BUILD}FROM base\nRUN apt-get install -y libd-dev\n${COPY}`,
      findings: [{ messageId: 'headers', at: 'libd-dev' }],
    },
    {
      code: `${BUILD}FROM debian:12\nRUN apt-get install -y libd-dev e\n${COPY}`,
      findings: [{ messageId: 'headers', at: 'libd-dev', data: { name: 'libd-dev' } }],
    },
    {
      name: 'the library of the release is known',
      code: `${BUILD}FROM debian:13-slim\nRUN apt-get install -y libssl-dev zlib1g-dev\n${COPY}`,
      findings: [{ messageId: 'headers', at: 'libssl-dev' }],
      output: `${BUILD}FROM debian:13-slim\nRUN apt-get install -y libssl3t64 zlib1g\n${COPY}`,
    },
    {
      name: 'the release is unknown',
      code: `${BUILD}FROM debian:stable-slim\nRUN apt-get install -y libssl-dev\n${COPY}`,
      findings: [{ messageId: 'headers', at: 'libssl-dev' }],
    },
    {
      code: `${BUILD}FROM fedora:42\nRUN dnf install -y libd-devel\n${COPY}`,
      findings: [{ messageId: 'headers', at: 'libd-devel', data: { name: 'libd-devel' } }],
    },
  ],
});
