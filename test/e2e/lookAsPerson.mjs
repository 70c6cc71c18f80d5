import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile, openWorkbench, runCommand } from '../../scripts/vscode/workbench.mjs';
import { walk } from './walk.mjs';

const STAGES = `FROM python:3.12 AS build
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN make
FROM python:3.12-slim
COPY --from=build /app /app
USER 1000
`;

/** The views that are read more than they change anything, by keyboard where a person would. */
export function lookAsPerson(page, place) {
  return walk(page, async (step) => {
    const view = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    const position = (text) => page.locator('.statusbar-item', { hasText: text }).waitFor();
    const pick = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text });
    writeFileSync(join(place.folder, 'Stages.Dockerfile'), STAGES);
    writeFileSync(join(place.folder, 'requirements.txt'), 'flask\n');
    await openWorkbench(page, place);
    await openFile(page, 'Stages.Dockerfile');
    await step('a lens above COPY lists what runs again, and goes there', async () => {
      await page.locator('.codelens-decoration a', { hasText: 'A change here runs 5 steps again' }).click();
      await pick('if what it copies changes').waitFor();
      await pick('RUN make').click();
      await position(/Ln 5, Col 1/);
    });
    await step('Show Stage Graph draws the stages; the keyboard goes to a line', async () => {
      await runCommand(page, 'Show Stage Graph');
      const stage = view.getByRole('button', { name: /^build, python:3\.12,.* estimated/ });
      await stage.waitFor();
      await stage.focus();
      await stage.press('Enter');
      await position(/Ln 1, Col 1/);
    });
    await step('the graph follows the text', async () => {
      await openFile(page, 'Stages.Dockerfile');
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('FROM scratch AS unused\n');
      await view.getByRole('button', { name: /^unused, not built/ }).waitFor();
      // It is saved by itself.
      await page.waitForTimeout(1500);
      writeFileSync(join(place.folder, 'Stages.Dockerfile'), STAGES);
      await view.getByRole('button', { name: /^unused, not built/ }).waitFor({ state: 'detached' });
    });
    await step('What Runs Again answers for a file of the build context', async () => {
      await openFile(page, 'requirements.txt');
      await runCommand(page, 'What Runs Again When I Change This File?');
      await page.locator('.quick-input-title', { hasText: 'requirements.txt' }).waitFor();
      await page.locator('.quick-input-list', { hasText: 'Stages.Dockerfile: 5 steps' }).waitFor();
      await page.keyboard.press('Escape');
    });
    await step('Check All fixes one file, which one undo takes back', async () => {
      await runCommand(page, 'View: Close All Editors');
      await page.setViewportSize({ width: 700, height: 800 });
      await runCommand(page, 'Check All Dockerfiles');
      const fix = view.getByRole('button', { name: 'Fix: calculator/Dockerfile', exact: true });
      await fix.focus();
      await fix.press('Enter');
      await fix.waitFor({ state: 'detached' });
      await page.setViewportSize({ width: 1280, height: 800 });
      const text = page.locator('.editor-instance .view-lines');
      await text.filter({ hasText: 'no-cache-dir' }).click();
      await page.keyboard.press('Control+Z');
      await text.filter({ hasNotText: 'no-cache-dir' }).waitFor();
    });
    await step('the Command Palette optimizes the Dockerfile inside a Compose file', async () => {
      const inline = ['FROM python:3.12', 'RUN pip install flask', 'CMD flask run'].map((line) => `        ${line}\n`);
      writeFileSync(
        join(place.folder, 'compose.flask.yaml'),
        `services:\n  web:\n    build:\n      dockerfile_inline: |\n${inline.join('')}`,
      );
      await openFile(page, 'compose.flask.yaml');
      await page.locator('.view-line', { hasText: 'CMD flask run' }).click();
      await runCommand(page, 'Optimize Dockerfile');
      await page.locator('.tab', { hasText: 'Optimize Dockerfile: compose.flask.yaml' }).waitFor();
      await runCommand(page, 'Discard');
    });
    await step('settings complete the names of rules', async () => {
      const settings = join(place.folder, '.vscode/settings.json');
      writeFileSync(settings, '{\n  "dockerfileOptimizer.rules": {\n    "n"\n  }\n}\n');
      await runCommand(page, 'Preferences: Open Workspace Settings (JSON)');
      await page.locator('.view-line', { hasText: /^\s*"n"/ }).click();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.type('o-root');
      const name = page.locator('.suggest-widget .monaco-list-row', { hasText: 'no-root-user' });
      // The service of JSON files has just been started.
      for (let tries = 0; tries < 10 && !(await name.isVisible()); tries++) {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Space');
        await page.waitForTimeout(1500);
      }
      await name.waitFor();
    });
  });
}
