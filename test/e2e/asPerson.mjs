import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile, openWorkbench, runCommand } from '../../scripts/vscode/workbench.mjs';
import { walk } from './walk.mjs';

/**
 * What only a person sees: the suite calls commands by their ids, and knows nothing of menus and squiggles.
 */
export function tryAsPerson(page, place) {
  return walk(page, async (step) => {
    const diff = page.locator('.monaco-diff-editor');
    const editor = page.locator('.editor-instance:not(.monaco-diff-editor *) .view-lines');
    const row = (text) => page.locator('.pane-body .monaco-list-row', { hasText: text });
    const headline = page.locator('.pane-body .message');
    const titleAction = (label) => page.locator(`.editor-actions a.action-label[aria-label^="${label}"]`);
    await step('squiggles', async () => {
      await openWorkbench(page, place);
      await openFile(page, 'calculator/Dockerfile');
      await page.waitForSelector('.squiggly-warning');
    });
    let promised = '';
    await step('the lens and the status bar promise one saving on disk', async () => {
      const lens = page.locator('.codelens-decoration a', { hasText: /: optimize$/ });
      promised = (await lens.textContent()).replace(': optimize', '');
      if (!/^about .* → about .* on disk/.test(promised)) throw new Error(`the lens says ${promised}`);
      await page.locator('.statusbar-item', { hasText: /about [\d.]+ [GM]B smaller/ }).waitFor();
      await page.getByText(/^about\s\d+\sMB\son\sdisk$/).waitFor();
    });
    await step('the language status says what is in force', async () => {
      await page.locator('#status\\.languageStatus').click();
      await page.locator('.hover-language-status').getByText('No configuration file').waitFor();
      await page.locator('.hover-language-status').getByText('build context: calculator, engine: auto').waitFor();
      await page.keyboard.press('Escape');
    });
    await step('Optimize Dockerfile from the title bar shows a diff, and a plan that keeps the promise', async () => {
      await titleAction('Optimize Dockerfile').click();
      await diff.locator('.line-insert').first().waitFor();
      await headline.filter({ hasText: promised }).waitFor();
      const first = page.locator('.pane-body .monaco-list-row').first();
      await first.filter({ hasText: /Separate build stage.*−\d+ MB/ }).waitFor();
      // Whole, and its saving too, at the width that a side bar has by itself.
      const isCut = await first.locator('.label-description').evaluate((one) => {
        const text = document.createRange();
        text.selectNodeContents(one.firstChild ?? one);
        const saving = document.createRange();
        saving.setStart(one.firstChild ?? one, 0);
        saving.setEnd(one.firstChild ?? one, '−934 MB'.length);
        return saving.getBoundingClientRect().right > one.closest('.monaco-list-row').getBoundingClientRect().right;
      });
      if (isCut) throw new Error('the saving of the first step is cut off');
      if ((await page.locator('.notification-toast').count()) > 0) throw new Error('a toast covers the last lines');
    });
    await step('a step that is ticked off in the plan is gone from the diff and from the headline', async () => {
      const venv = diff.locator('.modified .view-lines').filter({ hasText: '/opt/venv' });
      await venv.waitFor();
      const box = row('Separate build stage').locator('.custom-view-tree-node-item-checkbox');
      await box.click();
      await venv.waitFor({ state: 'detached' });
      await headline.filter({ hasNotText: promised }).waitFor();
      // The tree is drawn anew after the diff, and takes no click meanwhile.
      await page.waitForTimeout(500);
      await box.click();
      await venv.waitFor();
      await headline.filter({ hasText: promised }).waitFor();
    });
    await step('a click on a step shows its lines in the diff, and a click on a line its step', async () => {
      await page.waitForTimeout(500);
      await row('User other than root').click();
      await page.locator('.statusbar-item', { hasText: /Ln [2-9]\d, Col 1/ }).waitFor();
      await diff.locator('.modified .view-line', { hasText: '--from=build' }).click();
      await row('Separate build stage').and(page.locator('.selected')).waitFor();
    });
    await step('a file that will be written has its own diff, and a skipped step its reason', async () => {
      await row(/^\.dockerignore/).click();
      await page.locator('.tab.active', { hasText: '.dockerignore' }).waitFor();
      await diff.locator('.modified .view-line', { hasText: '.pytest_cache' }).waitFor();
      await row('Skipped steps').click();
      await row(/ENV DB_PASSWORD|Secret/)
        .first()
        .waitFor();
    });
    await step('the plan is discarded from the title bar of the diff, with all that it has opened', async () => {
      await titleAction('Discard').click();
      await diff.waitFor({ state: 'detached' });
      await row('Separate build stage').waitFor({ state: 'detached' });
    });
    await step('a plan ends when its diff is closed', async () => {
      await runCommand(page, 'Optimize Dockerfile');
      await row('Separate build stage').waitFor();
      await page.locator('.tab.active .codicon-close').click();
      await row('Separate build stage').waitFor({ state: 'detached' });
    });
    await step('Optimize Dockerfile from the palette, accepted in the title bar of the diff', async () => {
      await runCommand(page, 'Optimize Dockerfile');
      await diff.locator('.line-insert').first().waitFor();
      await titleAction('Apply').first().click();
      await diff.waitFor({ state: 'detached' });
      await editor.filter({ hasText: 'python:3.11-slim' }).waitFor();
      await page.locator('.notification-toast', { hasText: 'Also written: .dockerignore' }).waitFor();
    });
    await step('after it nothing is promised any more', async () => {
      await page.locator('.codelens-decoration a', { hasText: /^about \d+ MB on disk$/ }).waitFor();
      await page.locator('.statusbar-item', { hasText: 'smaller' }).waitFor({ state: 'detached' });
    });
    await step('one undo takes it back', async () => {
      await page.keyboard.press('Control+Z');
      await editor.filter({ hasNotText: 'python:3.11-slim' }).waitFor();
    });
    await step('Create Dockerfile from the menu of a folder, which one undo takes back', async () => {
      const store = join(place.folder, 'a-store');
      mkdirSync(store);
      writeFileSync(join(store, 'go.mod'), 'module example.com/shop\n\ngo 1.24\n');
      writeFileSync(join(store, 'main.go'), 'package main\n\nfunc main() {\n}\n');
      const names = async (wanted) => {
        const list = () => readdirSync(store).sort().join(' ');
        for (let tries = 0; tries < 50 && list() !== wanted; tries++) await page.waitForTimeout(100);
        if (list() !== wanted) throw new Error(`the folder holds ${list()}`);
      };
      await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'a-store' }).click({ button: 'right' });
      // The menu takes no click at once.
      await page.waitForTimeout(500);
      await page.locator('.monaco-menu .action-label', { hasText: 'Create Dockerfile' }).click();
      const preview = page.locator('.codelens-decoration', { hasText: 'Also creates .dockerignore' });
      await preview.waitFor();
      await titleAction('Create Dockerfile').click();
      await names('.dockerignore Dockerfile go.mod main.go');
      // The preview has the same text: the undo must reach the file that takes its place.
      await preview.waitFor({ state: 'detached' });
      await editor.filter({ hasText: 'golang' }).waitFor();
      await editor.click();
      await page.keyboard.press('Control+Z');
      await names('go.mod main.go');
    });
    await step('Check All Dockerfiles opens its view, where a click goes to the line', async () => {
      await runCommand(page, 'Check All Dockerfiles');
      const view = page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await view.getByRole('searchbox').fill('exec-form-cmd');
      await view.locator('.group', { hasText: 'calculator/Dockerfile' }).waitFor();
      await view.locator('.jump').first().click();
      await page.locator('.tab.active', { hasText: 'Dockerfile' }).waitFor();
      const line = page.locator('.statusbar-item', { hasText: /Ln 2\d, Col 1/ });
      await line.waitFor();
    });
    await step('Build and Measure is cancelled in its notification, with all that it has started', async () => {
      const { pid, calls } = slowEngine(place.folder);
      await openFile(page, 'calculator/Dockerfile');
      await runCommand(page, 'Build and Measure');
      const toast = page.locator('.notification-toast', { hasText: 'Building and measuring' });
      await toast.filter({ hasText: 'step 1' }).waitFor();
      await toast.hover();
      await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
      await toast.waitFor({ state: 'detached', timeout: 5000 });
      const isFreed = () => /^rmi --force /.test(calls().at(-1)) && !isRunning(pid());
      for (let tries = 0; tries < 20 && !isFreed(); tries++) await page.waitForTimeout(100);
      if (!isFreed()) throw new Error(`not all is freed after two seconds:\n${calls().join('\n')}`);
      const toasts = page.locator('.notification-toast', { hasText: /measur|failed/i });
      const said = await toasts.allInnerTexts();
      if (said.length > 0) throw new Error(`after a cancel it says ${said.join(' / ')}`);
    });
    await step(
      'Optimize and Verify asks once, drops the step that breaks the image, and keeps its advice',
      async () => {
        runningEngine(place.folder);
        await openFile(page, 'calculator/Dockerfile');
        await runCommand(page, 'Optimize and Verify');
        await page.locator('.monaco-dialog-box').getByText('Build and Run', { exact: true }).click();
        const dropped = row('dropped: It exits with code 1, not 0').filter({ hasText: 'User other than root' });
        await dropped.waitFor({ timeout: 60_000 });
        await row('proven').first().waitFor();
        await diff.locator('.modified .view-lines').filter({ hasText: '/opt/venv' }).waitFor();
        await page
          .getByText(/measured on \d{4}/)
          .first()
          .waitFor();
        await dropped.click();
        await dropped.locator('a[aria-label="Add to Configuration"]').click();
        const file = join(place.folder, '.dockerfile-optimizer.yaml');
        const written = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
        // The editor creates the file, and writes its text after.
        for (let tries = 0; tries < 50 && written() === ''; tries++) await page.waitForTimeout(100);
        const text = written();
        if (text !== 'optimize:\n  writes: [/data]\n') throw new Error(`the configuration is ${text}`);
        await page.locator('.tab', { hasText: '.dockerfile-optimizer.yaml' }).waitFor();
        await page.locator('.notification-toast').getByText('Show Report', { exact: true }).click();
        await page.locator('.tab', { hasText: 'Verified: calculator/Dockerfile' }).waitFor();
      },
    );
  });
}

