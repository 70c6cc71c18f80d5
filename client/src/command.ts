import { commands, type Disposable } from 'vscode';
import type { Client } from './client';
import { reportFailure } from './reportFailure';

/** Registers a command of ours. When it fails, `what` is said to have failed. */
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
