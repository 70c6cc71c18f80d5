import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const FILES = { 'pom.xml': '<project/>', mvnw: '#!/bin/sh\nwget x\n', 'src/main/java/App.java': 'class App {}\n' };

/** What stands below the last FROM. */
function final(dockerfile: string, files: Record<string, string> = FILES): string {
  const { after } = planFor(dockerfile, files);
  return after.slice(after.lastIndexOf('\nFROM ') + 1);
}

const maven = (image: string, cmd = 'CMD ["java", "-jar", "target/app.jar"]') =>
  `FROM ${image}\nWORKDIR /app\nCOPY . .\nRUN mvn package\n${cmd}\n`;

describe('Java in one stage', () => {
  it('leaves the settings of build tools in the build stage', () => {
    const settings =
      'RUN echo "systemProp.http.proxyHost=a" > /root/.gradle/gradle.properties\nRUN cp s.xml /root/.m2/\n';
    const dockerfile = maven('maven:3.9-eclipse-temurin-17').replace('RUN mvn', `${settings}RUN mvn`);
    expect(final(dockerfile)).not.toMatch(/\.gradle|\.m2/);
    expect(planFor(dockerfile, FILES).after).toContain(settings);
  });

  it('copies what the program and its own scripts name, not what the path of the jar or scripts for people name', () => {
    const dockerfile = maven('maven:3.9-eclipse-temurin-17', 'CMD ["sh", "start.sh"]').replace(
      'RUN mvn package',
      'RUN mvn package\nHEALTHCHECK CMD ["java", "-jar", "web/target/check.jar"]',
    );
    const files = {
      ...FILES,
      'start.sh': 'cat data/motd; exec java -jar target/app.jar\n',
      'data/motd': 'hi\n',
      'web/system.properties': '',
      'make/deploy.sh': 'kubectl apply -f kube/a.yaml\n',
      'kube/a.yaml': '',
    };
    const run = final(dockerfile, files);
    expect(run).toContain('start.sh');
    expect(run).toContain('data');
    expect(run).not.toMatch(/kube|make|system\.properties/);
  });

  it('takes the classes that lie beside their sources, not those of packages', () => {
    const dockerfile = 'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nRUN javac Main.java\nCMD ["java", "Main"]\n';
    const files = { 'Main.java': 'class Main {}\n', 'Util.java': 'class Util {}\n' };
    expect(final(dockerfile, files)).toContain('COPY --chown=app:app --from=build /app/*.class /app/\n');
    const packages = { ...files, 'shop/Cart.java': 'package shop;\n' };
    expect(guardOf(planFor(dockerfile, packages), 'multi-stage')).toBe('cannot determine where the classes are');
  });

  it('stays whole where Compose mounts the sources over the program', () => {
    const services = [{ mounts: [{ target: '/app', kind: 'bind' as const }], starts: ['sleep infinity'] }];
    expect(guardOf(planFor(maven('maven:3.9-eclipse-temurin-17'), FILES, { services }), 'multi-stage')).toBe(
      'Compose mounts a folder over /app, to build there: build that service from its own stage',
    );
  });

  it.each([
    ['openjdk:17-jdk-slim', 'eclipse-temurin:17-jre'],
    ['openjdk:8-jdk-alpine', 'eclipse-temurin:8-jre-alpine'],
    ['eclipse-temurin:21-jdk-alpine', 'eclipse-temurin:21-jre-alpine'],
    ['amazoncorretto:17', 'eclipse-temurin:17-jre'],
    ['maven:3.9-eclipse-temurin-17-alpine', 'eclipse-temurin:17-jre-alpine'],
  ])('on %s runs on %s', (image, runtime) => {
    expect(final(maven(image).replace('mvn', './mvnw'))).toContain(`FROM ${runtime}\n`);
  });

  it.each([
    ['sbtscala/scala-sbt:eclipse-temurin-jammy-17.0.5_8_1.9.0_3.3.0', '17'],
    ['sbtscala/scala-sbt:eclipse-temurin-21.0.8_9_1.11.3', '21'],
    ['hseeberger/scala-sbt:8u222_1.3.5_2.13.1', '8'],
    ['hseeberger/scala-sbt:graalvm-ce-21.3.0-java11_1.6.2_3.1.1', '11'],
  ])('takes what sbt assembles on %s', (image, version) => {
    const dockerfile = `FROM ${image}\nWORKDIR /app\nCOPY . .\nRUN sbt assembly\nCMD ["java", "-jar", "target/scala-2.13/app.jar"]\n`;
    const run = final(dockerfile, { 'build.sbt': 'name := "app"\n', 'src/main/scala/App.scala': 'object App\n' });
    expect(run).toContain(`FROM eclipse-temurin:${version}-jre\n`);
    expect(run).toContain('COPY --from=build /app/target/scala-2.13/app.jar /app/target/scala-2.13/app.jar\n');
    expect(run).not.toContain('src');
  });

  it.each([
    ['clojure:temurin-21-lein-2.11', 'multi-stage', undefined],
    ['clojure:openjdk-11-lein', 'multi-stage', undefined],
    ['clojure:lein-2.8.1', 'multi-stage', 'the image tag does not name a Java version: use a tag that does'],
  ])('takes the jar of Leiningen on %s, or says what is missing', (image, id, guard) => {
    const dockerfile = `FROM ${image}\nWORKDIR /app\nCOPY . .\nRUN lein uberjar\nCMD ["java", "-jar", "target/app.jar"]\n`;
    const files = { 'project.clj': '(defproject app "1")\n', 'src/app/core.clj': '(ns app.core)\n' };
    expect(guardOf(planFor(dockerfile, files), id)).toBe(guard);
    if (guard === undefined)
      expect(final(dockerfile, files)).toMatch(
        /^FROM eclipse-temurin:(?:21|11)-jre\n(?:.*\n)*COPY --from=build \/app\/target\/app.jar/,
      );
  });

  it('gives Tomcat the JRE, and what a RUN puts into its webapps', () => {
    const built =
      'FROM tomcat:9.0-jdk17-temurin\nRUN apt-get update && apt-get install -y maven\nWORKDIR /src\nCOPY . .\nRUN mvn package && cp target/app.war /usr/local/tomcat/webapps/ROOT.war\n';
    expect(final(built)).toContain('FROM tomcat:9.0-jre17-temurin\n');
    expect(final(built)).toContain('COPY --from=build /usr/local/tomcat/webapps /usr/local/tomcat/webapps\n');
    expect(final(built)).not.toContain('RUN cp');
    expect(final(built)).not.toContain('maven');
  });

  it.each([
    ['tomcat:9-jdk17', 'tomcat:9-jre17'],
    ['tomcat:10.1.30-jdk21-temurin-noble', 'tomcat:10.1.30-jre21-temurin-noble'],
    ['tomcat:10.1', 'tomcat:10.1-jre25'],
    ['tomcat', 'tomcat:jre25'],
    // No twin of these is known.
    ['tomcat:9.0.50-jdk11-openjdk', 'tomcat:9.0.50-jdk11-openjdk'],
    ['tomcat:9.0.50-jdk11', 'tomcat:9.0.50-jdk11'],
    ['tomcat:8.5', 'tomcat:8.5'],
    ['adoptopenjdk/openjdk11:alpine', 'eclipse-temurin:11-jre-alpine'],
    ['adoptopenjdk/openjdk11:alpine-jre', 'adoptopenjdk/openjdk11:alpine-jre'],
  ])('of %s makes %s where something that is built is copied in', (image, runtime) => {
    const start = image.startsWith('tomcat') ? '' : 'CMD ["java", "-jar", "/app/app.jar"]\n';
    const dockerfile = `FROM maven:3.9-eclipse-temurin-17 AS build\nWORKDIR /app\nCOPY . .\nRUN mvn package\n\nFROM ${image}\nWORKDIR /app\nCOPY --from=build /app/target/app.war /usr/local/tomcat/webapps/\n${start}`;
    expect(final(dockerfile)).toContain(`FROM ${runtime}\n`);
    const step = planFor(dockerfile, FILES).steps.find(({ id }) => id === 'runtime-base');
    if (/^tomcat(?::10\.1)?$/.test(image)) expect(step?.risk).toMatch(/^The old tag follows the newest Java/);
    else if (step) expect(step.risk).not.toMatch(/old tag/);
  });

  it('says why a Tomcat without a Java version in its tag stays', () => {
    const dockerfile = 'FROM tomcat:8.5\nCOPY target/app.war /usr/local/tomcat/webapps/\n';
    expect(guardOf(planFor(dockerfile, FILES), 'runtime-base')).toBe(
      'the image tag does not name a Java version: use a tag that does',
    );
  });

  it('mounts no cache where the image builds as another user', () => {
    const dockerfile = `FROM gradle:4.2-jdk8\nCOPY --chown=gradle . .\nRUN gradle build\nCMD ["java", "-jar", "build/libs/app.jar"]\n`;
    expect(planFor(dockerfile, { 'build.gradle': '' }).after).toContain('\nRUN gradle build\n');
  });

  it('takes the release that the project is compiled for where the tag has no version', () => {
    const pom = '<project><properties><java.version>17</java.version></properties></project>';
    expect(final(maven('maven:3'), { ...FILES, 'pom.xml': pom })).toContain('FROM eclipse-temurin:17-jre\n');
    // A target alone does not keep the build from newer classes.
    const target = '<project><properties><maven.compiler.target>8</maven.compiler.target></properties></project>';
    expect(guardOf(planFor(maven('maven:3'), { ...FILES, 'pom.xml': target }), 'multi-stage')).toBe(
      'the image tag does not name a Java version: use a tag that does',
    );
    expect(guardOf(planFor(maven('maven:3'), FILES), 'multi-stage')).toBe(
      'the image tag does not name a Java version: use a tag that does',
    );
  });

  it('finds the jar through scripts, variables and patterns', () => {
    const run = final(maven('openjdk:17', 'CMD ["./run.sh"]'), {
      ...FILES,
      'run.sh': '#!/bin/sh\nJAR=target/app.jar\nexec java $JAVA_OPTS -jar "$JAR"\n',
    });
    expect(run).toMatch(/^COPY .*run\.sh \.\n/m);
    expect(run).toContain('COPY --from=build /app/target/app.jar /app/target/app.jar\n');
    expect(final(maven('openjdk:17', 'CMD java -jar target/*.jar'))).toContain(
      'COPY --from=build /app/target/*.jar /app/target/\n',
    );
    expect(final(maven('openjdk:17', 'ENTRYPOINT exec java $JAVA_OPTS -jar target/app.jar'))).toContain(
      'COPY --from=build /app/target/app.jar',
    );
  });

  it('takes what lies beside the jar with it', () => {
    expect(final(maven('openjdk:17', 'CMD ["java", "-jar", "target/quarkus-app/quarkus-run.jar"]'))).toContain(
      'COPY --chown=app:app --from=build /app/target/quarkus-app /app/target/quarkus-app\n',
    );
    expect(final(maven('openjdk:17', 'CMD java -cp "target/app.jar:target/lib/*" App'))).toContain(
      'COPY --from=build /app/target/app.jar /app/target/app.jar\nCOPY --from=build /app/target/lib /app/target/lib\n',
    );
  });

  it('knows the folder that the image begins in', () => {
    const after = final(
      'FROM gradle:8-jdk17\nCOPY . .\nRUN gradle bootJar\nWORKDIR build/libs\nCMD ["java", "-jar", "app.jar"]\n',
      { 'build.gradle': '', 'src/A.java': '' },
    );
    expect(after).toContain(
      'WORKDIR /home/gradle\nCOPY --from=build /home/gradle/build/libs/app.jar /home/gradle/build/libs/app.jar\nWORKDIR build/libs\n',
    );
  });

  it('leaves rights of the wrapper in the build, and junk out of the image', () => {
    const after = final(
      'FROM openjdk:17\nWORKDIR /app\nCOPY . .\nRUN chmod +x mvnw\nRUN ./mvnw package\nCMD ["java", "-jar", "target/app.jar"]\n',
      {
        ...FILES,
        'kube.yaml': 'a: b\n',
        'HELP.txt': 'h',
        'data/seed.csv': '1',
        'application.yml': 'a: b\n',
        'src/main/java/App.java': 'class App { String s = "data/seed.csv"; }\n',
      },
    );
    expect(after).not.toMatch(/mvnw|kube|HELP/);
    expect(after).toMatch(/^COPY .*application\.yml \.\nCOPY .*data \.\/data\n/m);
  });

  it.each([
    [
      'a build tool starts it',
      'CMD mvn exec:java',
      '`mvn` starts the program: build a jar and start it with `java -jar`',
    ],
    ['exec form has a pattern', 'CMD ["java", "-jar", "target/*.jar"]', 'the name of the jar is unknown'],
  ])('is refused where %s', (_, cmd, guard) => {
    expect(guardOf(planFor(maven('openjdk:17', cmd), FILES), 'multi-stage')).toBe(guard);
  });
});
