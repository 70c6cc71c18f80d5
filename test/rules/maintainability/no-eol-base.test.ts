import { expect, it } from 'vitest';
import { createAnalyzer } from '../../../server/src/analyzer';
import { createKnowledgeBase } from '../../../server/src/knowledge';
import rule from '../../../server/src/rules/maintainability/no-eol-base';
import { testRule } from '../../helpers/ruleTester';

const ended = (at: string) => [{ messageId: 'ended', at }] as const;

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM python:3.11-slim-bookworm\n',
    'FROM node:lts\n',
    'FROM node:krypton\n',
    'FROM team/api:carbon\n',
    'FROM node:99\n',
    'FROM python:3\n',
    'FROM alpine:latest\n',
    'FROM team/python:3.6\n',
    'FROM centos:7\n',
    'FROM golang:1\n',
    'FROM golang:alpine\n',
    'FROM mysql:8\n',
    'FROM redis:7\n',
    'FROM amazonlinux:2023.1.20230705.0\n',
    'FROM almalinux:8\n',
    'FROM $IMAGE\n',
    'FROM a\nRUN curl -fsSL https://deb.nodesource.com/setup_lts.x | bash -\n',
    'FROM a\nRUN nvm install --lts\n',
    // before its day
    { code: 'FROM python:3.8\n', knowledge: createKnowledgeBase(() => new Date('2024-10-06T12:00:00Z')) },
    // no clock
    { code: 'FROM python:3.8\n', knowledge: createKnowledgeBase() },
  ],
  invalid: [
    { code: 'FROM alpine:edge\nCOPY --from=node:14 /b /c\n', findings: [{ messageId: 'ended', at: 'node:14' }] },
    { code: 'FROM python:3.8.12-slim\n', findings: ended('python:3.8.12-slim'), output: null },
    { code: 'FROM node:carbon-slim\n', findings: ended('node:carbon-slim'), output: null },
    { code: 'FROM node:14\n', findings: ended('node:14'), output: null },
    { code: 'FROM debian:10.13-slim\n', findings: ended('debian:10.13-slim'), output: null },
    { code: 'FROM golang:1.19.2-bookworm\n', findings: ended('golang:1.19.2-bookworm'), output: null },
    { code: 'FROM mysql:5.7\n', findings: ended('mysql:5.7'), output: null },
    { code: 'FROM fedora:38\n', findings: ended('fedora:38'), output: null },
    { code: 'FROM amazonlinux:2018.03\n', findings: ended('amazonlinux:2018.03'), output: null },
    { code: 'FROM debian:buster\n', findings: ended('debian:buster'), output: null },
    { code: 'FROM ubuntu:18.04\n', findings: ended('ubuntu:18.04'), output: null },
    { code: 'FROM alpine:3.14.2\n', findings: ended('alpine:3.14.2'), output: null },
    { code: 'FROM golang:1.22-alpine3.18\n', findings: ended('golang:1.22-alpine3.18'), output: null },
    {
      code: 'FROM mcr.microsoft.com/dotnet/sdk:5.0\n',
      findings: ended('mcr.microsoft.com/dotnet/sdk:5.0'),
      output: null,
    },
    {
      code: 'FROM mcr.microsoft.com/dotnet/core/aspnet:3.1\n',
      findings: ended('mcr.microsoft.com/dotnet/core/aspnet:3.1'),
    },
    {
      code: 'FROM a\nRUN curl -fsSL https://deb.nodesource.com/setup_16.x | bash -\n',
      findings: ended('https://deb.nodesource.com/setup_16.x'),
    },
    { code: 'FROM a\nRUN . /nvm.sh && nvm install v14.21.3\n', findings: ended('v14.21.3') },
    { code: 'ARG V=2.6\nFROM ruby:$V\n', findings: ended('ruby:$V'), output: null },
  ],
});

it('names the version that gets fixes longest, unless that has ended too', () => {
  const advice = (image: string, day: string) =>
    createAnalyzer({ now: () => new Date(day) })
      .lint(`FROM ${image}\n`)
      .findings.find(({ ruleId }) => ruleId === 'no-eol-base')?.fixes[0]?.title;
  expect(advice('python:3.8', '2026-10-01')).toBe('Switch to a newer version, such as Python 3.14, and test with it');
  expect(advice('python:3.8', '2040-10-01')).toBe('Switch to a newer version, and test with it');
});
