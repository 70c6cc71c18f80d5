import rule from '../../../server/src/rules/size/no-sdk-in-final';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM golang:1.25\nRUN go install golangci-lint@v1\nCMD ["golangci-lint", "run"]\n',
    'FROM golang:1 AS x\nRUN go build\nFROM a\nCMD b\n',
    'FROM golang:1\nRUN go version\n',
    'FROM golang:1 AS dev\nRUN a\nCMD b\n',
    'FROM eclipse-temurin:21-jre\nRUN a\nCMD b\n',
    'FROM a/golang:1\nRUN a\nCMD b\n',
    'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN a\nCMD b\n',
  ],
  invalid: [
    { code: 'FROM rust:1.79 AS app\nRUN cargo build\nCMD ["b"]\n', findings: [{ messageId: 'sdk', at: 'rust:1.79' }] },
    {
      code: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN dotnet publish\nENTRYPOINT ["dotnet", "b.dll"]\n',
      findings: [{ messageId: 'sdk', at: 'mcr.microsoft.com/dotnet/sdk:8.0' }],
      escape: false,
    },
    {
      code: 'FROM eclipse-temurin:21-jdk-jammy\nRUN ./mvnw package\nCMD java -jar b\n',
      findings: [{ messageId: 'sdk', at: 'eclipse-temurin:21-jdk-jammy' }],
    },
  ],
});
