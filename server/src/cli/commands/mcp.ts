import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { toolInterfaces } from '../../agents/toolInterfaces';
import { renderRulePage } from '../../engine/rulePage';
import { ruleSetOf } from '../../engine/ruleSet';
import { nodeHost } from '../../host/host.node';
import type { Page } from '../../mcp/serve';
import type { Session } from '../session';
import { createDockerfile } from '../tools/createDockerfile';
import { explainRule } from '../tools/explainRule';
import { fixDockerfile } from '../tools/fixDockerfile';
import { imageFacts } from '../tools/imageFacts';
import { lintDockerfile } from '../tools/lintDockerfile';
import { measureImage } from '../tools/measureImage';
import { optimizeDockerfile } from '../tools/optimizeDockerfile';
import { createRoots } from '../tools/roots';
import type { RunTool } from '../tools/tool';
import { verifyOptimization } from '../tools/verifyOptimization';
import { version } from '../version';

/** For models, so in English. */
const INSTRUCTIONS =
  'Judges and rewrites Dockerfiles by fixed rules, without a model. To improve a file, call optimize_dockerfile; for findings alone, lint_dockerfile. Pass `path` for a file in the project, `text` for one that is not saved.';

const TOOLS: Readonly<Record<string, RunTool>> = {
  lint_dockerfile: lintDockerfile,
  fix_dockerfile: fixDockerfile,
  optimize_dockerfile: optimizeDockerfile,
  explain_rule: explainRule,
  image_facts: imageFacts,
  create_dockerfile: createDockerfile,
  measure_image: measureImage,
  verify_optimization: verifyOptimization,
};

/** Serves agents over the Model Context Protocol on standard input and output, until the client goes. */
export async function mcp(session: Session): Promise<number> {
  const { serve } = loadServe();
  await session.interruptible((signal) =>
    serve(
      {
        name: 'dockerfile-optimizer',
        version,
        instructions: INSTRUCTIONS,
        tools: toolInterfaces(session.options.mcp),
        pages: pagesOf(session),
        async call(name, input, { roots, ...call }) {
          const run = TOOLS[name];
          if (!run) throw new Error(`no tool ${name}`);
          const folders = createRoots(foldersOf(session, roots), session.engine.localize);
          return run({ ...call, server: session, roots: folders }, input);
        },
      },
      signal,
    ),
  );
  return 0;
}

/** The protocol is a bundle of its own: no other command needs it. */
function loadServe(): typeof import('../../mcp/serve') {
  return createRequire(__filename)('./mcp.js');
}

function pagesOf({ engine }: Session): readonly Page[] {
  const { names } = ruleSetOf(engine.rules, []);
  return names.metas.map((meta) => ({
    uri: `dockerfile-optimizer://rules/${meta.id}`,
    name: meta.id,
    description: engine.docsOf(meta).description,
    read: () => renderRulePage(meta, engine),
  }));
}

/** The folders that the user names, else those of the client, else the current one: not a whole disk. */
function foldersOf({ options: { operands } }: Session, roots: readonly string[] | undefined): readonly string[] {
  if (operands.length > 0) return operands.map((folder) => resolve(folder));
  if (roots) return roots.flatMap((uri) => nodeHost.pathOf(uri) ?? []);
  const current = resolve('.');
  return dirname(current) === current ? [] : [current];
}
