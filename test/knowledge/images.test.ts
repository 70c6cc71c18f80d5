import { describe, expect, it } from 'vitest';
import { parseImageReference } from '../../server/src/dockerfile/imageReference';
import { createKnowledgeBase } from '../../server/src/knowledge';
import families from '../../server/src/knowledge/data/families.json';
import sizes from '../../server/src/knowledge/data/sizes.json';
import { parseTag } from '../../server/src/knowledge/imageTag';
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
    ['registry.hub.docker.com/library/python:3.11', { variant: 'full' }],
    ['mirror.gcr.io/library/python:3.11', { variant: 'full' }],
    ['hub.example.ir/library/python:3.11', { variant: 'full' }],
    ['public.ecr.aws/amazonlinux/amazonlinux:2023', { distro: 'rhel' }],
    ['ghcr.io/acme/mirror/docker.io/openjdk:17', { variant: 'jdk' }],
    ['m.daocloud.io/docker.io/library/python:3.11', { variant: 'full' }],
    ['m.daocloud.io/gcr.io/distroless/static-debian12:nonroot', { defaultUser: 'nonroot' }],
    ['gitlab.example:443/team/dependency_proxy/containers/node:20', { readyUser: 'node' }],
    ['123.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/golang:1.22', { variant: 'sdk' }],
    ['art.example/docker-remote/python:3.11', { variant: 'full' }],
    ['mcr.microsoft.com/mirror/docker/library/node:20', { readyUser: 'node' }],
    ['mcr.microsoft.com/dotnet/nightly/aspnet:8.0', { readyUser: 'app', variant: 'runtime' }],
    ['busybox:1', { distro: 'busybox', userTools: 'busybox' }],
    ['debian:12.5', { distroRelease: 'bookworm' }],
    ['node:14.16.0', { distroRelease: 'stretch' }],
    ['node:14.19.3-slim', { distroRelease: 'buster' }],
    ['node:16', { distroRelease: 'buster' }],
    ['node:18.12', { distroRelease: 'bullseye' }],
    ['node:18.20.4', { distroRelease: 'bookworm' }],
    ['php:7.4.3-apache', { distroRelease: 'buster' }],
    ['ubuntu:22.04', { distroRelease: 'jammy' }],
    ['nvidia/cuda:12.2.0-base-ubuntu22.04', { distro: 'ubuntu', distroRelease: 'jammy' }],
    ['nvidia/cuda:12.2.0-base-ubi8', { distro: 'rhel' }],
    ['ruby:3.3-alpine3.20', { distroRelease: '3.20' }],
    ['mysql:8.4', { distro: 'rhel', dropsPrivileges: true }],
    ['mysql:8.0-debian', { distro: 'debian' }],
    ['mariadb:11', { distro: 'ubuntu' }],
    ['wordpress:6-apache', { defaultUser: 'root', dropsPrivileges: true }],
    ['wordpress:cli', { defaultUser: 'www-data', distro: 'alpine', dropsPrivileges: false }],
    ['haproxy:3.0', { defaultUser: 'haproxy' }],
    ['docker.elastic.co/elasticsearch/elasticsearch:9.1.0', { defaultUser: '1000' }],
    ['mcr.microsoft.com/dotnet/aspnet:10.0', { distro: 'ubuntu', readyUser: 'app' }],
    ['mcr.microsoft.com/dotnet/aspnet:6.0-jammy-chiseled', { distro: 'distroless', defaultUser: 'app' }],
    ['mcr.microsoft.com/dotnet/runtime:9.0-azurelinux3.0-distroless', { distro: 'distroless', defaultUser: 'app' }],
    ['maven:3.9-amazoncorretto-17', { distro: 'rhel', variant: 'sdk' }],
    ['maven:3.9-amazoncorretto-17-debian', { distro: 'debian' }],
    ['openjdk:11', { distro: 'debian' }],
    ['openjdk:17', { distro: 'rhel' }],
    ['openjdk:17-jdk-slim', { distro: 'debian' }],
    ['node:22-windowsservercore', { distro: 'windows' }],
    ['postgres:18', { distroRelease: 'trixie', starts: 'docker-entrypoint.sh postgres' }],
    ['nginx:stable-alpine', { starts: "/docker-entrypoint.sh nginx -g 'daemon off;'" }],
    ['traefik:v3', { distro: 'alpine', defaultUser: 'root', starts: '/entrypoint.sh traefik', dropsPrivileges: false }],
    ['registry:2', { starts: '/entrypoint.sh /etc/docker/registry/config.yml' }],
    ['registry:3', { starts: '/entrypoint.sh /etc/distribution/config.yml' }],
    ['kong:3.9', { distro: 'ubuntu', defaultUser: 'kong', starts: '/docker-entrypoint.sh kong docker-start' }],
    ['varnish:9.0', { defaultUser: 'varnish', starts: '/usr/local/bin/docker-varnish-entrypoint' }],
    ['docker.elastic.co/logstash/logstash:9.5.3', { distro: 'rhel', defaultUser: '1000' }],
    ['telegraf:1.39-alpine', { dropsPrivileges: true, starts: '/entrypoint.sh telegraf' }],
    ['clickhouse:26.6', { distroRelease: 'jammy', dropsPrivileges: true }],
    ['wordpress:7-apache', { starts: 'docker-entrypoint.sh apache2-foreground' }],
    ['neo4j:community', { starts: 'tini -g -- /startup/docker-entrypoint.sh neo4j' }],
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

  it.each([
    'almalinux:9-minimal',
    'amazonlinux:2023',
    'registry.access.redhat.com/ubi9/ubi-minimal:9.4',
    'openjdk:17',
    'mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled',
    'gcr.io/distroless/base-debian12:debug',
    'python:3.11-windowsservercore',
  ])('%s has no certain way to make a user', (text) => {
    expect(factsOf(text)?.userTools).toBeUndefined();
  });

  it.each([
    'haproxy:2.2',
    'influxdb:1.8',
    'elasticsearch:7.17.8',
    'logstash:5',
    'node:22-nanoserver',
    'vault:1.13',
    'traefik:1.7',
    'caddy:2-builder',
    'caddy:2-windowsservercore-ltsc2022',
    'nats:latest',
    'kong:2.8',
    'jetty:9.4',
    'varnish:6.0',
    'solr:8',
    'adminer:6-fastcgi',
    'phpmyadmin:fpm',
    'telegraf:1.39',
    'docker:dind',
  ])('%s has a user that is not certain', (text) => {
    expect(factsOf(text)).not.toHaveProperty('defaultUser');
  });

  it.each([
    'wordpress:7-fpm-alpine',
    'wordpress:cli',
    'nextcloud:34-fpm',
    'registry:latest-windows-nanoserver',
    'nats:scratch',
    'docker:29',
    'telegraf:1.39-distroless',
    'postgres:18-windowsservercore',
  ])('%s starts something that is not certain', (text) => {
    expect(factsOf(text)?.starts).toBeUndefined();
  });

  it.each(['influxdb:1.8', 'php:8.3-cli', 'wordpress:cli', 'memcached:1'])('%s does not step down', (text) => {
    expect(factsOf(text)?.dropsPrivileges).toBe(false);
  });

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
    ['eclipse-temurin:17-jdk-alpine-3.20', '17-jre-alpine-3.20'],
    ['eclipse-temurin:8u392-b08-jdk', '8u392-b08-jre'],
    ['eclipse-temurin:17.0.9_9-jdk-jammy', '17.0.9_9-jre-jammy'],
    ['eclipse-temurin:17-jdk-ubi9-minimal', '17-jre-ubi9-minimal'],
    ['node:iron', 'iron-slim'],
    ['registry.hub.docker.com/library/node:20-bookworm', '20-bookworm-slim'],
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
    'node:onbuild',
    'python:onbuild',
    'python:rc',
    'debian:12',
    'debian:12.5',
    'debian:bookworm-20240101',
    'debian:bookworm-slim',
    'debian:sid',
    'eclipse-temurin:16',
    'eclipse-temurin:latest',
    'eclipse-temurin:17-unknown',
    'eclipse-temurin:17-windowsservercore-ltsc2022',
    `eclipse-temurin:17@sha256:${'a'.repeat(64)}`,
    'openjdk:28-ea',
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
    ['java:openjdk-8-jre', 'eclipse-temurin'],
    ['openjdk:17-windowsservercore', 'eclipse-temurin'],
    ['adoptopenjdk:11-jre-hotspot', 'eclipse-temurin:11-jre'],
    ['adoptopenjdk/openjdk11-openj9:jdk-11.0.1.13-alpine-slim', 'ibm-semeru-runtimes'],
    ['rockylinux:9', 'rockylinux/rockylinux:9'],
    ['rockylinux:9-minimal', 'rockylinux/rockylinux'],
    ['iojs:3', 'node'],
    ['django:1.10', 'python'],
  ])('%s gives way to %s', (text, successor) => {
    expect(factsOf(text)?.deprecated).toMatchObject({ successor });
  });

  it.each(['openjdk:28-ea', 'openjdk:28-ea-11-jdk-slim', 'openjdk:27-rc-trixie', 'rockylinux/rockylinux:9', 'maven:3'])(
    '%s is not deprecated',
    (text) => {
      expect(factsOf(text)).not.toHaveProperty('deprecated');
    },
  );

  it('knows of an end without a successor', () => {
    expect(factsOf('mono:6')?.deprecated).toEqual({
      reason: 'no updates since June 2022',
      source: expect.stringContaining('mono/deprecated.md'),
    });
  });

  it('knows sizes by exact tag only', () => {
    expect(factsOf('python:3.11')?.sizeBytes).toBe(409_120_197);
    expect(factsOf('python:3.11.4')?.sizeBytes).toBeUndefined();
  });
});

