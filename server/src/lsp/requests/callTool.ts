import type { CancellationToken } from 'vscode-languageserver';
import { createAnswer } from '../../agents/createDockerfile';
import { explainAnswer } from '../../agents/explainRule';
import { fixAnswer } from '../../agents/fixDockerfile';
import { imageAnswer } from '../../agents/imageFacts';
import { planOfAll, refusalsOf } from '../../agents/insideFile';
import { lintAnswer } from '../../agents/lintDockerfile';
import { measureAnswer } from '../../agents/measureImage';
import { optimizeAnswer } from '../../agents/optimizeDockerfile';
import type { ToolData } from '../../agents/toolInterface';
import { verifyAnswer } from '../../agents/verifyOptimization';
import { unknownRule } from '../../engine/config';
import type { FixOptions } from '../../engine/engine';
import { createRuleNames } from '../../engine/ruleNames';
import { say } from '../../l10n/phrase';
import { createPlan } from '../../optimizer/createPlan';
import { LEVELS, type Level } from '../../optimizer/levels';
import { hostFile } from '../../project/inline/hostFile';
import type { InlineDockerfile } from '../../project/inline/inlineDockerfile';
import { rewriteParts } from '../../project/inline/rewriteParts';
import type { CallToolParams, CallToolResult, VerifyAccess } from '../../protocol';
import { skippedReason } from '../analyses';
import { contextOf } from '../sentContext';
import type { Session } from '../session';
import { failed } from './buildable';
import { checkFiles } from './checkFiles';
import { create } from './create';
import { measure } from './measure';
import { optimize as planOf } from './optimize';
import { verify } from './verify';

/** A Dockerfile that is not saved has no folder. */
const UNSAVED = 'untitled:Dockerfile';

/** A tool of an agent in the editor. The editor has resolved the paths and, before images are run, asked the user. */
export async function callTool(
  session: Session,
  { tool, input, uri = UNSAVED, text = '', context, access }: CallToolParams,
  token: CancellationToken,
): Promise<CallToolResult> {
  await session.settled;
  const { engine } = session;
  const call = { session, input, uri, text, context };
  switch (tool) {
    case 'lint_dockerfile':
      return lint(call);
    case 'fix_dockerfile':
      return fix(call);
    case 'optimize_dockerfile':
      return optimize(call);
    case 'explain_rule':
      return explain(call);
    case 'image_facts': {
      const image = String(input['image']).slice(0, MAX_NAME);
      const facts = imageAnswer(engine, image);
      return facts ? answered(facts) : failed(engine.localize('{image}: not an image reference', { image }));
    }
    case 'create_dockerfile':
      return createFor(call);
    case 'measure_image': {
      const result = await measure(session, { uri, compare: input['compare'] === true }, token);
      return result.ok ? answered(measureAnswer(result)) : result;
    }
    case 'verify_optimization':
      return access ? verifyWith(call, access, token) : failed(engine.localize('Nobody has agreed to run the image'));
    default:
      throw new Error(`no tool ${tool}`);
  }
}

/** A hostile name is not repeated at full length. */
const MAX_NAME = 200;

interface Call extends Required<Pick<CallToolParams, 'input' | 'uri' | 'text'>> {
  readonly session: Session;
  readonly context: CallToolParams['context'];
}

function answered(data: ToolData): CallToolResult {
  return { ok: true, data };
}

function lint({ session, uri, text }: Call): CallToolResult {
  const [file] = checkFiles(session, { files: [{ uri, path: uri, text }] }).files;
  return file?.error === undefined ? answered(lintAnswer(file?.findings ?? [])) : failed(file.error);
}

function fix({ session, input, uri, text }: Call): CallToolResult {
  const { engine } = session;
  const reason = skippedReason(text, engine.localize);
  if (reason !== undefined) return failed(reason);
  const upTo = input['unsafe'] === true ? 'unsafe' : 'safe';
  const fixed = (one: string, options: Omit<FixOptions, 'upTo'>) => {
    const { text: after, applied, skipped } = engine.fixAll(one, { ...options, upTo });
    return { after, applied: applied.map(({ finding, title }) => ({ rule: finding.ruleId, title })), skipped };
  };
  const inside = rewrittenInside({ session, uri, text }, (inline) =>
    fixed(inline.text.text, session.contextInside(uri, inline)),
  );
  const parts = inside?.parts ?? [{ name: '', error: undefined, ...fixed(text, session.contextOf(uri)) }];
  const after = inside?.after ?? parts[0]?.after;
  return answered(
    fixAnswer(
      parts.flatMap(({ applied = [] }) => applied),
      parts.flatMap(({ skipped = [] }) => skipped),
      after === text ? undefined : after,
      refusalsOf(parts),
    ),
  );
}

