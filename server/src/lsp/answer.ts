import { CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { logFailure } from './connection';
import type { Session } from './session';

/** How a request is answered. */
export interface Answer<Params, Result> {
  /** Loads it when it is first asked for: the first findings wait for nothing else. */
  load(): Promise<(session: Session, params: Params, token: CancellationToken) => Result | Promise<Result>>;
  /** What is answered when it fails, which is logged; undefined: the client is told why. */
  readonly fallback: Result | undefined;
}

/** Answers a request, if it is not cancelled already, and never to the harm of the server. */
export function answer<Params, Result>(
  session: Session,
  name: string,
  { load, fallback }: Answer<Params, Result>,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    try {
      const handle = await load();
      // A request without parameters is given its token in their place.
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
