import { describe, expect, it } from 'vitest';
import { isInEveryDebian, runtimeLibraries } from '../../server/src/knowledge/runtimeLibraries';

describe('libraries behind headers', () => {
  it.each([
    ['libmagickwand-dev', 'bookworm', ['libmagickcore-6.q16-6', 'libmagickwand-6.q16-6']],
    ['libgtk2.0-dev', 'bookworm', ['libgtk2.0-0']],
    ['libfmt-dev', 'trixie', ['libfmt10']],
    ['libtesseract-dev', 'bullseye', ['libtesseract4']],
    ['libpq-dev', 'bookworm', ['libpq5']],
    // Only another name of it.
    ['default-libmysqlclient-dev', 'bookworm', ['libmariadb3']],
    // Headers alone.
    ['nlohmann-json3-dev', 'bookworm', []],
    ['libeigen3-dev', undefined, []],
  ])('knows those of %s in %s', (name, release, libraries) => {
    expect(runtimeLibraries(name, release)).toEqual(libraries);
  });

  it('knows of Ubuntu what the releases of Debian before and behind it call by one name', () => {
    expect(runtimeLibraries('libssl-dev', 'jammy')).toEqual(['libssl3']);
    expect(runtimeLibraries('libssl-dev', 'noble')).toEqual(['libssl3t64']);
    expect(runtimeLibraries('libpq-dev', 'jammy')).toEqual(['libpq5']);
    expect(runtimeLibraries('libfmt-dev', 'jammy')).toBeUndefined();
  });

  it('does not guess', () => {
    expect(runtimeLibraries('libnosuch-dev', 'bookworm')).toBeUndefined();
    expect(runtimeLibraries('libssl-dev', 'focal')).toBeUndefined();
    // bullseye and bookworm have it, trixie does not.
    expect(runtimeLibraries('libpcre3-dev', 'trixie')).toBeUndefined();
    expect(runtimeLibraries('libfmt-dev', undefined)).toBeUndefined();
  });

  it('knows what every Debian has', () => {
    expect(isInEveryDebian('zlib1g')).toBe(true);
    expect(isInEveryDebian('libssl3')).toBe(false);
  });
});
