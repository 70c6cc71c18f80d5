import { CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { logFailure } from './connection';
import type { Session } from './session';

export interface Answer<Params, Result> {
  /** Loads the handler on the first request, so that it does not delay the first findings. */
  load(): Promise<(session: Session, params: Params, token: CancellationToken) => Result | Promise<Result>>;
  /** The answer after a failure, which is logged; undefined: the client gets the error. */
  readonly fallback: Result | undefined;
}

/** Answers a request unless it is already cancelled; a failure never stops the server. */
export function answer<Params, Result>(
  session: Session,
  name: string,
  { load, fallback }: Answer<Params, Result>,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    try {
      const handle = await load();
      // For a request without parameters, the token is the first argument.
      if (token?.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
      return await handle(session, params, token ?? CancellationToken.None);
    } catch (error) {
      if (fallback === undefined || error instanceof ResponseError) throw error;
      logFailure(session.connection, name, error);
      return fallback;
    }
  };
}
