import rule from '../../../server/src/rules/correctness/no-missing-package';
import { testRule } from '../../helpers/ruleTester';

const install = (names: string) => `apt-get update && apt-get install -y ${names}`;

testRule(rule, {
  valid: [
    `FROM debian:bookworm\nRUN ${install('openjdk-17-jdk libgl1-mesa-glx a-package-of-nobody')}\n`,
    // unknown releases, and images with more package sources
    `FROM debian:sid\nRUN ${install('netcat')}\n`,
    `FROM python:3.9-slim\nRUN ${install('netcat')}\n`,
    `FROM postgres:17-bookworm\nRUN ${install('postgresql-16-cron netcat')}\n`,
    `FROM team/python:3.13-bookworm\nRUN ${install('netcat')}\n`,
    // added repositories
    `FROM debian:bookworm\nCOPY b.sources /etc/apt/sources.list.d/\nRUN ${install('netcat')}\n`,
    `FROM debian:bookworm\nRUN echo deb http://b c d > /etc/apt/sources.list.d/b.list && ${install('netcat')}\n`,
    `FROM debian:bookworm\nRUN curl -fsSL https://b/setup.sh | bash - && ${install('netcat')}\n`,
    `FROM debian:bookworm\nRUN ./setup.sh\nRUN ${install('netcat')}\n`,
    `FROM ubuntu:24.04\nRUN add-apt-repository -y ppa:b/c && ${install('netcat')}\n`,
    // what may fail, and what is no package of the release
    `FROM debian:bookworm\nRUN ${install('netcat')} || true\n`,
    'FROM debian:bookworm\nRUN apt-get install -y -t bookworm-backports netcat\n',
    'FROM debian:bookworm\nRUN apt-get remove -y netcat\n',
    'FROM debian:bookworm\nRUN apt-get install -y ./netcat.deb $NETCAT\n',
    // Alpine: releases that have them, releases that are unknown, and other repositories
    'FROM alpine:3.11\nRUN apk add --no-cache python python-dev\n',
    'FROM alpine:3.15\nRUN apk add --no-cache python2 php7-fpm py-pip\n',
    'FROM node:10-alpine\nRUN apk add --no-cache python\n',
    'FROM node:14.4.0-alpine\nRUN apk add --no-cache python\n',
    'FROM node:14.18-alpine\nRUN apk add --no-cache python2\n',
    'FROM node:22-alpine\nRUN apk add --no-cache php8\n',
    'FROM alpine:edge\nRUN apk add --no-cache python\n',
    'FROM alpine:3.22\nRUN apk add --no-cache -X https://a.b/alpine/v3.11/main python\n',
    'FROM alpine:3.22\nRUN echo https://a.b/v3.11/main >> /etc/apk/repositories && apk add python\n',
    'FROM alpine:3.22\nCOPY repositories /etc/apk/\nRUN apk add --no-cache python\n',
    'FROM alpine:3.22\nRUN apk add --no-cache python || apk add --no-cache python3\n',
    'FROM alpine:3.22\nRUN apk add --no-cache python@old && apk del python\n',
  ],
  invalid: [
    {
      code: 'FROM node:22-alpine\nRUN apk add --no-cache make python g++ nodejs-npm\n',
      findings: [
        { messageId: 'gone', at: 'python', data: { release: '3.12', name: 'python' } },
        { messageId: 'gone', at: 'nodejs-npm' },
      ],
    },
    {
      code: 'FROM alpine\nRUN apk update && apk add --virtual .build python-dev=2.7 php81-fpm\n',
      findings: [
        { messageId: 'gone', at: 'python-dev=2.7' },
        { messageId: 'gone', at: 'php81-fpm' },
      ],
    },
    { code: 'FROM node:14.18-alpine\nRUN apk add python\n', findings: [{ messageId: 'gone', at: 'python' }] },
    {
      code: 'FROM nginx:1.27-alpine3.18\nRUN apk add php7 php7-fpm php8-fpm php81\n',
      findings: [
        { messageId: 'gone', at: 'php7' },
        { messageId: 'gone', at: 'php8-fpm' },
      ],
    },
    {
      code: `FROM debian:bookworm-slim\nRUN ${install('curl netcat=1.10')}\n`,
      findings: [{ messageId: 'missing', at: 'netcat=1.10' }],
    },
    {
      code: `FROM python:3.13-slim\nRUN ${install('libgl1-mesa-glx:amd64')}\n`,
      findings: [{ messageId: 'missing', at: 'libgl1-mesa-glx:amd64' }],
    },
    {
      code: `FROM node:22 AS a\nFROM a\nRUN apt install -y python\n`,
      findings: [{ messageId: 'missing', at: 'python' }],
    },
    {
      code: `FROM debian:12\nCOPY a /etc/b/\nRUN echo a > /b && ${install('openjdk-11-jre-headless')}\n`,
      findings: [
        {
          messageId: 'missing',
          at: 'openjdk-11-jre-headless',
          data: { distro: 'Debian', release: 'bookworm', name: 'openjdk-11-jre-headless' },
        },
      ],
    },
    {
      code: `FROM ubuntu:24.04\nRUN ${install('libasound2')}\n`,
      findings: [{ messageId: 'missing', at: 'libasound2' }],
    },
  ],
});
