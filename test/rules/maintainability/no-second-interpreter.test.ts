import rule from '../../../server/src/rules/maintainability/no-second-interpreter';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM python:3.13\nRUN apt-get install -y gcc libpq-dev\n',
    'FROM python:3.13\nRUN apt-get install -y python3-apt\n',
    'FROM debian:12\nRUN apt-get install -y python3-numpy\n',
    'FROM node:22\nRUN apt-get install -y python3\n',
    'FROM registry.example/python:3.13\nRUN apt-get install -y python3-numpy\n',
    'FROM php:8.4\nRUN apt-get remove php-cli\n',
  ],
  invalid: [
    {
      code: 'FROM golang:1.26\nRUN apt-get install -y golang-go\n',
      findings: [{ messageId: 'second', at: 'golang-go' }],
    },
    {
      code: 'FROM maven:3.9\nRUN apt-get install -y openjdk-17-jdk-headless\n',
      findings: [{ messageId: 'second', at: 'openjdk-17-jdk-headless' }],
    },
    {
      code: 'FROM python:3.13-slim\nRUN apt-get install -y gcc python3-dev python3-pip\n',
      findings: [
        {
          messageId: 'second',
          at: 'python3-dev',
          data: { package: 'python3-dev', language: 'Python', image: 'python:3.13-slim' },
        },
      ],
    },
    {
      code: 'FROM php:8.4-fpm AS a\nFROM a\nRUN apt-get update && apt-get install -y php8.4-mysql\n',
      findings: [{ messageId: 'second', at: 'php8.4-mysql' }],
    },
    { code: 'FROM node:22-alpine\nRUN apk add npm\n', findings: [{ messageId: 'second', at: 'npm' }] },
  ],
});
