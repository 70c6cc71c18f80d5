import { describe, expect, it } from 'vitest';
import { readSources } from '../../server/src/app/sources';
import { buildContextOf } from '../helpers/buildContext';

describe('the sources of a program', () => {
  it('are read beside large files, which are none', () => {
    const context = buildContextOf({ 'app.js': 'start();\n', NOTICES: 'x'.repeat(5_000_000) });
    expect(readSources(context, context.files.keys())?.map(({ path }) => path)).toEqual(['app.js']);
  });
});
