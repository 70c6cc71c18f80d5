import type {
  CancellationToken,
  Connection,
  Disposable,
  ProtocolNotificationType,
  ProtocolRequestType0,
} from 'vscode-languageserver';
import type { ClientNotifications, OwnRequests, ServerNotifications } from '../protocol';

type Untyped = 'onRequest' | 'onNotification' | 'sendRequest' | 'sendNotification';

/**
 * The client, as the server sees it. Besides LSP's messages it has those of protocol.ts: any other name or type does
 * not compile.
 */
export interface ClientConnection extends Omit<Connection, Untyped> {
  onRequest<Method extends keyof OwnRequests>(
    method: Method,
    handler: (
      params: OwnRequests[Method]['params'],
      token: CancellationToken,
    ) => Promise<OwnRequests[Method]['result']>,
  ): Disposable;
  onNotification<Method extends keyof ClientNotifications>(
    method: Method,
    handler: (params: ClientNotifications[Method]) => void,
  ): Disposable;
  sendNotification<Method extends keyof ServerNotifications>(
    method: Method,
    params: ServerNotifications[Method],
  ): Promise<void>;
  sendNotification<Params, Options>(
    type: ProtocolNotificationType<Params, Options>,
    params: NoInfer<Params>,
  ): Promise<void>;
  sendRequest<Result, Partial, Failure, Options>(
    type: ProtocolRequestType0<Result, Partial, Failure, Options>,
  ): Promise<Result>;
}

/** Logs a failure in work that nothing waits for or whose fallback was sent; the server goes on. */
export function logFailure({ console }: Pick<ClientConnection, 'console'>, what: string, error: unknown): void {
  console.error(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
}
