import rule from '../../../server/src/rules/correctness/no-archived-release';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:bookworm\nRUN apt-get update\n',
    'FROM ubuntu:18.04\nRUN apt-get update\n',
    'FROM debian:buster\nRUN apt-get install -y gcc\n',
    'FROM debian:buster\nRUN apt-get update || true\n',
    'FROM debian:buster\nCOPY sources.list /etc/apt/sources.list\nRUN apt-get update\n',
    'FROM debian:buster\nRUN echo deb http://archive.debian.org/debian buster main > /etc/apt/sources.list\nRUN apt-get update\n',
    'FROM debian:buster AS base\nRUN ./sources.sh\nFROM base\nRUN apt-get update\n',
    'FROM example/python:3.8-buster\nRUN apt-get update\n',
  ],
  invalid: [
    {
      code: 'FROM php:7.2-apache\nRUN a2enmod rewrite && service apache2 restart\nRUN apt-get update\n',
      findings: [{ messageId: 'moved', at: 'apt-get update' }],
      onbuild: false,
    },
    {
      code: 'FROM python:3.8-slim-buster\nENV A=1\nRUN mkdir /a && apt-get update -qq && apt-get install -y gcc\n',
      findings: [
        {
          messageId: 'moved',
          at: 'apt-get update -qq',
          data: { tool: 'apt-get', distro: 'Debian', release: 'buster' },
        },
      ],
    },
    {
      code: 'FROM ubuntu:22.10\nRUN apt update\n',
      findings: [{ messageId: 'moved', at: 'apt update', data: { tool: 'apt', distro: 'Ubuntu', release: 'kinetic' } }],
    },
    {
      code: 'FROM ruby:2.6.5 AS base\nFROM base\nCOPY . /app\nRUN apt-get update\n',
      findings: [{ messageId: 'moved', at: 'apt-get update' }],
    },
  ],
});
