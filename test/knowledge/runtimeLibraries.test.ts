import { describe, expect, it } from 'vitest';
import { isInEveryDebian, libraryRelease, runtimeLibraries } from '../../server/src/knowledge/runtimeLibraries';

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

  it('knows where Ubuntu has other names, and that the newest one may have others again', () => {
    for (const release of ['focal', 'jammy', 'noble']) {
      expect(runtimeLibraries('libjpeg-dev', release)).toEqual(['libjpeg-turbo8']);
      expect(runtimeLibraries('default-libmysqlclient-dev', release)).toEqual(['libmysqlclient21']);
    }
    const newest = libraryRelease({ distro: 'ubuntu' });
    for (const release of [newest, 'resolute', 'forky']) {
      expect(runtimeLibraries('libxml2-dev', release)).toBeUndefined();
      expect(runtimeLibraries('nlohmann-json3-dev', release)).toEqual([]);
    }
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
