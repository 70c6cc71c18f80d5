import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

const JAR =
  'FROM eclipse-temurin:21-jre\nARG JAR_FILE=target/*.jar\nCOPY ${JAR_FILE} app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]\n';
const SOURCES = {
  'pom.xml': '<project/>',
  'src/main/java/a/App.java': 'class App { void run() { orders.save(order); } }\n',
};

function reason(files: Readonly<Record<string, string>>): string | undefined {
  const plan = planFor(JAR, files);
  expect(plan.after).not.toContain('USER');
  return plan.skipped.find(({ id }) => id === 'no-root-user')?.title;
}

describe('a JAR that is built before the image', () => {
  it('runs as a user in `/` where its sources write no files', () => {
    expect(planFor(JAR, SOURCES).after).toContain(
      'COPY ${JAR_FILE} app.jar\nUSER app\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
    );
  });

  it.each([
    ['a source', { 'src/main/java/a/Up.java': 'class Up { void up() { part.transferTo(new File("a")); } }' }],
    ['the log', { 'src/main/resources/application.yml': 'logging:\n  file:\n    name: logs/app.log\n' }],
    ['the log of logback', { 'src/main/resources/logback-spring.xml': '<appender class="x.RollingFileAppender"/>' }],
    ['a database', { 'src/main/resources/application.properties': 'spring.datasource.url=jdbc:h2:file:./data/a\n' }],
  ])('stays root where it writes beside itself: %s', (_, files) => {
    expect(reason({ ...SOURCES, ...files })).toBe(
      'Write `USER 1000`, and a WORKDIR of its own: only root may write to /',
    );
  });

  it('runs as a user where its database is a server', () => {
    const settings = 'spring.datasource.url=jdbc:mysql://db:3306/shop\n';
    const { after } = planFor(JAR, { ...SOURCES, 'src/main/resources/application.properties': settings });
    expect(after).toContain('USER app\n');
  });

  it('stays root where it logs in a folder of the system', () => {
    expect(
      reason({ ...SOURCES, 'src/main/resources/application.properties': 'logging.file.name=/var/log/app.log\n' }),
    ).toBe('Write `RUN chown -R 1000 /var/log` and `USER 1000`: the program writes there');
  });

  it('stays root where its sources are not known', () => {
    expect(reason({ 'target/app.jar': '', 'README.md': '' })).toBe(
      'Write `USER 1000`, and a WORKDIR of its own: only root may write to /',
    );
  });
});
