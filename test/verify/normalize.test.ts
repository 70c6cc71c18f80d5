import { describe, expect, it } from 'vitest';
import { comparableLines, normalize } from '../../server/src/verify/normalize';

describe('normalize', () => {
  it.each([
    ['2026-11-30T02:20:49.123Z INFO ready', '2025-01-02T12:00:00.9Z INFO ready'],
    ['[30/Nov/2026:02:20:49 +0000] "GET /"', '[01/Jan/2025:12:20:00 +0000] "GET /"'],
    ['Mon, 30 Nov 2026 02:20:49 GMT start', 'Tue, 01 Dec 2026 03:00:00 GMT start'],
    ['02:20:49,120 started', '12:00:00,007 started'],
    ['ready in 120 ms', 'ready in 1.5 s'],
    ['Started App in 2.345 seconds', 'Started App in 1.1 seconds'],
    ['[7] Booting worker with pid: 9', '[12] Booting worker with pid: 31'],
    ['container 3f5a9c0d1e2b', 'container 0a1b2c3d4e5f'],
    ['id 123e4567-e89b-12d3-a456-426614174000', 'id 00000000-e89b-12d3-a456-426614174abc'],
    ['object at 0x7f3a', 'object at 0x7f99'],
    ['listening on 172.17.0.2', 'listening on 10.0.0.7'],
    ['from 127.0.0.1:54321', 'from 127.0.0.1:43210'],
    ['at 1764469249123', 'at 1764469250456'],
    ['\u001b[32mok\u001b[0m', 'ok'],
  ])('takes %s and %s for the same', (one, other) => {
    expect(normalize(one)).toBe(normalize(other));
  });

  it.each([
    ['20x10', '20x11'],
    ['answer 42', 'answer 43'],
    ['0.0.0.0:8000', '127.0.0.1:8000'],
    ['port 8000', 'port 8001'],
    ['checksum 3610a686', 'checksum 3610a687'],
    ['version 1.2', 'version 1.3'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(normalize(one)).not.toBe(normalize(other));
  });
});

describe('lines to compare', () => {
  it('have no folders of paths, and nothing about the start that a plan changes', () => {
    const log =
      '> app@1.0.0 start\n> node server.js\n\nconfig from /srv/app/config.json\nWARNING: running pip as the root user\n';
    expect(comparableLines(log)).toEqual(['config from …/config.json']);
    expect(comparableLines('config from /app/config.json')).toEqual(['config from …/config.json']);
  });

  it('keep addresses of web pages', () => {
    expect(comparableLines('see https://example.com/a/b')).toEqual(['see https://example.com/a/b']);
  });
});
