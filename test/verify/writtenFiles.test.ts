import { describe, expect, it } from 'vitest';
import { writtenFiles } from '../../server/src/verify/writtenFiles';

describe('files that a program writes', () => {
  it('are those that it works with', () => {
    const own = ['/app/data.db', '/app/uploads/a.png', '/srv/logs/app.log', '/data/cache.json'];
    expect(writtenFiles([...own, '/fixtures'], ['/fixtures'])).toEqual(own);
  });

  it.each([
    '/tmp/x',
    '/root/.gunicorn/gunicorn.ctl',
    '/home/app/.keras/keras.json',
    '/app/.next/cache/images/x',
    '/app/tmp/cache/bootsnap/load-path-cache',
    '/app/var/cache/prod/x.php',
    '/app/data.db-wal',
    '/app/server.pid',
  ])('are not %s', (path) => {
    expect(writtenFiles([path], [])).toEqual([]);
  });
});
