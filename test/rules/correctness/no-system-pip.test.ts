import rule from '../../../server/src/rules/correctness/no-system-pip';
import { testRule } from '../../helpers/ruleTester';

const APT = 'RUN apt-get update && apt-get install -y python3-pip\n';

testRule(rule, {
  valid: [
    `FROM debian:11\n${APT}RUN pip install a\n`,
    `FROM ubuntu:22.04\n${APT}RUN pip install a\n`,
    `FROM python:3.13\n${APT}RUN pip install a\n`,
    `FROM registry.example/debian:12\n${APT}RUN pip install a\n`,
    `FROM debian:12\n${APT}RUN pip install --break-system-packages a\n`,
    `FROM debian:12\n${APT}RUN pip install --target /a a\n`,
    `FROM debian:12\n${APT}RUN pip install a || true\n`,
    `FROM debian:12\n${APT}RUN pip download a\n`,
    `FROM debian:12\n${APT}ENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN pip install a\n`,
    `FROM debian:12\n${APT}RUN rm /usr/lib/python3*/EXTERNALLY-MANAGED\nRUN pip install a\n`,
    `FROM debian:12\n${APT}RUN python3 -m venv /a && . /a/bin/activate && pip install a\n`,
    `FROM debian:12\n${APT}RUN /a/bin/pip install a\n`,
    `FROM debian:12\n${APT}RUN pip3.14 install a\n`,
    `FROM debian:12\n${APT}ARG F="-q --break-system-packages"\nRUN pip install $F a\n`,
    'FROM debian:12\nRUN pip install a\n',
    'FROM alpine:3.18\nRUN apk add py3-pip && pip install a\n',
  ],
  invalid: [
    {
      code: `FROM debian:12-slim\n${APT}RUN pip3 install -r a.txt\n`,
      findings: [{ messageId: 'refused', at: ['install', 2], data: { image: 'debian:12-slim' } }],
      output: `FROM debian:12-slim\n${APT}RUN pip3 install --break-system-packages -r a.txt\n`,
    },
    {
      code: 'FROM alpine\nRUN apk add --no-cache py3-pip && python3 -m pip install a\n',
      findings: [{ messageId: 'refused', at: 'install' }],
      onbuild: false,
      output: 'FROM alpine\nRUN apk add --no-cache py3-pip && python3 -m pip install --break-system-packages a\n',
    },
    {
      code: `FROM node:22-bookworm AS a\n${APT}FROM a\nRUN pip install a\n`,
      findings: [{ messageId: 'refused', at: ['install', 2] }],
      output: `FROM node:22-bookworm AS a\n${APT}FROM a\nRUN pip install --break-system-packages a\n`,
    },
    {
      code: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3-pip && pip install --user a\n',
      findings: [{ messageId: 'refused', at: ['install', 2] }],
      onbuild: false,
      output:
        'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3-pip && pip install --break-system-packages --user a\n',
    },
  ],
});
