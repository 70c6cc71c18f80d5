import { type CancellationToken, Disposable, FileType, l10n, type TextDocument, Uri, workspace } from 'vscode';
import type { CallToolParams, CallToolResult } from '../../../server/src/protocol';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import type { PlanVerifier } from '../optimize/planVerifier';
import { workspaceFiles } from '../optimize/workspaceFiles';
import { type LanguageModelTool, languageModels, type PreparedInvocation, toolResult } from './languageModels';
import { dockerfileIn, placeOf } from './toolPaths';

/** Before the names of the tools in package.json: names are shared by all extensions. */
const PREFIX = 'dockerfile-optimizer_';

interface Input {
  readonly path?: unknown;
  readonly text?: unknown;
}

/** Runs a tool; the server does the work. */
type Call = (input: Input, token: CancellationToken) => Promise<CallToolResult>;

/** Offers our tools to the language models of the editor, where it has them: the tools of `mcp`, without writing. */
export function registerTools(client: Client, verifier: PlanVerifier): Disposable {
  const models = languageModels();
  if (!models) return Disposable.from();
  const request = (params: CallToolParams, token: CancellationToken) =>
    client.sendRequest('dockerfile/callTool', params, token);
  const addressOf = (uri: Uri) => client.code2ProtocolConverter.asUri(uri);

  /** About a Dockerfile, or about a text that is not saved. */
  const onSource =
    (tool: string): Call =>
    async (input, token) => {
      if (typeof input.text === 'string' && input.path === undefined)
        return request({ tool, input: { ...input }, text: input.text }, token);
      const document = await documentAt(input.path);
      const text = typeof input.text === 'string' ? input.text : document.getText();
      const context = await workspaceFiles(document);
      return request({ tool, input: { ...input }, uri: addressOf(document.uri), text, context }, token);
    };
  const onFolder =
    (tool: string): Call =>
    async (input, token) => {
      const dockerfile = Uri.joinPath(await placeOf(input.path), 'Dockerfile');
      const context = await workspaceFiles({ uri: dockerfile });
      return request({ tool, input: { ...input }, uri: addressOf(dockerfile), context }, token);
    };
  const onNothing =
    (tool: string): Call =>
    (input, token) =>
      request({ tool, input: { ...input } }, token);
  /** The image of a saved file, which the user has agreed to build. */
  const onImage =
    (tool: string): Call =>
    async (input, token) =>
      request({ tool, input: { ...input }, uri: addressOf((await documentAt(input.path)).uri) }, token);
  const onRunImage =
    (tool: string): Call =>
    async (input, token) => {
      const document = await documentAt(input.path);
      const access = await verifier.access(document);
      if (!access) throw new Error(l10n.t('The user does not want the image to be run'));
      return request({ tool, input: { ...input }, uri: addressOf(document.uri), access }, token);
    };

  const register = (name: string, kind: (tool: string) => Call, message: string, confirmation?: string) =>
    models.registerTool(`${PREFIX}${name}`, toolOf(kind(name), message, confirmation));
  return Disposable.from(
    register('lint_dockerfile', onSource, l10n.t('Checking the Dockerfile')),
    register('fix_dockerfile', onSource, l10n.t('Fixing the Dockerfile')),
    register('optimize_dockerfile', onSource, l10n.t('Optimizing the Dockerfile')),
    register('explain_rule', onNothing, l10n.t('Reading about a rule')),
    register('image_facts', onNothing, l10n.t('Looking up an image')),
    register('create_dockerfile', onFolder, l10n.t('Writing a Dockerfile')),
    register(
      'measure_image',
      onImage,
      l10n.t('Building and measuring the image'),
      l10n.t('Your engine builds the image, and removes it afterwards. A build runs what the Dockerfile says.'),
    ),
    register('verify_optimization', onRunImage, l10n.t('Verifying the optimized Dockerfile')),
  );
}

function toolOf(call: Call, invocationMessage: string, confirmation: string | undefined): LanguageModelTool {
  const prepared: PreparedInvocation = {
    invocationMessage,
    ...(confirmation === undefined
      ? {}
      : { confirmationMessages: { title: l10n.t('Build the image?'), message: confirmation } }),
  };
  return {
    prepareInvocation: () => prepared,
    async invoke({ input }, token) {
      const result = await call(input, token);
      // The model gets the reason of an error.
      if (!result.ok) throw new Error(result.reason);
      return toolResult(JSON.stringify(result.data));
    },
  };
}

/** Opens the Dockerfile at a path of an agent; the active one if it names none. */
async function documentAt(path: unknown): Promise<TextDocument> {
  const uri = path === undefined ? activeDockerfile() : await placeOf(path);
  if (!uri) throw new Error(l10n.t('path or text is required'));
  const isFolder = path !== undefined && (await workspace.fs.stat(uri)).type & FileType.Directory;
  return workspace.openTextDocument(isFolder ? await dockerfileIn(uri) : uri);
}
