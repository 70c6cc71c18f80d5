import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts of VS Code itself in our pictures, translated into Japanese here; by module and key. */
const WORDS = {
  ja: {
    'vs/workbench/browser/parts/editor/editorStatus': {
      singleSelection: '行 {0}、列 {1}',
      spacesSize: 'スペース: {0}',
    },
    'vs/workbench/browser/parts/notifications/notificationsViewer': { notificationSource: 'ソース: {0}' },
    'vs/workbench/contrib/debug/browser/debug.contribution': { debugPanel: 'デバッグ コンソール' },
    'vs/workbench/contrib/markers/browser/markers.contribution': { problems: '問題' },
    'vs/workbench/contrib/markers/browser/messages': {
      'markers.panel.title.problems': '問題',
      'markers.panel.filter.placeholder': 'フィルター (例: テキスト、**/*.ts、!**/node_modules/**)',
      'markers.panel.at.ln.col.number': '[行 {0}、列 {1}]',
    },
    'vs/workbench/contrib/output/browser/output.contribution': { output: '出力' },
    'vs/workbench/contrib/preferences/browser/keyboardLayoutPicker': { keyboardLayout: 'レイアウト: {0}' },
    'vs/workbench/contrib/remote/browser/tunnelView': { 'remote.tunnel': 'ポート' },
    'vs/workbench/contrib/remote/browser/remoteExplorer': { ports: 'ポート' },
    'vs/workbench/contrib/terminal/browser/terminal.contribution': { terminal: 'ターミナル' },
  },
};

/**
 * Registers a language with VS Code as its language pack would, which is available only from the Marketplace. An
 * extension's own texts are then in that language; VS Code's are English except for the texts above.
 * @param userFolder the server's `--user-data-dir`
 */
export function registerLanguage(userFolder, language) {
  const translations = join(userFolder, `${language}.i18n.json`);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: WORDS[language] }));
  const extensions = [{ extensionIdentifier: { id: `language-pack-${language}` }, version: '1.0.0' }];
  const pack = { hash: language, label: language, extensions, translations: { vscode: translations } };
  writeFileSync(join(userFolder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
