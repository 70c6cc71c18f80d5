import rule from '../../../server/src/rules/correctness/no-undefined-variable';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV LD_PATH=/b:$LD_PATH C=1\nENV LD_PATH=/d:$LD_PATH\n',
    'FROM a\nCOPY $LD_PATH /b\nENV LD_PATH=/c\n',
    'FROM a\nARG FOO\nCOPY $FOO /b\n',
    'FROM a\nENV PATH=/b:$PATH\n',
    'FROM a\nCOPY $JAVA_HOME /b\n',
    // What an unknown base image sets is not known.
    'FROM a\nARG VERSION\nCOPY b-${VERSOIN} /c\n',
    'FROM a\nENV PATH=$PAHT:/b\n',
    'FROM golang:1.26\nWORKDIR ${GOPATH}/src/b\n',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nARG APP_PID\nUSER $APP_UID\n',
    'FROM node:8-onbuild\nCOPY $B /c\n',
    'FROM debian:12\nENV B=${B:+$B:}/c\n',
    // Rules of their own.
    'ARG B\nFROM debian:12\nCOPY $B /c\n',
    'FROM debian:12\nCOPY $TARGETARCH /c\n',
    'FROM debian:12\nENV B=c D=$B\n',
    'FROM a\nARG VERSION\nRUN echo $VERSOIN\n',
    "FROM a\nARG VERSION\nLABEL b='$VERSOIN'\n",
    'FROM a\nARG VERSION\nCOPY ${VERSOIN:-x} /b\n',
    'FROM a AS b\nENV FOO=1\nFROM b\nCOPY $FOO /c\n',
  ],
  invalid: [
    {
      code: 'FROM debian:13\nARG $TOKEN\n',
      findings: [{ messageId: 'undefined', at: 'TOKEN', data: { name: 'TOKEN' } }],
      output: 'FROM debian:13\nARG TOKEN\n',
    },
    {
      code: 'FROM debian:12\nARG VERSION\nCOPY b-${VERSOIN} /c\n',
      findings: [{ messageId: 'nearest', at: 'VERSOIN', data: { name: 'VERSOIN', near: 'VERSION' } }],
      output: 'FROM debian:12\nARG VERSION\nCOPY b-${VERSION} /c\n',
    },
    {
      code: 'FROM alpine:3.22\nENV PATH=$PAHT:/b\n',
      findings: [{ messageId: 'nearest', at: 'PAHT' }],
      output: 'FROM alpine:3.22\nENV PATH=$PATH:/b\n',
    },
    {
      code: 'FROM golang:1.26\nWORKDIR $GOPAHT/src\n',
      findings: [{ messageId: 'nearest', at: 'GOPAHT' }],
      output: 'FROM golang:1.26\nWORKDIR $GOPATH/src\n',
    },
    { code: 'FROM a\nCOPY $foo /b\nARG foo=1\n', findings: [{ messageId: 'undefined', at: 'foo' }], onbuild: false },
    { code: 'FROM scratch\nENV A=$nope\n', findings: [{ messageId: 'undefined', at: 'nope' }] },
    { code: 'FROM debian:12\nENV A=$HOME/b\n', findings: [{ messageId: 'undefined', at: 'HOME' }] },
    {
      // A name that no variable can have is no suggestion.
      code: 'FROM debian:12\nARG workdi\u00a0r\nWORKDIR ${workdir}\n',
      findings: [{ messageId: 'undefined', at: 'workdir' }],
    },
    {
      // One that is set further down is none either: it would be as empty.
      code: 'FROM debian:12\nCOPY $VERSOIN /b\nENV VERSION=1\n',
      findings: [{ messageId: 'undefined', at: 'VERSOIN' }],
      onbuild: false,
    },
    {
      code: 'FROM debian:12\nENV LD_LIBRARY_PATH=/b:$LD_LIBRARY_PATH\n',
      findings: [{ messageId: 'undefined', at: ['LD_LIBRARY_PATH', 2] }],
      output: 'FROM debian:12\nENV LD_LIBRARY_PATH=/b\n',
    },
    {
      code: 'FROM python:3.12\nENV PYTHONPATH="${PYTHONPATH}:/b"\n',
      findings: [{ messageId: 'undefined', at: ['PYTHONPATH', 2] }],
      output: 'FROM python:3.12\nENV PYTHONPATH="/b"\n',
    },
  ],
});
