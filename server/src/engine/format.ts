import type { Span } from '../text/span';
import { defaultConfig, type EffectiveConfig, resolveConfig } from './config';
import type { Engine } from './engine';

/** Rules whose safe fixes change nothing but the layout: letter case, blanks and line breaks. */
const LAYOUT_RULES: ReadonlySet<string> = new Set([
  'consistent-instruction-casing',
  'final-newline',
  'from-as-casing',
  'indent-continuation-lines',
  'lowercase-directive',
  'lowercase-expose-protocol',
  'newline-per-command',
  'no-empty-continuation',
  'no-multiple-blank-lines',
  'no-trailing-whitespace',
]);

/**
 * The same file in the usual layout, or only the part in `range`. It builds the same, and formatting it again changes
 * nothing.
 */
export function format(engine: Pick<Engine, 'rules' | 'fixAll'>, text: string, range?: Span): string {
  const fromEnd = text.length - (range?.end ?? text.length);
  const base = resolveConfig(defaultConfig, engine.rules, '');
  const config: EffectiveConfig = { ...base, severityOf: (id) => (LAYOUT_RULES.has(id) ? 'hint' : 'off') };
  return engine.fixAll(text, {
    upTo: 'safe',
    rules: LAYOUT_RULES,
    config,
    // What was changed before has moved its end.
    ...(range ? { within: (file) => ({ start: range.start, end: file.text.length - fromEnd }) } : {}),
  }).text;
}
