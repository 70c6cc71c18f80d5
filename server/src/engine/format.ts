import type { Span } from '../text/span';
import { defaultConfig, type EffectiveConfig, resolveConfig } from './config';
import type { Engine } from './engine';

/**
 * The same file in the usual layout, or only the part in `range`. It builds the same, and formatting it again changes
 * nothing.
 */
export function format(engine: Pick<Engine, 'rules' | 'fixAll'>, text: string, range?: Span): string {
  const rules = new Set(engine.rules.filter(({ meta }) => meta.formats).map(({ meta }) => meta.id));
  const fromEnd = text.length - (range?.end ?? text.length);
  const base = resolveConfig(defaultConfig, engine.rules, '');
  const config: EffectiveConfig = { ...base, severityOf: (id) => (rules.has(id) ? 'hint' : 'off') };
  return engine.fixAll(text, {
    upTo: 'safe',
    rules,
    config,
    // What was changed before has moved its end.
    ...(range ? { within: (file) => ({ start: range.start, end: file.text.length - fromEnd }) } : {}),
  }).text;
}
