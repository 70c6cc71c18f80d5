import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const FILES = { 'pom.xml': '<project/>', 'src/main/java/App.java': 'class App {}\n' };
const BUILD = 'FROM maven:3.9-eclipse-temurin-17 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn package\n\n';
const two = (image: string, more = '') =>
  `${BUILD}FROM ${image}\n${more}COPY --from=build /src/target/app.jar /app.jar\nUSER 1000\nCMD ["java", "-jar", "/app.jar"]\n`;

function runtimeOf(dockerfile: string, files: Record<string, string> = FILES): string | undefined {
  const { after } = planFor(dockerfile, files);
  return [...after.matchAll(/^FROM (?:--\S+ )?(\S+)/gm)].at(-1)?.[1];
}

describe('a final stage on a JDK that only runs a jar', () => {
  it('knows the start script that Gradle writes', () => {
    const dockerfile =
      'FROM openjdk:11-jdk AS build\nWORKDIR /src\nCOPY . .\nRUN ./gradlew installDist\n\nFROM openjdk:11-jdk\nCOPY --from=build /src/build/install/shop/ /app/\nWORKDIR /app/bin\nUSER 1000\nCMD ["./shop"]\n';
    const files = { 'build.gradle': '', gradlew: '', 'src/main/java/App.java': 'class App {}\n' };
    expect(runtimeOf(dockerfile, files)).toBe('eclipse-temurin:11-jre');
    expect(runtimeOf(dockerfile.replace('"./shop"', '"/other"'), files)).toBe('openjdk:11-jdk');
  });

  it.each([
    ['openjdk:17', 'eclipse-temurin:17-jre'],
    ['openjdk:17-jdk-slim', 'eclipse-temurin:17-jre'],
    ['openjdk:8u342-jdk', 'eclipse-temurin:8-jre'],
    ['openjdk:8-jdk-alpine', 'eclipse-temurin:8-jre-alpine'],
    ['openjdk:19-alpine', 'eclipse-temurin:19-jre-alpine'],
    ['eclipse-temurin:21', 'eclipse-temurin:21-jre'],
    ['eclipse-temurin:17-jdk-jammy', 'eclipse-temurin:17-jre-jammy'],
    ['amazoncorretto:21', 'eclipse-temurin:21-jre'],
    ['ibm-semeru-runtimes:open-17-jdk', 'ibm-semeru-runtimes:open-17-jre'],
    ['azul/zulu-openjdk:17', 'azul/zulu-openjdk:17-jre'],
    ['azul/zulu-openjdk-alpine:21-latest', 'azul/zulu-openjdk-alpine:21-jre-latest'],
    ['azul/zulu-openjdk:17-jre', 'azul/zulu-openjdk:17-jre'],
    ['mirror.gcr.io/bellsoft/liberica-openjdk-alpine:17', 'mirror.gcr.io/bellsoft/liberica-openjre-alpine:17'],
    ['bellsoft/liberica-openjdk-debian:21.0.1', 'bellsoft/liberica-openjdk-debian:21.0.1'],
    ['amazoncorretto:21-alpine', 'eclipse-temurin:21-jre-alpine'],
    ['maven:3.8.5-openjdk-11', 'eclipse-temurin:11-jre'],
    ['mirror.gcr.io/library/openjdk:17', 'mirror.gcr.io/library/eclipse-temurin:17-jre'],
    ['--platform=linux/amd64 openjdk:17', 'eclipse-temurin:17-jre'],
  ])('%s becomes %s', (image, runtime) => {
    expect(runtimeOf(two(image))).toBe(runtime);
  });

  it('keeps an image for arm64 that Temurin does not have', () => {
    expect(guardOf(planFor(two('amazoncorretto:17-alpine'), FILES), 'runtime-base')).toBe(
      '`eclipse-temurin` has no Alpine image of Java 17 for arm64: choose the JRE image yourself',
    );
  });

  it('leaves an image of Corretto that has no compiler', () => {
    expect(runtimeOf(two('amazoncorretto:17-al2023-headless'))).toBe('amazoncorretto:17-al2023-headless');
  });

  it('also where the jar comes from outside', () => {
    expect(runtimeOf('FROM openjdk:11\nCOPY target/*.jar app.jar\nCMD java -jar app.jar\n')).toBe(
      'eclipse-temurin:11-jre',
    );
  });

  it('looks into the string that a shell runs', () => {
    const touched = 'FROM openjdk:11\nCOPY target/*.jar app.jar\nRUN sh -c "touch /app.jar"\nCMD java -jar app.jar\n';
    expect(runtimeOf(touched)).toBe('eclipse-temurin:11-jre');
    expect(runtimeOf(touched.replace('touch', 'frob'))).toBe('openjdk:11');
  });

  it('looks for what the program calls in the stage that compiles it', () => {
    const calling = (command: string) => ({
      ...FILES,
      'src/main/java/App.java': `class App { Process a() { return new ProcessBuilder("${command}", "x").start(); } }\n`,
    });
    expect(guardOf(planFor(two('openjdk:17'), calling('git')), 'runtime-base')).toBe(
      '`git` is called, but the JRE image does not contain it',
    );
    expect(runtimeOf(two('openjdk:17'), calling('true'))).toBe('eclipse-temurin:17-jre');
  });

  it('keeps packages, and takes the release that has `adduser`', () => {
    expect(runtimeOf(two('openjdk:17-slim', 'RUN apt-get update && apt-get install -y curl\n'))).toBe(
      'eclipse-temurin:17-jre',
    );
    expect(runtimeOf(two('openjdk:17-slim', 'RUN adduser --system web\n'))).toBe('eclipse-temurin:17-jre-jammy');
    expect(runtimeOf(two('openjdk:17-slim', 'RUN useradd -u 1000 web\n'))).toBe('eclipse-temurin:17-jre-jammy');
  });

  it('looks into the script that starts it', () => {
    const script = two('openjdk:17', 'COPY run.sh /\n').replace('["java", "-jar", "/app.jar"]', '["/run.sh"]');
    expect(runtimeOf(script, { ...FILES, 'run.sh': '#!/bin/sh\nexec java $JAVA_OPTS -jar /app.jar\n' })).toBe(
      'eclipse-temurin:17-jre',
    );
    const plan = planFor(script, { ...FILES, 'run.sh': '#!/bin/sh\njcmd 1 VM.flags\nexec java -jar /app.jar\n' });
    expect(guardOf(plan, 'runtime-base')).toBe('`jcmd` is called, but no JRE contains it');
  });

  it.each([
    [
      'the version is not known',
      two('openjdk:latest'),
      'the image tag does not name a Java version: use a tag that does',
    ],
    ['there is no JRE of it', two('openjdk:14'), 'there is no JRE-only image for Java 14'],
    [
      'it is pinned',
      two(`openjdk@sha256:${'a'.repeat(64)}`),
      'the image is pinned to a digest: choose the JRE image and its digest yourself',
    ],
    [
      'something else starts',
      two('openjdk:17').replace('"java"', '"bash", "x"'),
      'the container does not start `java`',
    ],
    [
      'packages have other names',
      two('openjdk:11', 'RUN apt-get update && apt-get install -y chromium\n'),
      'chromium is installed, and may have a different name in the distribution of the JRE image',
    ],
    [
      'another manager installs',
      two('openjdk:17', 'RUN microdnf install -y findutils\n'),
      '`microdnf` installs packages, but the JRE image has a different package manager',
    ],
    [
      'a place of the old image is named',
      two('openjdk:11', 'RUN cp /usr/local/openjdk-11/release /\n'),
      '/usr/local/openjdk-11/release exists only in this image',
    ],
    [
      'the directory of a release is named',
      two(
        'openjdk:17',
        'RUN apt-get update && apt-get install -y tesseract-ocr-eng\nENV TESSDATA_PREFIX=/usr/share/tesseract-ocr/4.00/tessdata\n',
      ),
      '/usr/share/tesseract-ocr/4.00/tessdata exists only in this image',
    ],
    [
      'the user is one of the image',
      two('gradle:8-jdk17').replace('USER 1000', 'USER gradle'),
      'the user gradle exists only in this image',
    ],
  ])('is left where %s', (_, dockerfile, guard) => {
    expect(guardOf(planFor(dockerfile, FILES), 'runtime-base')).toBe(guard);
  });

  it('is left where sources use the compiler', () => {
    const plan = planFor(two('openjdk:17'), {
      ...FILES,
      'src/main/java/App.java': 'import javax.tools.ToolProvider;\nclass App {}\n',
    });
    expect(guardOf(plan, 'runtime-base')).toBe('`javax.tools` is called, but no JRE contains it');
  });

  it('says nothing of images without a start and of images with a JRE', () => {
    for (const dockerfile of ['FROM openjdk:17\nRUN echo a\n', two('eclipse-temurin:17-jre'), two('openjdk:11-jre')]) {
      const plan = planFor(dockerfile, FILES);
      expect(guardOf(plan, 'runtime-base')).toBeUndefined();
      expect(plan.steps.map(({ id }) => id)).not.toContain('runtime-base');
    }
  });
});