/** Each Dockerfile in a Compose, Bake or Markdown file; undefined for another file. */
function rewrittenInside<T extends { readonly after: string }>(
  { session, uri, text }: Pick<Call, 'session' | 'uri' | 'text'>,
  rewrite: (inline: InlineDockerfile) => T,
): { readonly after: string; readonly parts: readonly (Named & Partial<T>)[] } | undefined {
  const host = hostFile(uri, text);
  if (!host) return undefined;
  const { after, parts } = rewriteParts(host, session.engine.localize, rewrite);
  return {
    after,
    parts: parts.map(({ name, refusal, result }) => ({ ...(result ?? ({} as Partial<T>)), name, error: refusal })),
  };
}

interface Named {
  readonly name: string;
  readonly error: string | undefined;
}

function optimize({ session, input, uri, text, context }: Call): CallToolResult {
  const { engine } = session;
  const reason = skippedReason(text, engine.localize);
  if (reason !== undefined) return failed(reason);
  const planned = (one: string, options: ReturnType<Session['planOptions']>) => {
    const plan = createPlan(engine, one, { ...options, level: levelOf(input) ?? options.level });
    const steps = plan.steps.map(({ impact, ...step }) => ({
      ...step,
      ...(impact?.bytes === undefined ? {} : { impactBytes: impact.bytes }),
    }));
    return { ...plan, steps };
  };
  const wants = { reasons: input['reasons'] === true, texts: true };
  // The files beside the document are not those of its builds.
  const inside = rewrittenInside({ session, uri, text }, (inline) => {
    const facts = session.contextInside(uri, inline);
    return planned(inline.text.text, { ...session.planOptions(uri, facts), buildContext: facts.buildContext });
  });
  if (inside) {
    const plan = { before: text, after: inside.after, ...planOfAll(inside.parts) };
    return answered(optimizeAnswer(plan, wants, refusalsOf(inside.parts)));
  }
  const options = session.planOptions(uri, session.contextOf(uri));
  return answered(
    optimizeAnswer(planned(text, { ...options, ...(context ? { buildContext: contextOf(context) } : {}) }), wants),
  );
}

function levelOf({ level: wanted }: Call['input']): Level | undefined {
  return LEVELS.find((level) => level === wanted);
}

function explain({ session: { engine }, input }: Call): CallToolResult {
  const name = String(input['rule']).slice(0, MAX_NAME);
  const names = createRuleNames(engine.rules);
  const metas = names.metasOf(name);
  if (metas.length === 0) return failed(say(engine.localize, unknownRule(name, names.nearestTo(name))));
  return answered(explainAnswer(engine, metas));
}

async function createFor({ session, input, uri, context }: Call): Promise<CallToolResult> {
  const program = typeof input['program'] === 'string' ? input['program'] : undefined;
  const result = await create(session, { uri, context, program, level: levelOf(input) });
  if (!result.ok) return result;
  if ('created' in result) return answered(createAnswer(result.program, result.created, true));
  const list = result.programs.map(({ name }) => name).join(', ');
  return failed(
    session.engine.localize('the folder has several programs: choose one of {list} with `program`', { list }),
  );
}

/** The document is open: it is built as it is in the editor. */
async function verifyWith(
  { session, input, uri }: Call,
  access: VerifyAccess,
  token: CancellationToken,
): Promise<CallToolResult> {
  const params = { uri, access, level: levelOf(input) };
  if (planOf(session, params)?.steps.length === 0) return answered(verifyAnswer(undefined, undefined));
  const result = await verify(session, params, token);
  if (!result.ok) return result;
  const { verification, plan } = result;
  return answered(verifyAnswer(verification, plan.before === plan.after ? undefined : plan.after));
}
