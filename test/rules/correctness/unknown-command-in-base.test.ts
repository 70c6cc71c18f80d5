import rule from '../../../server/src/rules/correctness/unknown-command-in-base';
import { testRule } from '../../helpers/ruleTester';

const lacking = (at: string) => [{ messageId: 'lacking', at }] as const;

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM alpine:3.22\nCOPY --from=x /bin/bash /bin/\nCMD ["bash"]\n',
    'FROM alpine:3.22\nCOPY --from=x /out .\nCMD ["bash"]\n',
    'FROM alpine:3.22\nWORKDIR /usr/local\nCOPY --from=x /out ./bin\nCMD ["bash"]\n',
    'FROM node:24\nRUN corepack enable\n',
    'FROM alpine:3.22\nRUN apk add --no-cache $TOOLS\nRUN useradd c\n',
    'FROM alpine:3.22\nRUN apk add --no-cache bash\nRUN ./setup.sh\nRUN useradd c\n',
    'FROM node:26-alpine\nRUN npm i -g yarn\nRUN yarn install\n',
    'FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine\nENTRYPOINT ["bash", "a.sh"]\n',
    'FROM nginx:1.29-alpine\nRUN curl https://b.c\n',
    'FROM alpine:3.22\nRUN apk add --no-cache bash\nSHELL ["/bin/bash", "-c"]\nRUN ls\n',
    'FROM alpine:3.22\nRUN apk add --no-cache some-tool\nCMD ["bash"]\n',
    'FROM alpine:3.22\nCOPY --from=x / /\nCMD ["bash"]\n',
    'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN ls\n',
    'FROM python:3.14-alpine\nCMD ["bash"]\nRUN apk add --no-cache bash\n',
    'FROM node:25\nRUN yarn install\n',
    'FROM node:26\nRUN npm install -g corepack@0.34.0 && corepack enable && yarn install\n',

    'FROM alpine:3.22\nRUN apk add --no-cache shadow && useradd b\n',
    'FROM debian:12\nRUN useradd b\n',
    'FROM alpine:3.22\nRUN apk add --no-cache curl\nRUN curl https://example.com\n',
    'FROM python:3.11\nRUN curl https://example.com\n',
    'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y curl && curl https://example.com\n',
    'FROM python:3.11-slim\nCOPY --from=tools /curl /usr/bin/\nRUN curl https://example.com\n',
    'FROM python:3.11-slim\nCOPY bin /usr/local/bin/\nRUN git --version\n',
    'FROM python:3.11-slim\nRUN command -v curl || true\n',
    'FROM python:3.11-slim\nRUN if which git; then git --version; fi\n',
    'FROM python:3.11-slim\nRUN pip install x\nRUN git --version\n',
    'FROM python:3.11-slim\nENV PATH=/opt/bin:$PATH\nRUN git --version\n',
    'FROM team/python:slim\nRUN curl https://example.com\n',
    'FROM php:8.3-alpine\nRUN curl https://example.com\n',
    'FROM php:8.3-fpm\nRUN curl https://example.com && make\n',
    'FROM php:8.3-fpm\nRUN apt-get update && apt-get install -y git && git --version\n',
    'FROM golang:1.25\nRUN git --version && make\n',
    'FROM rockylinux:9\nRUN dnf install -y git\n',
    'FROM $IMAGE\nRUN apt-get update\n',
    'FROM debian:12 AS base\nRUN apt-get update && apt-get install -y git\nFROM base\nRUN git --version\n',
  ],
  invalid: [
    {
      name: 'a program that is built elsewhere',
      code: 'FROM a AS build\nFROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine\nWORKDIR /app\nCOPY --from=build /out .\nCOPY start.sh /start.sh\nENTRYPOINT ["bash", "/start.sh"]\n',
      findings: lacking('"bash"'),
    },
    // Installs of packages that do not bring it.
    {
      code: 'FROM alpine:3.22\nRUN apk add --no-cache python3 py3-pip\nRUN pip install b\nRUN useradd c\n',
      findings: lacking('useradd'),
    },
    { code: 'FROM node:26-alpine\nRUN apk add make\nCOPY . .\nRUN yarn install\n', findings: lacking('yarn') },
    {
      code: 'FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine\nENTRYPOINT ["bash", "a.sh"]\n',
      findings: lacking('"bash"'),
    },
    { code: 'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nRUN curl -O https://b.c/d\n', findings: lacking('curl') },
    { code: 'FROM nginx:1.29-alpine\nENTRYPOINT ["bash", "/a.sh"]\n', findings: lacking('"bash"') },
    { code: 'FROM redis:8\nRUN wget https://b.c/d\n', findings: lacking('wget') },
    {
      code: 'FROM alpine:3.22\nSHELL ["/bin/bash", "-c"]\nRUN apk add --no-cache bash\n',
      findings: [{ messageId: 'lacking', at: '"/bin/bash"', data: { command: 'bash', image: 'alpine:3.22' } }],
    },
    {
      code: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN apk add --no-cache curl && npm ci\nCMD ["bash", "start.sh"]\n',
      findings: lacking('"bash"'),
    },
    {
      code: 'FROM debian:12-slim\nSHELL ["pwsh", "-Command"]\nRUN Get-Date\n',
      findings: lacking('"pwsh"'),
      escape: false,
    },
    { code: 'FROM alpine:3.22\nCOPY run.sh /\nCMD ["/bin/bash", "/run.sh"]\n', findings: lacking('"/bin/bash"') },
    { code: 'FROM busybox:1.37\nENTRYPOINT ["/bin/bash", "/a.sh"]\n', findings: lacking('"/bin/bash"') },
    {
      code: 'FROM node:25-slim\nRUN corepack enable && yarn install\n',
      findings: [{ messageId: 'lacking', at: 'corepack', data: { command: 'corepack', image: 'node:25-slim' } }],
    },
    {
      code: 'FROM node:26\nCOPY . /a\nRUN yarn install\n',
      findings: [{ messageId: 'lacking', at: 'yarn' }],
    },

    { code: 'FROM alpine:3.22\nRUN useradd b\n', findings: [{ messageId: 'lacking', at: 'useradd' }] },
    { code: 'FROM alpine:3.22\nRUN apt-get update\n', findings: lacking('apt-get'), output: null },
    { code: 'FROM debian:12\nRUN apk add --no-cache git\n', findings: lacking('apk'), output: null },
    { code: 'FROM node:20-alpine\nRUN apt-get install -y git\n', findings: lacking('apt-get'), output: null },
    {
      code: 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN curl https://example.com\n',
      findings: lacking('curl'),
      output: null,
    },
    {
      code: 'FROM ubuntu:24.04\nRUN mkdir /x && git clone https://example.com\n',
      findings: lacking('git'),
      output: null,
    },
    { code: 'FROM php:8.3-apache\nRUN git --version\n', findings: lacking('git'), output: null },
    { code: 'FROM php:8.4-fpm-alpine\nRUN bash -c true\n', findings: lacking('bash'), output: null },
    { code: 'FROM golang:1.26-alpine\nRUN git --version\n', findings: lacking('git'), output: null },
    { code: 'FROM alpine:3.22 AS base\nFROM base\nRUN bash -c true\n', findings: lacking('bash'), output: null },
  ],
});
