import rule from '../../../server/src/rules/size/no-sdk-in-final';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM golang:1.25\nRUN go install github.com/air-verse/air@v1\nCMD ["air", "-c", ".air.toml"]\n',
    'FROM golang:1.25\nRUN go version\nCMD ["bash"]\n',
    'FROM golang:1.25\nRUN go version\nCMD ["/bin/bash", "-b"]\n',
    'FROM golang:1.25\nRUN go install golangci-lint@v1\nCMD ["golangci-lint", "run"]\n',
    'FROM golang:1 AS x\nRUN go build\nFROM a\nCMD b\n',
    'FROM golang:1\nRUN go version\n',
    'FROM golang:1 AS dev\nRUN a\nCMD b\n',
    'FROM eclipse-temurin:21-jre\nRUN a\nCMD b\n',
    'FROM a/golang:1\nRUN a\nCMD b\n',
    'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN a\nCMD b\n',
    // prefer-slim-base names the JRE.
    'FROM eclipse-temurin:21-jdk\nRUN a\nCMD java -jar b\n',
  ],
  invalid: [
    {
      code: 'FROM gcc:15\nRUN cmake .\nENTRYPOINT ["make"]\n',
      findings: [{ messageId: 'sdk', at: 'gcc:15', severity: 'info' }],
    },
    {
      code: 'FROM golang:1.25\nRUN go version\nCMD ["sh", "./start.sh"]\n',
      findings: [{ messageId: 'sdk', at: 'golang:1.25', severity: 'info' }],
    },
    ...[
      ['maven:3.9-eclipse-temurin-21', 'CMD ["mvn", "-B", "jetty:run"]'],
      ['golang:1.25', 'CMD go run .'],
      ['gradle:8-jdk21', 'CMD ["./gradlew", "bootRun"]'],
    ].map(([image = '', start]) => ({
      name: `the SDK in use: ${start}`,
      code: `FROM ${image}\nCOPY . .\n${start}\n`,
      findings: [{ messageId: 'sdk' as const, at: image, severity: 'info' as const }],
    })),
    {
      name: 'a stage that the final one is built on',
      code: 'FROM golang:1.22 AS a\nRUN go build -o /app\nFROM a\nCMD ["/app"]\n',
      findings: [{ messageId: 'sdk', at: 'golang:1.22', severity: 'warning' }],
    },
    {
      name: 'an image of unknown content',
      code: 'FROM silkeh/clang:19\nRUN make\nCMD ["/app"]\n',
      findings: [{ messageId: 'sdk', at: 'silkeh/clang:19', severity: 'info' }],
    },
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
