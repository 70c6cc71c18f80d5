import type { CodeAction, Command } from 'vscode-languageserver';
import { OPTIMIZE_KIND, wantsKind } from './actions/kinds';
import { OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND, SHOW_RULE_COMMAND } from './commandNames';
import type { Session } from './session';

/**
 * In editors without our extension, the server itself runs the commands of actions and lenses, as far as the editor
 * supports them.
 */
export function serverCommands({ capabilities, isOurExtension }: Session): readonly string[] {
  if (isOurExtension) return [];
  return [
    ...(capabilities.workspace?.applyEdit ? [OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND] : []),
    ...(capabilities.window?.showDocument?.support ? [SHOW_RULE_COMMAND] : []),
  ];
}

/** True for every command if the client is our extension. */
export function canRun(session: Session, command: Command | undefined): boolean {
  return session.isOurExtension || command === undefined || serverCommands(session).includes(command.command);
}

/** Offers Optimize Dockerfile, for which our extension has a menu. */
export function optimizeActions(session: Session, uri: string, only: readonly string[] | undefined): CodeAction[] {
  if (!serverCommands(session).includes(OPTIMIZE_COMMAND) || !wantsKind(only, OPTIMIZE_KIND)) return [];
  const title = session.engine.localize('Optimize Dockerfile');
  return [{ title, kind: OPTIMIZE_KIND, command: { title, command: OPTIMIZE_COMMAND, arguments: [uri] } }];
}
