import { describe, expect, it } from 'vitest';
import { planFor } from '../../helpers/plan';

const pom = (version: string, more = '') =>
  `<project><parent><artifactId>spring-boot-starter-parent</artifactId>\n<version>${version}</version></parent><artifactId>shop</artifactId><version>1</version><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId>${more}</plugin></plugins></build></project>`;
const FILES = { 'pom.xml': pom('3.5.0'), 'src/main/java/Shop.java': 'class Shop {}\n' };
const BUILD =
  'FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /app\nCOPY pom.xml .\nRUN mvn dependency:go-offline\nCOPY src src\nRUN mvn package\n';
const RUN = 'FROM eclipse-temurin:21-jre\nWORKDIR /srv\n';
const COPY = 'COPY --from=build --chown=1000 /app/target/*.jar app.jar\n';
const START = 'USER 1000\nENTRYPOINT ["java", "-jar", "app.jar"]\n';
const GIVEN = `${RUN}COPY --chown=1000 target/*.jar app.jar\n${START}`;
const TWO = `${BUILD}\n${RUN}${COPY}${START}`;

function steps(dockerfile: string, files: Record<string, string> = FILES): string[] {
  return planFor(dockerfile, files).steps.map(({ id }) => id);
}

describe('the jar of a Spring Boot program', () => {
  it('comes in layers, at the same path and with the same start', () => {
    const { after } = planFor(TWO, FILES);
    expect(after).toContain(
      'RUN cp /app/target/*.jar /tmp/app.jar && java -Djarmode=tools -jar /tmp/app.jar extract --layers --destination /layers\n',
    );
    expect(after).toContain(`${RUN}COPY --from=build --chown=1000 /layers/dependencies/ ./
COPY --from=build --chown=1000 /layers/spring-boot-loader/ ./
COPY --from=build --chown=1000 /layers/snapshot-dependencies/ ./
COPY --from=build --chown=1000 /layers/application/ ./
${START}`);
    expect(steps(after)).toEqual(['dockerignore']);
  });

  it('needs no other name in the build stage if it keeps its own', () => {
    const { after } = planFor(
      TWO.replace('*.jar app.jar', 'shop-1.jar ./').replace('"app.jar', '"/srv/shop-1.jar'),
      FILES,
    );
    expect(after).toContain(
      'RUN java -Djarmode=tools -jar /app/target/shop-1.jar extract --layers --destination /layers\n',
    );
  });

  it('moves out of /, whose lib belongs to the system', () => {
    const { after } = planFor(TWO.replace('WORKDIR /srv\n', '').replace('"app.jar', '"/app.jar'), FILES);
    expect(after).toContain('COPY --from=build --chown=1000 /layers/application/ /app/\n');
    expect(after).toContain('ENTRYPOINT ["java", "-jar", "/app/app.jar"]\n');
  });

  it.each([
    ['2.7.18', 'loader'],
    ['3.1.0', 'loader'],
    ['3.2.12', 'loader.launch'],
  ])('starts by a class before 3.3: %s', (version, place) => {
    const files = { ...FILES, 'pom.xml': pom(version) };
    const { after } = planFor(TWO, files);
    expect(after).toContain('&& java -Djarmode=layertools -jar /tmp/app.jar extract --destination /layers\n');
    expect(after).toContain(`ENTRYPOINT ["java", "org.springframework.boot.${place}.JarLauncher"]\n`);
    const elsewhere = TWO.replace(' app.jar\n', ' /opt/app.jar\n');
    expect(planFor(elsewhere.replace('"app.jar"', '"/opt/app.jar", "--debug"'), files).after).toContain(
      `["java", "-cp", "/opt", "org.springframework.boot.${place}.JarLauncher", "--debug"]\n`,
    );
    expect(planFor(elsewhere.replace(/\["java.*/, 'exec java $OPTS -jar /opt/app.jar'), files).after).toContain(
      `exec java $OPTS -cp /opt org.springframework.boot.${place}.JarLauncher\n`,
    );
  });

  it('is unpacked in a stage of its own if it comes from the build context', () => {
    const layers = (more: string, source: string) =>
      `# Unpack the layers of the jar\nFROM eclipse-temurin:21-jre AS layers\n${more}COPY ${source} /tmp/app.jar\nRUN java -Djarmode=tools -jar /tmp/app.jar extract --layers --destination /layers\n\nFROM eclipse-temurin:21-jre\nWORKDIR /srv\nCOPY --from=layers --chown=1000 /layers/dependencies/ ./\n`;
    expect(planFor(GIVEN, FILES).after).toContain(layers('', 'target/*.jar'));
    const withArg = GIVEN.replace('COPY', 'ARG JAR=target/*.jar\nCOPY').replace('1000 target/*.jar', '1000 ${JAR}');
    expect(planFor(withArg, FILES).after).toContain(layers('ARG JAR=target/*.jar\n', '${JAR}'));
    const shown = withArg.replace('USER', 'LABEL jar=$JAR\nUSER');
    expect(planFor(shown, FILES).after.match(/^ARG JAR/gm)).toHaveLength(2);
  });

  it('leaves / also where Compose mounts something elsewhere', () => {
    const root = TWO.replace('WORKDIR /srv\n', '').replace('"app.jar', '"/app.jar');
    const service = (target: string) => ({ services: [{ mounts: [{ kind: 'bind' as const, target }] }] });
    const ids = (target: string) => planFor(root, FILES, service(target)).steps.map(({ id }) => id);
    expect(ids('/config')).toContain('spring-layers');
    expect(ids('/app/config')).not.toContain('spring-layers');
  });

  it('is unpacked below /usr too, where only some directories belong to the system', () => {
    expect(steps(TWO.replaceAll('/srv', '/usr/app'))).toContain('spring-layers');
    expect(steps(TWO.replaceAll('/srv', '/usr/local'))).not.toContain('spring-layers');
  });

  it('is found behind the options of a shell form', () => {
    const shell = TWO.replace('["java", "-jar", "app.jar"]', 'exec java $JAVA_OPTS -jar app.jar');
    expect(steps(shell)).toContain('spring-layers');
  });

  it('is told by the Gradle plugin', () => {
    const gradle = TWO.replaceAll('target', 'build/libs')
      .replace(/RUN mvn.*\n/g, '')
      .replace('src src', '. .');
    const build = (version: string) => ({
      'build.gradle.kts': `plugins {\n  id("org.springframework.boot") version "${version}"\n}\n`,
    });
    const built = gradle.replace('COPY . .', 'COPY . .\nRUN gradle bootJar');
    expect(steps(built, build('3.4.1'))).toContain('spring-layers');
    expect(steps(built, build('2.3.12'))).not.toContain('spring-layers');
  });

  it('is that of the module with the plugin', () => {
    const files = { ...FILES, 'pom.xml': pom('3.5.0').replace(/<build>.*<\/build>/, ''), 'web/pom.xml': pom('3.5.0') };
    expect(steps(TWO.replace('target', 'web/target'), { ...files, 'core/pom.xml': '' })).toContain('spring-layers');
    expect(steps(TWO, { ...FILES, 'bin/pom.xml': '' })).toContain('spring-layers');
    expect(steps(TWO, files)).not.toContain('spring-layers');
    expect(steps(TWO.replace('target', 'core/target'), { ...files, 'core/pom.xml': '' })).not.toContain(
      'spring-layers',
    );
  });

  it.each([
    ['a Spring Boot without layers', TWO, pom('2.3.0')],
    ['another class to start it by', TWO, pom('3.2.0', '<loaderImplementation>CLASSIC</loaderImplementation>')],
    ['a variable that the stage does not declare', GIVEN.replace('target/*.jar', '$JAR'), pom('3.5.0')],
    ['a version from elsewhere', TWO, pom('${boot}')],
    [
      'layers of its own',
      TWO,
      pom('3.5.0', '<configuration><layers><enabled>false</enabled></layers></configuration>'),
    ],
    ['a plugin that is skipped', TWO, pom('3.5.0', '<configuration><skip>true</skip></configuration>')],
    ['no plugin', TWO, pom('3.5.0').replace('spring-boot-maven-plugin', 'other')],
    ['a start that names a class', TWO.replace('"-jar", "app.jar"', '"-cp", "app.jar", "Shop"'), pom('3.5.0')],
    ['an agent', TWO.replace('"-jar', '"-javaagent:a.jar", "-jar'), pom('3.5.0')],
    ['a RUN that reads the jar', TWO.replace('USER', 'RUN unzip app.jar\nUSER'), pom('3.5.0')],
    ['a variable', TWO.replace('"app.jar"', '"$JAR"'), pom('3.5.0')],
    ['a user in the build stage', TWO.replace('WORKDIR /app', 'USER 1000\nWORKDIR /app'), pom('3.5.0')],
    ['another use of the build stage', `${TWO}COPY --from=build /app/target/site /site\n`, pom('3.5.0')],
    ['libraries beside it', TWO.replace('USER', 'COPY more lib\nUSER'), pom('3.5.0')],
    ['several jars', TWO.replace('USER', 'COPY --from=build /app/agent.jar ./\nUSER'), pom('3.5.0')],
    ['a directory of the system', TWO.replaceAll('/srv', '/usr/local/share'), pom('3.5.0')],
  ])('stays whole with %s', (_, dockerfile, text) => {
    expect(steps(dockerfile, { ...FILES, 'pom.xml': text, 'more/a.txt': '' })).not.toContain('spring-layers');
  });
});
