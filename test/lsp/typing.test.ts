import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createAnalyzer } from '../../server/src/analyzer';
import { defaultConfig, resolveConfig } from '../../server/src/engine/config';
import { createAnalyses, type DocumentContext } from '../../server/src/lsp/analyses';
import { Typing } from '../../server/src/lsp/typing';
import type { HostKind } from '../../server/src/project/inline/inlineDockerfiles';
import { createClient } from '../helpers/lspClient';

const engine = createAnalyzer();
const context = { config: resolveConfig(defaultConfig, engine.rules, '') } as DocumentContext;

/** A document in an editor, and the rules whose findings are shown after each change. */
function editor(text: string, kind?: HostKind) {
  const onPause = vi.fn();
  const typing = new Typing(onPause);
  const analyses = createAnalyses(engine);
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  const shown = () => {
    const found = kind ? analyses.inside(document, kind, () => context) : [analyses.get(document, () => context)];
    return typing.settled(document.uri, found).flatMap((one) => one.map(({ ruleId }) => ruleId));
  };
  typing.note(document);
  shown();
  return {
    onPause,
    shown,
    /** Replaces a text, as a keystroke does. */
    type(old: string, inserted: string) {
      const start = document.getText().lastIndexOf(old);
      const range = { start: document.positionAt(start), end: document.positionAt(start + old.length) };
      TextDocument.update(document, [{ range, text: inserted }], document.version + 1);
      typing.note(document);
      return shown();
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('while a line is typed', () => {
  it.each([
    ['WO', 'parse-error'],
    ['COPY --f', 'no-unknown-flag'],
    ['FROM n', 'require-image-tag'],
    ['CMD ["sh",', 'valid-exec-form'],
  ])('%s is not called a mistake (%s) until the user pauses', (line, rule) => {
    const { type, shown, onPause } = editor('FROM debian:12-slim AS base\n');
    for (const character of line) expect(type('', character)).not.toContain(rule);
    vi.advanceTimersByTime(900);
    expect(onPause).not.toHaveBeenCalled();
    expect(shown()).not.toContain(rule);
    vi.advanceTimersByTime(1100);
    expect(onPause).toHaveBeenCalledTimes(1);
    expect(shown()).toContain(rule);
  });
  it.each([
    [
      'compose',
      'services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM debian:12-slim AS base\n        ',
    ],
    ['bake', 'target "a" {\n  dockerfile-inline = <<EOT\nFROM debian:12-slim AS base\n\nEOT\n}\n'],
  ] as const)('also inside of a file of %s', (kind, text) => {
    const { type, shown, onPause } = editor(text, kind);
    const at = kind === 'bake' ? '\nEOT' : '';
    for (const character of 'COPY --f') expect(type(at, `${character}${at}`)).not.toContain('no-unknown-flag');
    vi.advanceTimersByTime(2000);
    expect(onPause).toHaveBeenCalledTimes(1);
    expect(shown()).toContain('no-unknown-flag');
  });
  it('shows it when another line is changed, or a line is added', () => {
    const one = editor('FROM debian:12-slim\nRUN ls\nCMD ["ls"]\n');
    expect(one.type('RUN ls', 'RU ls')).not.toContain('parse-error');
    expect(one.type('ls', 'l')).toContain('parse-error');
    const other = editor('FROM debian:12-slim\n');
    expect(other.type('', 'WO')).not.toContain('parse-error');
    expect(other.type('WO', 'WO\n')).toContain('parse-error');
  });
  it('keeps what was there before, and what stands on other lines', () => {
    const { type } = editor('FROM debian:latest\nRUN sudo ls\nCMD ["ls"]\n');
    expect(type('sudo ls', 'sudo ls -l')).toEqual(expect.arrayContaining(['no-latest-tag', 'no-sudo']));
  });
  it('shows at once that something is mended', () => {
    const { type } = editor('FROM debian:12-slim\nRUN sudo ls\nCMD ["ls"]\n');
    expect(type('sudo ls', 'ls')).not.toContain('no-sudo');
  });
  it('shows what is pasted in several lines at once', () => {
    const { type } = editor('FROM debian:12-slim\nCMD ["ls"]\n');
    expect(type('CMD', 'RUN sudo ls\nRUN sudo id\nCMD')).toContain('no-sudo');
  });
  it('asks for nothing if nothing is held back', () => {
    const { type, onPause } = editor('FROM debian:12-slim\nRUN ls\nCMD ["ls"]\n');
    type('RUN ls', 'RUN ls -l');
    vi.advanceTimersByTime(5000);
    expect(onPause).not.toHaveBeenCalled();
  });
});

describe('a client', () => {
  it('that can pull again is told to, and then gets what was held back', async () => {
    vi.useRealTimers();
    const client = await createClient({
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { diagnostics: { refreshSupport: true } },
      },
    });
    try {
      const told = new Promise<void>((done) => {
        client.connection.onRequest('workspace/diagnostic/refresh', () => done());
      });
      const document = await client.open('FROM debian:12-slim\n');
      await document.rules();
      await document.edit(document.text().length, 0, 'WO');
      expect(await document.rules()).not.toContain('parse-error');
      await told;
      expect(await document.rules()).toContain('parse-error');
    } finally {
      await client.stop();
    }
  });
  it('that cannot be told gets all findings at once', async () => {
    vi.useRealTimers();
    const client = await createClient();
    try {
      const document = await client.open('FROM debian:12-slim\n');
      await document.rules();
      await document.edit(document.text().length, 0, 'WO');
      expect(await document.rules()).toContain('parse-error');
    } finally {
      await client.stop();
    }
  });
});
