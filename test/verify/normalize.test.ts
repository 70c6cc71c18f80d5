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
    ['(node:18) [DEP0040] DeprecationWarning', '(node:1) [DEP0040] DeprecationWarning'],
    [
      '2026/11/30 02:20:49 [notice] 1#1: start worker processes',
      '2026/11/30 02:20:50 [notice] 7#7: start worker processes',
    ],
    ['[Nest] 18  - LOG [NestFactory] Starting', '[Nest] 1  - LOG [NestFactory] Starting'],
    ['{"level":30,"pid":18,"msg":"x"}', '{"level":30,"pid":1,"msg":"x"}'],
    ['I, [2026-11-30T04:26:59.123456 #1]  INFO -- : x', 'I, [2026-11-30T04:27:59.123456 #8]  INFO -- : x'],
    ['compiled with version: 12 on 30 November 2026 04:26:59', 'compiled with version: 12 on 01 May 2025 10:26:59'],
    ['INFO 1 --- [           main] o.s.b.w.e.tomcat', 'INFO 7 --- [           main] o.s.b.w.e.tomcat'],
    ['Started App in 2.3 seconds (process running for 2.9)', 'Started App in 2.4 seconds (process running for 3.1)'],
  ])('takes %s and %s for the same', (one, other) => {
    expect(comparableLines(one)).toEqual(comparableLines(other));
  });

  it.each([
    ['20x10', '20x11'],
    ['answer 42', 'answer 43'],
    ['0.0.0.0:8000', '127.0.0.1:8000'],
    ['port 8000', 'port 8001'],
    ['checksum 3610a686', 'checksum 3610a687'],
    ['version 1.2', 'version 1.3'],
    ['{"ids":[41]}', '{"ids":[42]}'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(normalize(one)).not.toBe(normalize(other));
  });
});

describe('lines to compare', () => {
  it('have no folders of paths, and nothing about the start that a plan changes', () => {
    const log =
      '> app@1.0.0 start\n> node server.js\n\nconfig from /srv/app/config.json\nWARNING: running pip as the root user\n';
    expect(comparableLines(log)).toEqual(['config from …/config.json']);
    const yarn =
      "yarn run v1.22.22\nwarning You don't appear to have an internet connection. Try the --offline flag\n$ node a.js\nup\n";
    expect(comparableLines(yarn)).toEqual(['up']);
    const next =
      ' ⚠ "next start" does not work with "output: standalone" configuration. Use "node .next/standalone/server.js" instead.\n ✓ Ready\n';
    expect(comparableLines(next)).toEqual(['✓ Ready']);
    expect(comparableLines('config from /app/config.json')).toEqual(['config from …/config.json']);
  });

  it('have no numbers of processes', () => {
    const gunicorn = (pid: number) =>
      `[2026-11-30 09:00:00 +0000] [${pid}] [INFO] Listening at: http://0.0.0.0:8000 (${pid})`;
    expect(comparableLines(gunicorn(8))).toEqual(comparableLines(gunicorn(1)));
  });

  it('have nothing of the user, the runtime and the scripts of the base image', () => {
    const spring = (user: string, folder: string) =>
      `INFO 1 --- [main] com.example.App : Starting App v0.0.1-SNAPSHOT using Java 17.0.9 with PID 1 (${folder}/app.jar started by ${user} in ${folder})\n`;
    expect(comparableLines(`${spring('root', '')}ready\n`)).toEqual(comparableLines(`${spring('app', '/app')}ready\n`));
    expect(comparableLines('* Puma version: 5.6.5 (ruby 3.1.2-p20)')).toEqual(
      comparableLines('* Puma version: 5.6.5 (ruby 3.1.6-p260)'),
    );
    expect(comparableLines('v20.9.0')).not.toEqual(comparableLines('v18.20.1'));
    expect(comparableLines('on 0.0.0.0')).not.toEqual(comparableLines('on 127.0.0.1'));
    const nginx = `/docker-entrypoint.sh: Configuration complete; ready for start up
10-listen-on-ipv6-by-default.sh: info: can not modify /etc/nginx/conf.d/default.conf (read-only file system?)
2026/11/30 02:20:49 [notice] 1#1: built by gcc 12.2.0 (Debian 12.2.0-14)
ready
`;
    expect(comparableLines(nginx)).toEqual(['ready']);
  });

  it('are each there once', () => {
    expect(comparableLines('tick\ntick\n')).toEqual(['tick']);
  });

  it('keep addresses of web pages', () => {
    expect(comparableLines('see https://example.com/a/b')).toEqual(['see https://example.com/a/b']);
  });
});
