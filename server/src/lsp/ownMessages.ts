import type { ClientNotifications, OwnRequests } from '../protocol';
import { type Answer, answer } from './answer';
import { contextOf } from './sentContext';
import type { Session } from './session';

/** Every request of protocol.ts: a missing answer does not compile. */
const REQUESTS: {
  readonly [Method in keyof OwnRequests]: Answer<OwnRequests[Method]['params'], OwnRequests[Method]['result']>;
} = {
  'dockerfile/optimize': {
    load: async () => (await import('./requests/optimize')).optimize,
    fallback: null,
  },
  'dockerfile/planMarkdown': {
    load: async () => (await import('./requests/planMarkdown')).planMarkdown,
    fallback: null,
  },
  'dockerfile/callTool': {
    load: async () => (await import('./requests/callTool')).callTool,
    fallback: undefined,
  },
  'dockerfile/create': {
    load: async () => (await import('./requests/create')).create,
    fallback: undefined,
  },
  'dockerfile/rulePage': {
    load: async () => (await import('./requests/rulePage')).rulePage,
    fallback: null,
  },
  'dockerfile/rules': {
    load: async () => (await import('./requests/rules')).rules,
    fallback: { rules: [] },
  },
  'dockerfile/checkFiles': {
    load: async () => (await import('./requests/checkFiles')).checkFiles,
    fallback: null,
  },
  'dockerfile/checkSarif': {
    load: async () => (await import('./requests/checkSarif')).checkSarif,
    fallback: null,
  },
  'dockerfile/measure': {
    load: async () => (await import('./requests/measure')).measure,
    fallback: undefined,
  },
  'dockerfile/verifyAccess': {
    load: async () => (await import('./requests/verify')).verifyAccess,
    fallback: undefined,
  },
  'dockerfile/verify': {
    load: async () => (await import('./requests/verify')).verify,
    fallback: undefined,
  },
  'dockerfile/adviseConfiguration': {
    load: async () => (await import('./requests/adviseConfiguration')).adviseConfiguration,
    fallback: undefined,
  },
  'dockerfile/scan': {
    load: async () => (await import('./requests/scan')).scan,
    fallback: undefined,
  },
  'dockerfile/stageGraph': {
    load: async () => (await import('./requests/stageGraph')).stageGraph,
    fallback: null,
  },
  'dockerfile/runsAgain': {
    load: async () => (await import('./requests/runsAgain')).runsAgain,
    fallback: { files: [] },
  },
  'dockerfile/inputHistory': {
    load: async () => (await import('./requests/runsAgain')).inputHistory,
    fallback: undefined,
  },
};

/** Every notification of protocol.ts that the client sends. */
const NOTIFICATIONS: {
  readonly [Method in keyof ClientNotifications]: (session: Session, params: ClientNotifications[Method]) => void;
} = {
  'dockerfile/projectFiles': (session, { files }) => {
    session.host.keepFiles?.(files);
    session.refresh();
  },
  'dockerfile/context': (session, { uri, context }) => session.keepContext(uri, contextOf(context)),
  'dockerfile/trust': (session) => session.trust(),
  'dockerfile/otherLanguageServer': (session, { isThere }) => session.noteOtherLanguageServer(isThere),
};

/** Handles what the client sends besides LSP. */
export function followOwn(session: Session): void {
  for (const method of Object.keys(REQUESTS)) answerRequest(session, method as keyof OwnRequests);
  for (const method of Object.keys(NOTIFICATIONS)) hearNotification(session, method as keyof ClientNotifications);
}

function answerRequest<Method extends keyof OwnRequests>(session: Session, method: Method): void {
  session.connection.onRequest(method, answer(session, method, REQUESTS[method]));
}

function hearNotification<Method extends keyof ClientNotifications>(session: Session, method: Method): void {
  session.connection.onNotification(method, (params) => NOTIFICATIONS[method](session, params));
}
