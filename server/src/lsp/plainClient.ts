import type { Command } from 'vscode-languageserver';
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
