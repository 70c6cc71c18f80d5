import {
  type Connection,
  ErrorCodes,
  ExitNotification,
  InitializeRequest,
  Message,
  type MessageStrategy,
  ResponseError,
  ShutdownRequest,
} from 'vscode-languageserver';

/** Requests that arrive out of order are redirected to this method. */
const REFUSED = 'dockerfile/refused';

interface Refusal {
  readonly code: number;
  readonly message: string;
}

/**
 * Lets messages through only in the right order: `initialize` first and once, only `exit` after `shutdown`.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
 */
export function lifecycle(): MessageStrategy {
  let phase: 'new' | 'running' | 'ended' = 'new';
  const refusalOf = (method: string): Refusal | undefined => {
    if (phase === 'ended') return { code: ErrorCodes.InvalidRequest, message: 'The server was shut down' };
    const isInitialize = method === InitializeRequest.method;
    if (phase === 'running')
      return isInitialize
        ? { code: ErrorCodes.InvalidRequest, message: 'The server is initialized already' }
        : undefined;
    return isInitialize
      ? undefined
      : { code: ErrorCodes.ServerNotInitialized, message: 'The server is not initialized' };
  };
  return {
    handleMessage(message, next) {
      if (Message.isRequest(message)) {
        const refusal = refusalOf(message.method);
        if (refusal) return next({ ...message, method: REFUSED, params: refusal } as Message);
        if (message.method === InitializeRequest.method) phase = 'running';
        if (message.method === ShutdownRequest.method) phase = 'ended';
      } else if (Message.isNotification(message) && phase !== 'running' && message.method !== ExitNotification.method) {
        return;
      }
      next(message);
    },
  };
}

/** Answers the requests that `lifecycle` did not let through. */
export function answerRefused(connection: Connection): void {
  connection.onRequest(REFUSED, ({ code, message }: Refusal) => new ResponseError(code, message));
}