describe('the data', () => {
  it('names pages of docker-library/repo-info with their commit', () => {
    const page = /^docker-library\/repo-info@[0-9a-f]{12} repos\/[\w-]+\/remote\/[\w.-]+\.md/;
    for (const { names, source } of families.families) {
      for (const part of source.split('; ')) {
        if (part.startsWith('docker-library/repo-info')) expect(part, names.join()).toMatch(page);
      }
    }
  });

  it('names no image twice', () => {
    const names = families.families.flatMap((family) => family.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('names images as references are read', () => {
    const odd = families.families.flatMap(({ names }) => names.filter((name) => !factsOf(name)));
    expect(odd).toEqual([]);
  });

  it('has sizes of images that it knows', () => {
    expect(Object.keys(sizes).filter((image) => factsOf(image)?.sizeBytes === undefined)).toEqual([]);
  });

  it('makes an image smaller once, and keeps its version', () => {
    for (const image of Object.keys(sizes)) {
      const tag = factsOf(image)?.smaller?.tag;
      if (tag === undefined) continue;
      const name = image.slice(0, image.indexOf(':'));
      expect(factsOf(`${name}:${tag}`)?.smaller, `${name}:${tag}`).toBeUndefined();
      expect(parseTag(tag).version, image).toBe(parseTag(image.slice(name.length + 1)).version);
      expect(factsOf(`${name}:${tag}`)).toMatchObject({
        distro: factsOf(image)?.distro,
        defaultUser: factsOf(image)?.defaultUser,
      });
    }
  });

  it('never calls an image smaller that is not', () => {
    for (const [tag, { bytes }] of Object.entries(sizes)) {
      const smaller = factsOf(tag)?.smaller?.sizeBytes;
      if (smaller !== undefined) expect(smaller, tag).toBeLessThan(bytes);
    }
  });
});
