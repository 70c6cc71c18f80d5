import type { BaseLanguageClient, CancellationToken, Disposable } from 'vscode-languageclient';
import type { ClientNotifications, OwnRequests, ServerNotifications } from '../../server/src/protocol';

type Untyped = 'sendRequest' | 'onRequest' | 'sendNotification' | 'onNotification';

/**
 * A language client for either transport; both can be stopped and restarted. It sends and receives only the messages in
 * protocol.ts: any other name or type does not compile.
 */
export interface Client extends Omit<BaseLanguageClient, Untyped> {
  sendRequest<Method extends keyof OwnRequests>(
    method: Method,
    params: OwnRequests[Method]['params'],
    token?: CancellationToken,
  ): Promise<OwnRequests[Method]['result']>;
  sendNotification<Method extends keyof ClientNotifications>(
    method: Method,
    params: ClientNotifications[Method],
  ): Promise<void>;
  onNotification<Method extends keyof ServerNotifications>(
    method: Method,
    handler: (params: ServerNotifications[Method]) => void,
  ): Disposable;
}
