import { describe, expect, it } from 'vitest';
import { languageOf } from '../../server/src/l10n/language';
import type { RulePageResult } from '../../server/src/protocol';
import { runCli } from '../helpers/cliProcess';
import { createClient } from '../helpers/lspClient';

describe('the language of a locale', () => {
  it.each([
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['ja_JP.UTF-8', 'ja'],
    ['JA', 'ja'],
    ['en-GB', 'en'],
    ['jam', 'en'],
    ['de', 'en'],
    ['C.UTF-8', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('of %s is %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

describe('the language of the server', () => {
  it.each([
    ['ja', '## 理由'],
    ['ja-JP', '## 理由'],
    ['de', '## Why'],
    [undefined, '## Why'],
  ])('is what the client says: %s', async (locale, heading) => {
    const client = await createClient(locale === undefined ? {} : { locale });
    const page = await client.connection.sendRequest<RulePageResult>('dockerfile/rulePage', { rule: 'parse-error' });
    expect(page.markdown).toContain(heading);
    await client.stop();
  });
});

describe('the language of the command line', () => {
  const NONE = { LC_ALL: '', LC_MESSAGES: '', LANG: '' };
  const headingOf = (args: readonly string[], env: NodeJS.ProcessEnv) => {
    const { out } = runCli(['explain', 'parse-error', ...args], { env: { ...NONE, ...env } });
    return /^(Why|理由)$/m.exec(out)?.[1];
  };
  it.each([
    ['is Japanese with --lang ja', ['--lang', 'ja'], {}, '理由'],
    ['is Japanese with --lang=ja', ['--lang=ja'], {}, '理由'],
    ['is that of LANG', [], { LANG: 'ja_JP.UTF-8' }, '理由'],
    ['is that of LC_ALL before LANG', [], { LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }, 'Why'],
    ['is that of LC_MESSAGES before LANG', [], { LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'de_DE.UTF-8' }, '理由'],
    ['is that of --lang before LANG', ['--lang', 'en'], { LANG: 'ja_JP.UTF-8' }, 'Why'],
    ['is English when nothing is said', [], {}, 'Why'],
  ])('%s', (_, args, env, heading) => {
    expect(headingOf(args, env)).toBe(heading);
  });
});
