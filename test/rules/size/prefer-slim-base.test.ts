import rule from '../../../server/src/rules/size/prefer-slim-base';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    // The tools of the SDK are what runs.
    'FROM golang:1.25\nCMD ["go", "test", "./..."]\n',
    'FROM rust:1.90\nCMD cargo test --all\n',
    'FROM maven:3.9-eclipse-temurin-21\nENTRYPOINT ["mvn", "-B", "verify"]\n',
    'FROM golang:1.25\nRUN go install golangci-lint@v1\nCMD ["golangci-lint", "run"]\n',
    // No such version.
    'FROM python:3.99\nCMD ["python", "a.py"]\n',
    'FROM node:99\nCMD ["node", "a.js"]\n',
    'FROM python:3.11-slim\n',
    'FROM python:3.11-alpine\n',
    'FROM team/python:3.11\nCMD ["python"]\n',
    'FROM python:3.11 AS build\nRUN make\nFROM python:3.11-slim\nCOPY --from=build /a /a\n',
    'FROM $BASE\nCMD ["python"]\n',
    'FROM golang:1.22\nRUN go vet ./...\n',
    'FROM scratch\n',
    // no-sdk-in-final reports these.
    'FROM golang:1.22\nRUN go build -o /app\nCMD ["/app"]\n',
    'FROM eclipse-temurin:21-jdk\nRUN ./mvnw package\nCMD ["java", "-jar", "a.jar"]\n',
  ],
  invalid: [
    {
      code: 'FROM eclipse-temurin:21-jdk\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      name: 'a script that may compile',
      findings: [{ messageId: 'fullWithSizes', at: 'eclipse-temurin:21-jdk', severity: 'info' }],
      output: 'FROM eclipse-temurin:21-jre\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
    },
    {
      name: 'a stage that is copied whole',
      code: 'FROM node:22 AS b\nRUN c\nFROM scratch\nCOPY --from=b / /\nCMD ["node", "d.js"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'node:22' }],
      output: 'FROM node:22-slim AS b\nRUN c\nFROM scratch\nCOPY --from=b / /\nCMD ["node", "d.js"]\n',
    },
    {
      name: 'Bundler has no code in C',
      code: 'FROM ruby:3.4\nRUN gem install bundler -v 2.5\nCMD ["ruby", "a.rb"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'ruby:3.4' }],
      output: 'FROM ruby:3.4-slim\nRUN gem install bundler -v 2.5\nCMD ["ruby", "a.rb"]\n',
    },
    {
      name: 'a gem is compiled',
      code: 'FROM ruby:3.4\nRUN gem install mailcatcher\nCMD ["ruby", "a.rb"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'ruby:3.4' }],
    },
    {
      name: 'gems are compiled',
      code: 'FROM ruby:3.4\nRUN bundle install\nCMD ["ruby", "a.rb"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'ruby:3.4' }],
    },
    {
      code: 'FROM python:3.11\nCMD ["python", "a.py"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'python:3.11' }],
      output: 'FROM python:3.11-slim\nCMD ["python", "a.py"]\n',
    },
    {
      code: 'FROM node:20-bookworm AS app\nCMD ["node", "a.js"]\n',
      findings: [{ messageId: 'full', at: 'node:20-bookworm' }],
      output: 'FROM node:20-bookworm-slim AS app\nCMD ["node", "a.js"]\n',
    },
    {
      code: 'FROM eclipse-temurin:17-jdk\nCMD ["java", "-jar", "a.jar"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'eclipse-temurin:17-jdk' }],
      output: 'FROM eclipse-temurin:17-jre\nCMD ["java", "-jar", "a.jar"]\n',
    },
    {
      // the slim variant has no git
      code: 'FROM python:3.11\nRUN pip install git+https://example.com/a.git\nCMD ["python"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'python:3.11' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nHEALTHCHECK CMD curl -f http://localhost\nCMD ["python"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'python:3.11' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost\nCMD ["python"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'python:3.11' }],
      output:
        'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost\nCMD ["python"]\n',
    },
    {
      code: 'ARG V=3.11\nFROM python:$V\nCMD ["python"]\n',
      findings: [{ messageId: 'fullWithSizes', at: 'python:$V' }],
      output: null,
    },
  ],
});
