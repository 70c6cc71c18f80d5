import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

const GO = {
  dockerfile:
    'FROM golang:1.22-bookworm\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o server .\nCMD ["./server"]\n',
  files: { 'go.mod': 'module example.com/server\n\ngo 1.22\n', 'main.go': 'package main\n' },
};
const goFrom = (image: string) =>
  planFor(GO.dockerfile.replace('FROM golang:1.22-bookworm', image), GO.files).after.match(/^FROM .*$/gm);

describe('an image of a mirror', () => {
  it.each([
    ['FROM mirror.gcr.io/library/golang:1.22-bookworm', 'FROM gcr.io/distroless/static-debian12:nonroot'],
    ['FROM docker.io/golang:1.22-bookworm', 'FROM gcr.io/distroless/static-debian12:nonroot'],
    ['FROM ghcr.io/acme/docker.io/golang:1.22-bookworm', 'FROM ghcr.io/acme/docker.io/debian:bookworm-slim'],
    ['FROM hub.example/library/golang:1.22-bookworm', 'FROM hub.example/library/debian:bookworm-slim'],
    ['ARG R=hub.example/library\nFROM ${R}/golang:1.22-bookworm', 'FROM ${R}/debian:bookworm-slim'],
  ])('%s: the runtime image comes from the same place', (image, runtime) => {
    expect(goFrom(image)).toEqual([`${image.split('\n').at(-1)} AS build`, runtime]);
  });

  it('is slimmed where it is', () => {
    const node =
      'FROM public.ecr.aws/docker/library/node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "index.js"]\n';
    const files = {
      'package.json': '{"name":"a","version":"1.0.0","dependencies":{"express":"4.18.0"}}',
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'index.js': 'require("express")().listen(3000)\n',
    };
    expect(planFor(node, files).after).toContain('FROM public.ecr.aws/docker/library/node:20-slim\n');
  });

  it('keeps the variable of its registry', () => {
    const java =
      'ARG R=hub.example/library\nFROM ${R}/maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/app.jar"]\n';
    const files = { 'pom.xml': '<project><artifactId>app</artifactId></project>', 'src/main/java/A.java': '' };
    expect(planFor(java, files).after).toContain('\nFROM ${R}/eclipse-temurin:17-jre\n');
  });

  it('has the other images of .NET beside it', () => {
    const dotnet =
      'FROM mcr.microsoft.com/dotnet/nightly/sdk:9.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /out\nWORKDIR /out\nENTRYPOINT ["dotnet", "Shop.dll"]\n';
    const files = {
      'Shop.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup></Project>',
      'Program.cs': '',
    };
    expect(planFor(dotnet, files).after).toContain('\nFROM mcr.microsoft.com/dotnet/nightly/aspnet:9.0\n');
  });
});
