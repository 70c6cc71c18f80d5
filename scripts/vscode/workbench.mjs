/** Actions of a user in VS Code in a browser. */

export async function openWorkbench(page, { url, folder }) {
  await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
  await page.waitForSelector('.monaco-workbench');
}

export async function openFile(page, name) {
  // Not one whose name only begins so.
  const file = name.split('/').pop().replaceAll('.', '\\.');
  await pick(page, 'Control+P', name, new RegExp(`^${file}(?!\\.)`));
}

/** Runs a command from the Command Palette. */
export async function runCommand(page, title) {
  await pick(page, 'F1', title, title);
}

/** Other events in the workbench may take the focus during typing, which closes the list: then it is opened again. */
async function pick(page, key, text, label, tries = 3) {
  const widget = page.locator('.quick-input-widget');
  await page.keyboard.press(key);
  try {
    await widget.waitFor();
    await page.keyboard.type(text);
    const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first();
    await row.click(tries > 1 ? { timeout: 7000 } : undefined);
  } catch (error) {
    if (tries === 1) throw error;
    await page.keyboard.press('Escape');
    return pick(page, key, text, label, tries - 1);
  }
  await widget.waitFor({ state: 'hidden' });
}
