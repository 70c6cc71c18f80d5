import { type Disposable, l10n, languages, Uri, workspace } from 'vscode';
import type { StatusParams } from '../../server/src/protocol';
import { listText } from './wording';

/** What is in force for the active Dockerfile, behind the braces in the status bar. */
export class LanguageStatus implements Disposable {
  readonly #item = languages.createLanguageStatusItem('dockerfileOptimizer', { language: 'dockerfile' });

  constructor() {
    this.#item.name = l10n.t('Dockerfile Optimizer');
  }

  show({ configuration, contextFolder, targetStage }: StatusParams): void {
    const settings = workspace.getConfiguration('dockerfileOptimizer');
    const path = (file: string) => workspace.asRelativePath(file);
    this.#item.text =
      configuration === undefined ? l10n.t('No configuration file') : l10n.t('Configuration: {0}', path(configuration));
    this.#item.detail = listText([
      ...(contextFolder === undefined ? [] : [l10n.t('build context: {0}', path(contextFolder))]),
      ...(targetStage === undefined ? [] : [l10n.t('target: {0}', targetStage)]),
      l10n.t('engine: {0}', settings.get('engine.kind', 'auto')),
      settings.get('registry.enable', false) ? l10n.t('registry: on') : l10n.t('registry: off'),
      ...(workspace.isTrusted ? [] : [l10n.t('not trusted: no programs, no network')]),
    ]);
    this.#item.command =
      configuration === undefined
        ? {
            command: 'workbench.action.openSettings',
            title: l10n.t('Settings'),
            arguments: ['@ext:dockerfile-optimizer.dockerfile-optimizer'],
          }
        : { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.file(configuration)] };
  }

  dispose(): void {
    this.#item.dispose();
  }
}
