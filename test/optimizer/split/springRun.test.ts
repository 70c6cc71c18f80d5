import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const PLUGIN =
  '<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>';
const PARENT =
  '<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>';
const POM = `<project>${PARENT}<artifactId>shop</artifactId><version>1.2.0</version><dependencies><dependency><artifactId>other</artifactId><version>9</version></dependency></dependencies>${PLUGIN}</project>`;
const FILES = {
  'pom.xml': POM,
  mvnw: '#!/bin/sh\nset -e\nexec java -jar wrapper.jar "$@"\n',
  'src/main/java/App.java': 'class App {}\n',
};
const NAIVE = 'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nCMD ["mvn", "spring-boot:run"]\n';

const GRADLE = {
  'build.gradle': "plugins {\n  id 'java'\n  id 'org.springframework.boot' version '3.3.0'\n}\nversion = '0.1.0'\n",
  'settings.gradle': "rootProject.name = 'shop'\n",
  gradlew: '#!/bin/sh\nexec java -jar wrapper.jar "$@"\n',
};
const BOOT_RUN = 'FROM eclipse-temurin:21-jdk\nWORKDIR /app\nCOPY . .\nCMD ["./gradlew", "bootRun"]\n';

function final(dockerfile: string, files: Record<string, string> = FILES): string {
  const { after } = planFor(dockerfile, files);
  return after.slice(after.lastIndexOf('\nFROM ') + 1);
}

describe('a Spring Boot program that its build tool starts', () => {
  it('is packed in the build, and started as a jar', () => {
    const { after } = planFor(NAIVE, FILES);
    expect(after).toContain('RUN mvn package -DskipTests\n');
    expect(final(NAIVE)).toContain('FROM eclipse-temurin:21-jre\n');
    expect(after).toContain('RUN java -Djarmode=tools -jar /app/target/shop-1.2.0.jar extract');
    expect(final(NAIVE)).toContain('CMD ["java", "-jar", "target/shop-1.2.0.jar"]\n');
  });

  it('is not packed twice', () => {
    const built = NAIVE.replace('CMD', 'RUN mvn clean install\nCMD');
    const { after } = planFor(built, FILES);
    expect(after).toContain('RUN mvn clean install\n');
    expect(after).not.toContain('mvn package');
    const early = planFor(NAIVE.replace('COPY . .', 'COPY pom.xml .\nRUN mvn package\nCOPY . .'), FILES);
    expect(early.after).toContain('mvn package -DskipTests\n');
  });

  it.each([
    ['a final name', POM.replace('<plugins>', '<finalName>web</finalName><plugins>'), 'target/web.jar'],
    [
      'a version out of a property',
      POM.replace('1.2.0', '${' + 'revision}').replace(
        '<build>',
        '<properties><revision>7</revision></properties><build>',
      ),
      'target/shop-7.jar',
    ],
    ['the version of the parent', POM.replace('<version>1.2.0</version>', ''), 'target/shop-3.3.0.jar'],
    ['a war', POM.replace('<dependencies>', '<packaging>war</packaging><dependencies>'), 'target/shop-1.2.0.war'],
  ])('knows the name by %s', (_, pom, archive) => {
    expect(final(NAIVE, { ...FILES, 'pom.xml': pom })).toContain(`"-jar", "${archive}"]`);
  });

  it('takes profiles and arguments along', () => {
    expect(final(NAIVE.replace('"spring-boot:run"', '"spring-boot:run", "-Dspring-boot.run.profiles=prod"'))).toContain(
      'CMD ["java", "-jar", "target/shop-1.2.0.jar", "--spring.profiles.active=prod"]\n',
    );
    expect(final(BOOT_RUN.replace('"bootRun"', '"bootRun", "--args=--server.port=81"'), GRADLE)).toContain(
      'CMD ["java", "-jar", "build/libs/shop-0.1.0.jar", "--server.port=81"]\n',
    );
  });

  it('is packed by Gradle', () => {
    const { after } = planFor(BOOT_RUN, GRADLE);
    expect(after).toContain('RUN ./gradlew bootJar --no-daemon\n');
    expect(after).toContain('FROM eclipse-temurin:21-jre\n');
    expect(after).toContain('RUN java -Djarmode=tools -jar /app/build/libs/shop-0.1.0.jar extract');
  });

  it('is packed by the wrapper, whatever that calls', () => {
    const wrapped = NAIVE.replace('"mvn"', '"./mvnw"');
    expect(planFor(wrapped, FILES).after).toContain('RUN ./mvnw package -DskipTests\n');
    expect(final(wrapped)).toContain('CMD ["java", "-jar", "target/shop-1.2.0.jar"]\n');
  });

  it.each([
    [
      'without the plugin',
      { ...FILES, 'pom.xml': POM.replace(PLUGIN, '') },
      'pom.xml lacks spring-boot-maven-plugin, which creates an executable jar: add it',
    ],
    [
      'with settings of the plugin',
      {
        ...FILES,
        'pom.xml': POM.replace('</plugin>', '<configuration><arguments>x</arguments></configuration></plugin>'),
      },
      'the name of the jar that `mvn` creates is unknown',
    ],
    [
      'that opens its class path as files',
      { ...FILES, 'src/main/java/App.java': 'File f = ResourceUtils.getFile("classpath:a.txt");' },
      'the program opens files on its class path, which are inside the jar once it is packaged',
    ],
  ])('is left alone %s', (_, files, guard) => {
    expect(guardOf(planFor(NAIVE, files), 'multi-stage')).toBe(guard);
  });

  it('is left alone with options that a jar does not have', () => {
    const offline = NAIVE.replace('"spring-boot:run"', '"spring-boot:run", "-Pprod"');
    expect(guardOf(planFor(offline, FILES), 'multi-stage')).toBe(
      '`mvn` starts the program with its own options: build a jar and start it with `java -jar`',
    );
  });

  it('keeps resources that it opens among its sources', () => {
    const jar =
      'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/shop-1.2.0.jar"]\n';
    const after = final(jar, {
      ...FILES,
      'src/main/java/App.java': 'new File("src/main/resources/data/words.txt");',
      'src/main/resources/data/words.txt': 'a\n',
      'src/main/resources/other.txt': 'b\n',
    });
    expect(after).toMatch(/^COPY .*src\/main\/resources\/data/m);
    expect(after).not.toMatch(/other\.txt|App\.java/);
  });
});
