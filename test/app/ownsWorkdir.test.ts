import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

const FILES = {
  'app.py': 'import sqlite3, subprocess\nsqlite3.connect("app.db")\nsubprocess.run(["ffmpeg"])\n',
  'requirements.txt': 'flask==3.0.0\n',
};
const OWNED = 'FROM python:3.11-slim\nRUN useradd -m app\nCOPY --chown=app:app . /app\nWORKDIR /app\n';
const START = 'USER app\nCMD ["python", "app.py"]\n';

/** A WORKDIR belongs to root where it creates the directory: the program could not write there. */
describe('a directory that COPY creates for its owner, above the WORKDIR', () => {
  it('is created by the manifests that are copied first', () => {
    const { after } = planFor(`${OWNED}RUN pip install -r requirements.txt\n${START}`, FILES);
    expect(after).toContain(
      'COPY --chown=app:app requirements.txt /app/\nWORKDIR /app\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY --chown=app:app . /app\nUSER app\n',
    );
  });

  it('is still created by the COPY where packages are installed first', () => {
    const { after } = planFor(`${OWNED}# Video\nRUN apk add --no-cache ffmpeg\n${START}`, FILES);
    expect(after).toContain(
      '# Video\nRUN apk add --no-cache ffmpeg\nCOPY --chown=app:app . /app\nWORKDIR /app\nUSER app\n',
    );
    const withSetting = `${OWNED}ENV DEBUG=1\nRUN apk add --no-cache ffmpeg\n${START}`;
    expect(planFor(withSetting, FILES).steps.map(({ id }) => id)).not.toContain('packages-first');
  });

  it('is created by build files that are copied first', () => {
    const { after } = planFor(
      'FROM gradle:8.5-jdk17 AS build\nCOPY --chown=gradle:gradle . /home/gradle/src\nWORKDIR /home/gradle/src\nRUN gradle build --no-daemon\n\nFROM eclipse-temurin:17-jre\nCOPY --from=build /home/gradle/src/build/libs/app.jar /app.jar\nUSER 1000\nCMD ["java", "-jar", "/app.jar"]\n',
      { 'build.gradle': "plugins { id 'java' }\n", 'settings.gradle': '', 'src/main/java/App.java': 'class App {}\n' },
    );
    expect(after).toContain(
      'COPY --chown=gradle:gradle build.gradle settings.gradle /home/gradle/src/\nWORKDIR /home/gradle/src\nRUN gradle dependencies --no-daemon\nCOPY --chown=gradle:gradle . /home/gradle/src\nRUN gradle build --no-daemon\n',
    );
  });

  it('may be created by WORKDIR where the COPY is root’s', () => {
    const plain = `${OWNED}RUN pip install -r requirements.txt\n${START}`.replace('--chown=app:app ', '');
    expect(planFor(plain, FILES).after).toContain('WORKDIR /app\nCOPY requirements.txt .\n');
  });

  it('is created by WORKDIR where the COPY into the folder above does not bring it', () => {
    const file =
      'FROM python:3.11-slim\nCOPY requirements.txt /opt/app/\nRUN pip install --no-cache-dir -r /opt/app/requirements.txt\nCOPY setup.cfg /opt/app/\nWORKDIR /opt/app/src\nCOPY app.py .\nCMD ["python", "app.py"]\n';
    const { after } = planFor(file, { ...FILES, 'setup.cfg': '[flake8]\n' });
    expect(after).toContain('WORKDIR /opt/app/src\nRUN chown app:app /opt/app/src\n');
  });
});
