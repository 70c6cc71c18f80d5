/** What a person does in VS Code in a browser. */

export async function openWorkbench(page, { url, folder }) {
  await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
  await page.waitForSelector('.monaco-workbench');
}

/** Opens a file of the workspace by its name. */
export async function openFile(page, name) {
  await pick(page, 'Control+P', name, name.split('/').pop());
}

/** Runs a command from the palette. */
export async function runCommand(page, title) {
  await pick(page, 'F1', title, title);
}

async function pick(page, key, text, label) {
  await page.keyboard.press(key);
  await page.waitForSelector('.quick-input-widget:visible');
  await page.keyboard.type(text);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}
