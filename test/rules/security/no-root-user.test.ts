import rule from '../../../server/src/rules/security/no-root-user';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    // Nothing is started: others build on it, or people and CI work in it.
    'FROM node:20-slim\nRUN npm i -g serve',
    'FROM debian:12\nRUN apt-get install -y dumb-init\nENTRYPOINT ["/usr/bin/dumb-init", "--"]\n',
    'FROM debian:12\nCMD ["swipl"]\n',
    'FROM debian:12\nRUN apt-get install -y tini\nENTRYPOINT ["/usr/bin/tini", "-g", "--"]\nCMD ["bash"]\n',
    'FROM debian:12\nRUN apt-get install -y gosu\nENTRYPOINT ["/start.sh"]\nCMD ["app"]\n',
    { name: 'no USER, for hadolint', code: 'FROM debian:12\nCMD ["a"]\n', settings: { dialect: 'hadolint' } },

    'FROM node:20-slim\nUSER node\nCMD ["node", "a.js"]\n',
    'FROM node:20-slim\nUSER 1000:1000\n',
    'FROM team/base:1\nCMD ["app"]\n',
    'FROM $BASE\nCMD ["app"]\n',
    'ARG APP_USER=app\nFROM debian:12\nARG APP_USER\nUSER $APP_USER\n',
    'FROM debian:12\nUSER $WHO\n',
    'FROM postgres:16\n',
    'FROM php:8.4-fpm\nCOPY . .\nENTRYPOINT ["/start.sh"]\nCMD ["php-fpm"]\n',
    'FROM ghost:5\nCMD ["node", "current/index.js"]\n',
    'FROM debian:12\nCOPY a /a\nCMD ["tini", "--", "bash"]\n',
    'FROM debian:12\nCOPY a /a\nENTRYPOINT ["/usr/bin/env", "python3"]\n',
    'FROM perl:5\nCOPY a /a\nCMD ["perl", "-de0"]\n',
    'FROM swift:6\nCOPY a /a\nCMD ["swift", "repl"]\n',
    'FROM debian:12\nCOPY a /a\nCMD ["sqlite3"]\n',
    'FROM debian:12\nCOPY a /a\nCMD su -s /bin/sh b -c /a\n',
    'FROM debian:12\nCOPY a /a\nENTRYPOINT ["sudo", "-E", "-u", "b", "/a"]\n',
    'FROM debian:12\nCOPY a /a\nCMD ["setuidgid", "b", "/a"]\n',
    {
      name: 'an administrator, for hadolint',
      code: 'FROM a\nUSER ContainerAdministrator\n',
      settings: { dialect: 'hadolint' },
    },
    'FROM nginx:1.27\nCOPY site /usr/share/nginx/html\n',
    'FROM redis:7\nCMD ["redis-server"]\n',
    'FROM telegraf:1.39-alpine\nCOPY telegraf.conf /etc/telegraf/\n',
    'FROM clickhouse:26.6\nCOPY users.xml /etc/clickhouse-server/users.d/\n',
    'FROM kong:3.9\nCOPY kong.yml /etc/kong/\n',
    'FROM varnish:9.0\nCOPY default.vcl /etc/varnish/\n',
    'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]\n',
    'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY app /app\n',
    'FROM node:20 AS build\nUSER node\nFROM build\nCMD ["node"]\n',
    'FROM debian:12\nRUN apt-get install -y gosu\nENTRYPOINT ["/entry.sh"]\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD app.exe\n',
    'FROM debian:12 AS build\nRUN make\nFROM debian:12\nUSER app\n',
  ],
  invalid: [
    {
      name: 'runit starts its services as root',
      code: 'FROM debian:12\nCOPY sv /etc/service\nCMD ["/sbin/runit"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output: null,
    },
    {
      name: 'commands that only look, in a RUN that runs as the user',
      code: 'FROM node:22\nWORKDIR /b\nCOPY . .\nRUN which node && date && npm install\nCMD ["npx", "vite"]\n',
      findings: [{ messageId: 'noUser', at: 'node:22' }],
      output:
        'FROM node:22\nWORKDIR /b\nRUN chown node:node /b\nCOPY --chown=node:node . .\nUSER node\nRUN which node && date && npm install\nCMD ["npx", "vite"]\n',
    },
    {
      name: 'an interpreter by its path',
      code: 'FROM debian:12\nRUN apt-get install -y gosu\nCOPY b /b\nCMD ["/usr/bin/python3", "/b"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output:
        'FROM debian:12\nRUN apt-get install -y gosu\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY b /b\nUSER app\nCMD ["/usr/bin/python3", "/b"]\n',
    },
    ...['su root -c /a', 'su - -c /a', 'sudo /a', 'sudo -u root /a'].map((start) => ({
      name: start,
      code: `FROM debian:12\nCOPY a /a\nCMD ${start}\n`,
      findings: [{ messageId: 'noUser' as const, at: 'debian:12' }],
    })),
    // The base image drops root for its own program only.
    ...['php:8.4-fpm', 'php:8.4-apache'].map((image) => ({
      name: `php beside the server of ${image}`,
      code: `FROM ${image}\nCOPY . .\nCMD ["php", "artisan", "serve"]\n`,
      findings: [{ messageId: 'noUser' as const, at: image }],
      output: `FROM ${image}\nCOPY --chown=www-data:www-data . .\nUSER www-data\nCMD ["php", "artisan", "serve"]\n`,
    })),
    {
      name: 'the administrator of Windows',
      code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER ContainerAdministrator\nCMD app.exe\n',
      findings: [{ messageId: 'admin', at: 'ContainerAdministrator' }],
      output: null,
    },
    {
      name: 'nothing is known of what the base image starts',
      code: 'FROM a/b:1\nUSER root\nRUN c\n',
      findings: [{ messageId: 'rootUser', at: 'root' }],
      output: null,
    },
    ...['', 'CMD sleep infinity\n', 'CMD ["tail", "-f", "/dev/null"]\n'].map((start) => ({
      code: `FROM debian:12\nWORKDIR /a\nCOPY b /a/b\n${start}`,
      name: `an image that starts nothing: ${start}`,
      findings: [{ messageId: 'noUser' as const, at: 'debian:12', severity: 'info' as const }],
      output:
        start === ''
          ? null
          : `FROM debian:12\nWORKDIR /a\nRUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app /a\nCOPY --chown=app:app b /a/b\nUSER app\n${start}`,
      onbuild: false,
    })),
    {
      code: 'FROM debian:12\nRUN apt-get install -y gosu\nCOPY b.js /b.js\nCMD ["node", "/b.js"]\n',
      name: 'a program for another user that nothing calls',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output:
        'FROM debian:12\nRUN apt-get install -y gosu\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY b.js /b.js\nUSER app\nCMD ["node", "/b.js"]\n',
    },
    {
      name: 'the program that a parent stage copies',
      code: 'FROM ruby:3.4 AS bundle\nWORKDIR /b\nCOPY . /b\nFROM bundle AS web\nCMD ["rails", "server"]\n',
      findings: [{ messageId: 'noUser', at: ['bundle', 2] }],
      output:
        'FROM ruby:3.4 AS bundle\nWORKDIR /b\nRUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app /b\nCOPY --chown=app:app . /b\nFROM bundle AS web\nUSER app\nCMD ["rails", "server"]\n',
      onbuild: false,
    },
    {
      // Compose or a cluster starts what is copied in.
      code: 'FROM elixir:1.18\nWORKDIR /b\nCOPY . .\nRUN mix compile\n',
      findings: [{ messageId: 'noUser', at: 'elixir:1.18' }],
      output: null,
    },
    // ASP.NET Core listened on port 80, which takes root in older engines, until .NET 8.
    ...['aspnet:6.0', 'aspnet:7.0-alpine', 'core/aspnet:3.1'].map((image) => ({
      name: `${image}, which listens on port 80`,
      code: `FROM mcr.microsoft.com/dotnet/${image}\nCOPY a.dll .\nENTRYPOINT ["dotnet", "a.dll"]\n`,
      findings: [{ messageId: 'noUser' as const, at: `mcr.microsoft.com/dotnet/${image}` }],
      output: null,
    })),
    ...['aspnet:8.0', 'aspnet:10.0-alpine', 'aspnet:8.0-noble'].map((image) => ({
      name: `${image}, which listens on port 8080`,
      code: `FROM mcr.microsoft.com/dotnet/${image}\nCOPY a.dll .\nENTRYPOINT ["dotnet", "a.dll"]\n`,
      findings: [{ messageId: 'noUser' as const, at: `mcr.microsoft.com/dotnet/${image}` }],
      output: `FROM mcr.microsoft.com/dotnet/${image}\nCOPY a.dll .\nUSER app\nENTRYPOINT ["dotnet", "a.dll"]\n`,
    })),
    ...['ENV ASPNETCORE_URLS=http://+:8080', 'ENV ASPNETCORE_HTTP_PORTS=8080'].map((set) => ({
      code: `FROM mcr.microsoft.com/dotnet/aspnet:6.0\n${set}\nCOPY a.dll .\nENTRYPOINT ["dotnet", "a.dll"]\n`,
      findings: [{ messageId: 'noUser' as const, at: 'mcr.microsoft.com/dotnet/aspnet:6.0' }],
      output: `FROM mcr.microsoft.com/dotnet/aspnet:6.0\n${set}\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY a.dll .\nUSER app\nENTRYPOINT ["dotnet", "a.dll"]\n`,
    })),
    {
      name: 'an address given to the old server',
      code: 'FROM mcr.microsoft.com/dotnet/aspnet:6.0\nCOPY a.dll .\nENTRYPOINT ["dotnet", "a.dll", "--urls", "http://+:8080"]\n',
      findings: [{ messageId: 'noUser', at: 'mcr.microsoft.com/dotnet/aspnet:6.0' }],
      output:
        'FROM mcr.microsoft.com/dotnet/aspnet:6.0\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY a.dll .\nUSER app\nENTRYPOINT ["dotnet", "a.dll", "--urls", "http://+:8080"]\n',
    },
    {
      name: 'an old image without ASP.NET Core, which listens on no port',
      code: 'FROM mcr.microsoft.com/dotnet/runtime:6.0\nCOPY a.dll .\nENTRYPOINT ["dotnet", "a.dll"]\n',
      findings: [{ messageId: 'noUser', at: 'mcr.microsoft.com/dotnet/runtime:6.0' }],
      output:
        'FROM mcr.microsoft.com/dotnet/runtime:6.0\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY a.dll .\nUSER app\nENTRYPOINT ["dotnet", "a.dll"]\n',
    },
    {
      code: 'FROM debian:12\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output:
        'FROM debian:12\nRUN groupadd --system app && useradd --system --gid app --create-home app\nUSER app\nCMD ["app"]\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk add --no-cache curl\nENTRYPOINT ["app"]\nCMD ["x"]\n',
      findings: [{ messageId: 'noUser', at: 'alpine:3.20' }],
      output:
        'FROM alpine:3.20\nRUN apk add --no-cache curl\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nENTRYPOINT ["app"]\nCMD ["x"]\n',
    },
    {
      name: 'raw sockets are for root',
      code: 'FROM alpine:3.20\nRUN apk add --no-cache tcpdump\nENTRYPOINT ["tcpdump", "-i", "any"]\n',
      findings: [{ messageId: 'noUser', at: 'alpine:3.20' }],
      output: null,
    },
    {
      // everybody may write to a volume for temporary files
      code: 'FROM debian:12\nVOLUME /tmp\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output:
        'FROM debian:12\nVOLUME /tmp\nRUN groupadd --system app && useradd --system --gid app --create-home app\nUSER app\nCMD ["app"]\n',
    },
    {
      // npm 8 runs scripts as the owner of the directory
      code: 'FROM node:16-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n',
      findings: [{ messageId: 'noUser', at: 'node:16-slim' }],
      output:
        'FROM node:16-slim\nWORKDIR /app\nCOPY --chown=node:node package.json .\nRUN npm ci\nRUN chown node:node /app\nCOPY --chown=node:node . .\nUSER node\nCMD ["node", "a.js"]\n',
      onbuild: false,
    },
    {
      // the image brings a user along, and the app gets its files
      code: 'FROM node:20-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . .\n# start\nCMD ["node", "a.js"]\n',
      findings: [{ messageId: 'noUser', at: 'node:20-slim' }],
      output:
        'FROM node:20-slim\nWORKDIR /app\nRUN chown node:node /app\nCOPY --chown=node:node package.json .\nRUN npm ci\nCOPY --chown=node:node . .\nUSER node\n# start\nCMD ["node", "a.js"]\n',
    },
    {
      // a new user has to be there before files are given to it
      code: 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . /app\nCMD ["python", "app.py"]\n',
      findings: [{ messageId: 'noUser', at: 'python:3.11-slim' }],
      output:
        'FROM python:3.11-slim\nWORKDIR /app\nRUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app /app\nCOPY --chown=app:app . /app\nUSER app\nCMD ["python", "app.py"]\n',
    },
    {
      name: 'the user stands above a section that a comment heads',
      code: 'FROM alpine:3.20\nRUN apk add --no-cache curl\n\n# Telegraf\nRUN mkdir /etc/telegraf\nCOPY telegraf.conf /etc/telegraf/\n\nCMD ["app", "-c", "/etc/telegraf/telegraf.conf"]\n',
      findings: [{ messageId: 'noUser', at: 'alpine:3.20' }],
      output:
        'FROM alpine:3.20\nRUN apk add --no-cache curl\n\nRUN addgroup -S app && adduser -S -G app app\n\n# Telegraf\nRUN mkdir /etc/telegraf\nCOPY telegraf.conf /etc/telegraf/\n\nUSER app\nCMD ["app", "-c", "/etc/telegraf/telegraf.conf"]\n',
    },
    {
      name: 'many folders of one RUN',
      code: 'FROM gradle:8-jdk21\nWORKDIR /app\nRUN mkdir -p a a/b a/c d d/e\nCOPY . .\nCMD ["java", "-jar", "a.jar"]\n',
      findings: [{ messageId: 'noUser', at: 'gradle:8-jdk21' }],
      output:
        'FROM gradle:8-jdk21\nWORKDIR /app\nRUN chown gradle:gradle /app\nRUN mkdir -p a a/b a/c d d/e && chown -R gradle:gradle /app/a /app/d\nCOPY --chown=gradle:gradle . .\nUSER gradle\nCMD ["java", "-jar", "a.jar"]\n',
    },
    {
      name: 'a working directory that root has made before the files come',
      code: 'FROM python:3.11-slim\nRUN mkdir /app\nCOPY app /app/app\nWORKDIR /app\nCMD ["python", "-m", "app"]\n',
      findings: [{ messageId: 'noUser', at: 'python:3.11-slim' }],
      output:
        'FROM python:3.11-slim\nRUN mkdir /app\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY --chown=app:app app /app/app\nWORKDIR /app\nRUN chown app:app /app\nUSER app\nCMD ["python", "-m", "app"]\n',
    },
    {
      // a linked copy knows no names
      code: 'FROM python:3.11-slim\nWORKDIR /app\nCOPY --link . /app\nCMD ["python", "app.py"]\n',
      findings: [{ messageId: 'noUser', at: 'python:3.11-slim' }],
      output:
        'FROM python:3.11-slim\nWORKDIR /app\nRUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app /app\nCOPY --chown=app:app . /app\nUSER app\nCMD ["python", "app.py"]\n',
    },
    {
      name: 'a folder with a blank in its name',
      code: 'FROM python:3.11-slim\nWORKDIR "/my app"\nCOPY . .\nCMD ["python", "app.py"]\n',
      findings: [{ messageId: 'noUser', at: 'python:3.11-slim' }],
      output:
        'FROM python:3.11-slim\nWORKDIR "/my app"\nRUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app \'/my app\'\nCOPY --chown=app:app . .\nUSER app\nCMD ["python", "app.py"]\n',
    },
    {
      // what another stage built needs no owner
      code: 'FROM golang:1.22 AS build\nRUN go build -o /out/app\nFROM debian:12-slim\nCOPY --from=build /out/app /usr/local/bin/app\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12-slim' }],
      output:
        'FROM golang:1.22 AS build\nRUN go build -o /out/app\nFROM debian:12-slim\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCOPY --from=build /out/app /usr/local/bin/app\nUSER app\nCMD ["app"]\n',
    },
    {
      // the file makes a user and forgets it
      code: 'FROM eclipse-temurin:17-jre\nRUN useradd -m gordon\nCMD ["java", "-jar", "a.jar"]\n',
      findings: [{ messageId: 'noUser', at: 'eclipse-temurin:17-jre' }],
      output: 'FROM eclipse-temurin:17-jre\nRUN useradd -m gordon\nUSER gordon\nCMD ["java", "-jar", "a.jar"]\n',
    },
    {
      code: 'FROM node:20-slim\nCMD ["node", "a.js"]\nUSER root\n',
      findings: [{ messageId: 'rootUser', at: 'root' }],
      output: 'FROM node:20-slim\nCMD ["node", "a.js"]\nUSER node\n',
    },
    {
      // it would not reach the socket
      code: 'FROM node:20-slim\nRUN apt-get update && apt-get install -y docker.io\nWORKDIR /app\nCOPY . .\nCMD ["node", "a.js"]\n',
      findings: [{ messageId: 'noUser', at: 'node:20-slim' }],
      output: null,
    },
    {
      // another user may not change the firewall
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y iptables\nWORKDIR /app\nCOPY a .\nCMD ["./a"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output: null,
    },
    {
      // that step down is only installed
      code: 'FROM debian:12\nRUN apt-get install -y gosu\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output:
        'FROM debian:12\nRUN apt-get install -y gosu\nRUN groupadd --system app && useradd --system --gid app --create-home app\nUSER app\nCMD ["app"]\n',
    },
    {
      code: 'FROM debian:12\nCMD ["./bash"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output:
        'FROM debian:12\nRUN groupadd --system app && useradd --system --gid app --create-home app\nUSER app\nCMD ["./bash"]\n',
    },
    {
      code: 'FROM debian:12\nCMD ["a"]\nUSER 0:0\n',
      findings: [{ messageId: 'rootUser', at: '0:0' }],
      output:
        'FROM debian:12\nRUN groupadd --system app && useradd --system --gid app --create-home app\nCMD ["a"]\nUSER app\n',
    },
    {
      code: 'FROM debian:12\nEXPOSE 80\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nVOLUME /data\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nCMD ["/usr/bin/supervisord", "-n"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output: null,
    },
    {
      name: 'the folder of the base image',
      code: 'FROM oven/bun:1\nCOPY . .\nCMD ["bun", "a.ts"]\n',
      findings: [{ messageId: 'noUser', at: 'oven/bun:1' }],
      output:
        'FROM oven/bun:1\nRUN chown bun:bun /home/bun/app\nCOPY --chown=bun:bun . .\nUSER bun\nCMD ["bun", "a.ts"]\n',
    },
    {
      // the server of the base image starts, and keeps its data in a folder of root
      code: 'FROM registry:3\nCOPY certs /certs\n',
      findings: [{ messageId: 'noUser', at: 'registry:3' }],
      output: null,
    },
    {
      // the file starts something else
      code: 'FROM registry:3\nENTRYPOINT ["/certs/check"]\n',
      findings: [{ messageId: 'noUser', at: 'registry:3' }],
      output: 'FROM registry:3\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nENTRYPOINT ["/certs/check"]\n',
    },
    {
      code: 'FROM debian:12\nWORKDIR /root/app\nCMD ["app"]\n',
      findings: [{ messageId: 'noUser', at: 'debian:12' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nUSER app\nRUN x\nUSER root\nCMD ["app"]\n',
      findings: [{ messageId: 'rootUser', at: 'root' }],
      output: null,
    },
    {
      // how to make a user in ubi-minimal is not certain: it may have no useradd
      code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nUSER root\nCMD ["app"]\n',
      findings: [{ messageId: 'rootUser', at: 'root' }],
      output: null,
    },
  ],
});
