import { configOf } from '../../engine/config';
import type { CustomExample, CustomRule } from '../../engine/customRule';
import type { Engine } from '../../engine/engine';
import { Failure } from '../failure';
import { printJson } from '../formatters/json';
import type { Session } from '../session';

interface FailedExample {
  readonly line: number;
  readonly message: string;
}

interface TestedRule {
  readonly rule: string;
  readonly examples: number;
  readonly failed: readonly FailedExample[];
}

/** `config test [file]`: reads a configuration and runs the examples of its rules. Exit code: 1 when one fails. */
export function config(session: Session): number {
  const { localize } = session.engine;
  const [action, operand, ...others] = session.options.operands;
  if (action !== 'test' || others.length > 0)
    throw new Failure(
      localize('config requires an action and at most one file: config test .dockerfile-optimizer.yaml'),
    );
  const path = operand ?? session.configurationOf('Dockerfile');
  if (path === undefined) throw new Failure(localize('No .dockerfile-optimizer.yaml in this folder or above it'));
  const { customRules } = session.readConfiguration(path);
  const tested = customRules.map((custom) => testRule(session.engine, custom, customRules));
  if (session.options.format === 'json') printJson(session, { version: 1, path, rules: tested });
  else session.out(tested.map((one) => textOf(path, one, session)).join('') || `${localize('No custom rules')}\n`);
  return tested.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

function testRule(engine: Engine, custom: CustomRule, customRules: readonly CustomRule[]): TestedRule {
  const { id } = custom.rule.meta;
  return {
    rule: id,
    examples: custom.examples.length,
    failed: custom.examples.flatMap((example) => {
      const message = faultOf(engine, id, example, customRules);
      return message === undefined ? [] : [{ line: example.line, message }];
    }),
  };
}

function faultOf(
  engine: Engine,
  id: string,
  { code, isValid, fixed }: CustomExample,
  customRules: readonly CustomRule[],
): string | undefined {
  const { localize } = engine;
  const onlyThis = { ...configOf((ruleId) => (ruleId === id ? 'error' : 'off')), customRules };
  const before = hasStage(code) ? '' : 'FROM scratch\n';
  const findings = engine.lint(before + code, { config: onlyThis }).findings.length;
  if (isValid) return findings > 0 ? localize('a valid example is reported') : undefined;
  if (findings === 0) return localize('an invalid example is not reported');
  if (fixed === undefined) return undefined;
  const { text } = engine.fixAll(before + code, { upTo: 'unsafe', rules: new Set([id]), config: onlyThis });
  const actual = text.slice(before.length).trimEnd();
  return actual === fixed.trimEnd()
    ? undefined
    : localize('the fix makes this of the example: {text}', { text: actual });
}

/** Most examples are one instruction. */
function hasStage(code: string): boolean {
  return /^[ \t]*FROM\s/im.test(code);
}

function textOf(path: string, { rule, examples, failed }: TestedRule, { engine: { localize } }: Session): string {
  if (failed.length > 0) return failed.map(({ line, message }) => `${path}:${line}: ${rule}: ${message}\n`).join('');
  if (examples === 0) return `${rule}: ${localize('no examples')}\n`;
  return `${rule}: ${localize('examples that pass: {count}', { count: examples })}\n`;
}
