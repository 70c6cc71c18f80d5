import { commands, type Disposable } from 'vscode';
import type { Client } from './client';
import { reportFailure } from './reportFailure';

/** Registers one of our commands. If it fails, `what` names the failed action. */
export function registerCommand(
  client: Client,
  id: string,
  what: string,
  run: (...given: unknown[]) => Promise<unknown>,
): Disposable {
  return commands.registerCommand(`dockerfileOptimizer.${id}`, async (...given: unknown[]) => {
    try {
      await run(...given);
    } catch (error) {
      await reportFailure(client, what, error);
    }
  });
}
