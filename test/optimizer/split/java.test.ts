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
  it.each([
    ['openjdk:17-jdk-slim', 'eclipse-temurin:17-jre'],
    ['openjdk:8-jdk-alpine', 'eclipse-temurin:8-jre-alpine'],
    ['eclipse-temurin:21-jdk-alpine', 'eclipse-temurin:21-jre-alpine'],
    ['amazoncorretto:17', 'eclipse-temurin:17-jre'],
    ['maven:3.9-eclipse-temurin-17-alpine', 'eclipse-temurin:17-jre-alpine'],
  ])('on %s runs on %s', (image, runtime) => {
    expect(final(maven(image).replace('mvn', './mvnw'))).toContain(`FROM ${runtime}\n`);
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
    expect(after).toContain('COPY --from=build /home/gradle/build/libs/app.jar /home/gradle/build/libs/app.jar\n');
    expect(after).toContain('WORKDIR /home/gradle/build/libs\n');
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

  it('keeps the downloads of the build tool between builds, and no settings hidden', () => {
    const { after } = planFor(maven('openjdk:17'), FILES);
    expect(after).toContain('RUN --mount=type=cache,target=/root/.m2 mvn package\n');
    const own = planFor(maven('openjdk:17').replace('RUN', 'COPY settings.xml /root/.m2/\nRUN'), {
      ...FILES,
      'settings.xml': '<settings/>',
    });
    expect(own.after).toContain('RUN --mount=type=cache,target=/root/.m2/repository mvn package\n');
    const offline = planFor(maven('openjdk:17').replace('RUN', 'RUN mvn dependency:go-offline\nRUN'), FILES);
    expect(offline.after).not.toContain('--mount');
  });

  it.each([
    [
      'a build tool starts it',
      'CMD mvn exec:java',
      '`mvn` starts the program: build a jar and start it with `java -jar`',
    ],
    ['exec form has a pattern', 'CMD ["java", "-jar", "target/*.jar"]', 'the name of the jar is not known'],
  ])('is refused where %s', (_, cmd, guard) => {
    expect(guardOf(planFor(maven('openjdk:17', cmd), FILES), 'multi-stage')).toBe(guard);
  });
});
