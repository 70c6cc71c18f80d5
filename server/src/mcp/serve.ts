import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  RootsListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { ToolData, ToolInterface } from '../agents/toolInterface';

/** What an agent is offered, without the protocol. */
export interface Served {
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  readonly tools: readonly ToolInterface[];
  readonly pages: readonly Page[];
  /** Rejects with the reason, for the agent. */
  call(tool: string, input: ToolData, call: ToolCall): Promise<ToolData>;
}

/** A text that is read on demand. */
export interface Page {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly read: () => string;
}

/** As the protocol has it. */
export interface ToolCall {
  /** The addresses of the client's folders; undefined: it has no such notion. */
  readonly roots: readonly string[] | undefined;
  readonly signal: AbortSignal;
  tell(progress: string): void;
}

/** Calls that wait for their turn: an agent makes a few at once, and only a broken one makes more. */
const MAX_WAITING = 32;

/** Serves one client on standard input and output; resolves when it has gone and no call runs anymore. */
export async function serve(served: Served, signal: AbortSignal): Promise<void> {
  const { name, version, instructions, tools, pages } = served;
  const capabilities = { tools: {}, resources: {} };
  const server = new Server({ name, version }, { capabilities, instructions });
  const schemas = new AjvJsonSchemaValidator();
  const validators = new Map(tools.map((tool) => [tool.name, schemas.getValidator(tool.inputSchema)]));

  let roots: Promise<readonly string[] | undefined> | undefined;
  const rootsOf = (): Promise<readonly string[] | undefined> => {
    roots ??= server.getClientCapabilities()?.roots
      ? server.listRoots().then(
          (answer) => answer.roots.map(({ uri }) => uri),
          () => [],
        )
      : Promise.resolve(undefined);
    return roots;
  };
  server.setNotificationHandler(RootsListChangedNotificationSchema, () => {
    roots = undefined;
  });

  let running: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  /** One call after another: each has the whole machine, and two never write the same file. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= MAX_WAITING) throw new McpError(ErrorCode.InternalError, 'Too many calls at once');
    waiting++;
    const turn = running.then(work);
    running = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      waiting--;
    }
  };

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(toProtocol) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    inTurn(async () => {
      // Whoever does not wait anymore gets no answer.
      extra.signal.throwIfAborted();
      const validate = validators.get(params.name);
      if (!validate) throw new McpError(ErrorCode.InvalidParams, `Unknown tool ${params.name.slice(0, 100)}`);
      const input = params.arguments ?? {};
      const checked = validate(input);
      if (!checked.valid) return failed(checked.errorMessage);
      const token = params._meta?.progressToken;
      let progress = 0;
      const tell = (message: string): void => {
        if (token === undefined) return;
        progress++;
        // Nobody waits for it.
        extra
          .sendNotification({ method: 'notifications/progress', params: { progressToken: token, progress, message } })
          .catch(() => {});
      };
      try {
        const roots = await rootsOf();
        const result = await served.call(params.name, input, { roots, signal: extra.signal, tell });
        // Clients without structured results show the text.
        return { structuredContent: result, content: [{ type: 'text', text: JSON.stringify(result) }] };
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error));
      }
    }),
  );
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: pages.map(({ uri, name, description }) => ({ uri, name, description, mimeType: 'text/markdown' })),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const page = pages.find((one) => one.uri === uri);
    if (!page) throw new McpError(ErrorCode.InvalidParams, `Unknown resource ${uri.slice(0, 100)}`);
    return { contents: [{ uri, mimeType: 'text/markdown', text: page.read() }] };
  });

  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  const close = () => void server.close();
  signal.addEventListener('abort', close);
  process.stdin.once('end', close);
  await server.connect(new StdioServerTransport());
  await closed;
  await running;
  process.stdin.off('end', close);
}

function toProtocol({ name, title, description, inputSchema, outputSchema, isReadOnly, isOnline }: ToolInterface) {
  return {
    name,
    title,
    description,
    inputSchema,
    outputSchema,
    annotations: { readOnlyHint: isReadOnly, destructiveHint: !isReadOnly, openWorldHint: isOnline },
  };
}

function failed(reason: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: reason }] };
}
