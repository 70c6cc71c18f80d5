import { describe, expect, it } from 'vitest';
import { parseImageReference } from '../../server/src/dockerfile/imageReference';
import { createKnowledgeBase } from '../../server/src/knowledge';
import families from '../../server/src/knowledge/data/families.json';
import sizes from '../../server/src/knowledge/data/sizes.json';
import type { ImageFacts } from '../../server/src/knowledge/knowledgeBase';

const knowledge = createKnowledgeBase();

function factsOf(text: string): ImageFacts | undefined {
  const reference = parseImageReference(text, { start: 0, end: text.length }, true);
  if (!reference) throw new Error(`${text} is no reference`);
  return knowledge.image(reference);
}

describe('the facts about images', () => {
  it.each([
    ['python:3.11', { distro: 'debian', defaultUser: 'root', variant: 'full', userTools: 'shadow' }],
    ['python:3.11-slim-bookworm', { distro: 'debian', distroRelease: 'bookworm', variant: 'slim' }],
    ['python:3.11-alpine3.20', { distro: 'alpine', variant: 'alpine', userTools: 'busybox' }],
    ['docker.io/library/node:20', { readyUser: 'node' }],
    ['public.ecr.aws/docker/library/node:20-slim', { readyUser: 'node', variant: 'slim' }],
    ['postgres:16', { dropsPrivileges: true }],
    ['nginx', { dropsPrivileges: true }],
    ['php:8.3-apache', { dropsPrivileges: true }],
    ['php:8.3-cli', { dropsPrivileges: false, readyUser: 'www-data' }],
    ['gcr.io/distroless/static-debian12:nonroot', { distro: 'distroless', defaultUser: 'nonroot' }],
    ['gcr.io/distroless/static-debian12', { defaultUser: 'root', readyUser: 'nonroot' }],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', { readyUser: 'app', defaultUser: 'root', variant: 'runtime' }],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled', { defaultUser: 'app' }],
    ['mcr.microsoft.com/dotnet/sdk:6.0', { variant: 'sdk', defaultUser: 'root' }],
    ['golang:1.22', { variant: 'sdk' }],
    ['maven:3.9-eclipse-temurin-17', { variant: 'sdk', distro: 'ubuntu' }],
    ['eclipse-temurin:17-jre-alpine', { variant: 'jre', distro: 'alpine' }],
    ['almalinux:9', { distro: 'rhel', userTools: 'shadow' }],
    ['jenkins/jenkins:lts', { defaultUser: 'jenkins' }],
  ])('%s', (text, facts) => {
    expect(factsOf(text)).toMatchObject(facts);
  });

  it.each([
    'team/python:3.11',
    'ghcr.io/library/python:3.11',
    'quay.io/centos/centos:stream9',
    'public.ecr.aws/lambda/python:3.11',
    'constructor',
    'node-red',
  ])('%s is unknown', (text) => {
    expect(factsOf(text)).toBeUndefined();
  });

  it.each(['almalinux:9-minimal', 'amazonlinux:2023', 'registry.access.redhat.com/ubi9/ubi-minimal:9.4', 'busybox:1'])(
    '%s has no certain way to make a user',
    (text) => {
      expect(factsOf(text)?.userTools).toBeUndefined();
    },
  );

  it.each([
    ['python', 'slim'],
    ['python:latest', 'slim'],
    ['python:3.11', '3.11-slim'],
    ['python:3.11.4-bookworm', '3.11.4-slim-bookworm'],
    ['ruby:3.3-bullseye', '3.3-slim-bullseye'],
    ['node:20', '20-slim'],
    ['node:lts-bookworm', 'lts-bookworm-slim'],
    ['eclipse-temurin:17', '17-jre'],
    ['eclipse-temurin:17-jdk-jammy', '17-jre-jammy'],
    ['eclipse-temurin:21-alpine', '21-jre-alpine'],
  ])('%s is smaller as %s', (text, tag) => {
    expect(factsOf(text)?.smaller).toMatchObject({ tag, isSameDistro: true });
  });

  it.each([
    'python:3.11-slim',
    'python:3.11-alpine',
    'python:2.7',
    'python:3.14-rc',
    'python:3.11-windowsservercore-ltsc2022',
    `python:3.11@sha256:${'a'.repeat(64)}`,
    'node:8.11.3-jessie',
    'node:20-onbuild',
    'php:8.3-cli',
    'golang:1.22',
    'rust:1',
    'eclipse-temurin:17-jre',
    'openjdk:17',
  ])('%s has no smaller twin that is certain', (text) => {
    expect(factsOf(text)?.smaller).toBeUndefined();
  });

  it.each([
    ['openjdk:17', 'eclipse-temurin:17-jdk'],
    ['openjdk:8u212-jre-alpine', 'eclipse-temurin:8-jre-alpine'],
    ['openjdk:11-jre-slim-buster', 'eclipse-temurin:11-jre'],
    ['openjdk:16', 'eclipse-temurin'],
    ['java:latest', 'eclipse-temurin'],
    ['centos:7', 'almalinux'],
  ])('%s gives way to %s', (text, successor) => {
    expect(factsOf(text)?.deprecated).toMatchObject({ successor });
  });

  it('knows sizes by exact tag only', () => {
    expect(factsOf('python:3.11')?.sizeBytes).toBe(409_120_197);
    expect(factsOf('python:3.11.4')?.sizeBytes).toBeUndefined();
  });
});

describe('the data', () => {
  it('has a source and a date for every entry', () => {
    for (const { names, source, date } of families.families) {
      expect(source, names.join()).not.toBe('');
      expect(date, names.join()).toMatch(/^20\d\d-\d\d$/);
    }
    for (const [tag, { bytes, date, commit }] of Object.entries(sizes)) {
      expect(bytes, tag).toBeGreaterThan(500_000);
      expect(date, tag).toMatch(/^20\d\d-\d\d$/);
      expect(commit, tag).toMatch(/^[0-9a-f]{7,40}$/);
    }
  });

  it('names no image twice', () => {
    const names = families.families.flatMap(({ names: all, registry }) =>
      all.map((name) => `${registry ?? ''}/${name}`),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('never calls an image smaller that is not', () => {
    for (const [tag, { bytes }] of Object.entries(sizes)) {
      const smaller = factsOf(tag)?.smaller?.sizeBytes;
      if (smaller !== undefined) expect(smaller, tag).toBeLessThan(bytes);
    }
  });
});