/** The engine of the workspace: it builds at once, and what it runs writes where only root may. */
function runningEngine(folder) {
  const program = join(folder, '.vscode/docker');
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const info = `[{"Size":100000000,"Os":"linux","Architecture":"${architecture}","RootFS":{"Layers":["a"]},"Config":{}}]`;
  const script = `#!/bin/sh
here=$(dirname "$0")
name() { echo "$1" | tr '/:' '__'; }
image() { for a in "$@"; do f="$here/$(name "$a").image"; [ -f "$f" ] && cat "$f" && return; done; }
case "$1" in
build) cp "$3" "$here/$(name "$5").image";;
image) printf '%s' '${info}';;
run) [ "$2" = --detach ] || exit 127
  if image "$@" | grep -q '^USER'; then echo "EACCES: permission denied, open '/data/app.db'" >"$here/$4.log"
  else echo hello >"$here/$4.log"; fi;;
inspect) grep -q hello "$here/$4.log"; printf '{"Running":false,"ExitCode":%s}' $?;;
logs) cat "$here/$4.log";;
esac
`;
  writeFileSync(program, script, { mode: 0o755 });
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({ 'dockerfileOptimizer.engine.path': program }));
}

/** The engine of the workspace: its builds do not end. */
function slowEngine(folder) {
  const [program, pid, calls] = ['docker', 'pid', 'calls'].map((name) => join(folder, '.vscode', name));
  const build = `echo $$ >'${pid}'; echo 'step 1' >&2; sleep 60 & wait`;
  writeFileSync(program, `#!/bin/sh\necho "$@" >>'${calls}'\ncase "$1" in build) ${build};; esac\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({ 'dockerfileOptimizer.engine.path': program }));
  return {
    pid: () => readFileSync(pid, 'utf8').trim(),
    calls: () => readFileSync(calls, 'utf8').trim().split('\n'),
  };
}

/** What was killed may stand there until its parent has looked. */
function isRunning(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
