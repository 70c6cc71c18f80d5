import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createAnalyzer } from '../../server/src/analyzer';
import { defaultConfig, resolveConfig } from '../../server/src/engine/config';
import { createAnalyses, type DocumentContext } from '../../server/src/lsp/analyses';
import { followDate } from '../../server/src/lsp/dateChange';
import type { Session } from '../../server/src/lsp/session';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2027-03-01T23:30:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('an unchanged document is analyzed again on the next day', () => {
  const engine = createAnalyzer({ now: () => new Date() });
  const text = 'FROM alpine:3.20\n# dockerfile-optimizer-ignore no-sudo: a test; until 2027-03-01\nRUN sudo ls\n';
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  const analyses = createAnalyses(engine);
  const context = { config: resolveConfig(defaultConfig, engine.rules, '') } as DocumentContext;
  const rules = () => analyses.get(document, () => context).findings.map(({ ruleId }) => ruleId);
  const lookAnew = vi.fn();
  followDate({ engine, lookAnew } as unknown as Session);
  expect(rules()).not.toContain('no-sudo');
  vi.advanceTimersByTime(20 * 60 * 1000);
  expect(lookAnew).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20 * 60 * 1000);
  expect(lookAnew).toHaveBeenCalledTimes(1);
  expect(rules()).toEqual(expect.arrayContaining(['expired-suppression', 'no-sudo']));
});
