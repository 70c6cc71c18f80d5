import type { Engine } from '../engine/engine';
import type { RuleMeta } from '../engine/rule';
import { choice, list, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

export const explainInterface: ToolInterface = {
  name: 'explain_rule',
  title: 'Explain Rule',
  description: 'Why a rule is there, what its fix may change, and an example. The resources have whole pages.',
  inputSchema: object({ rule: text('Its id, or that of the same rule in another tool, such as DL3008') }),
  outputSchema: object({
    rules: list(
      object(
        {
          id: text(),
          severity: choice(['error', 'warning', 'info', 'hint']),
          description: text(),
          why: text(),
          fix: object(
            {
              safe: text('Why, or when, it is safe'),
              unsafe: text('What it may change'),
              manual: text('Why there is none'),
            },
            [],
          ),
          incorrect: text(),
          correct: text(),
        },
        ['id', 'severity', 'description', 'why'],
      ),
    ),
  }),
  isReadOnly: true,
  isOnline: false,
};

export function explainAnswer({ docsOf }: Pick<Engine, 'docsOf'>, metas: readonly RuleMeta[]): ToolData {
  return {
    rules: metas.map((meta) => {
      const { description, rationale, fixSafety, bad, good } = docsOf(meta);
      const { notes: _, ...fix } = fixSafety ?? {};
      return {
        id: meta.id,
        severity: meta.severity,
        description,
        why: rationale,
        ...(fixSafety === undefined ? {} : { fix }),
        ...(bad[0] === undefined ? {} : { incorrect: bad[0] }),
        ...(good[0] === undefined ? {} : { correct: good[0] }),
      };
    }),
  };
}
