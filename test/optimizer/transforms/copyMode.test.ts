import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const FILES = { 'run.sh': '#!/bin/sh\nprintf x\n', tool: '', 'lib/a.sh': '', 'lib/b.sh': '' };

/** The instructions between FROM and CMD. */
function resultOf(body: string, options: Parameters<typeof planFor>[2] = { hasBuildKit: true }): string {
  const plan = planFor(`FROM debian:12-slim\n${body}USER 1000\nCMD ["/run.sh"]\n`, FILES, options);
  return /^FROM .*\n([\s\S]*)USER 1000\n/m.exec(plan.after)?.[1] ?? '';
}

describe('copy-mode', () => {
  it.each([
    ['COPY run.sh /run.sh\nRUN chmod +x /run.sh\n', 'COPY --chmod=755 run.sh /run.sh\n'],
    ['COPY run.sh /\n# It starts.\nRUN chmod 0700 /run.sh\n', 'COPY --chmod=0700 run.sh /\n'],
    [
      'WORKDIR /app\nCOPY tool run.sh ./\nRUN chmod +x tool run.sh\n',
      'WORKDIR /app\nCOPY --chmod=755 tool run.sh ./\n',
    ],
    [
      'COPY run.sh /run.sh\nRUN mkdir /data && chmod +x /run.sh\n',
      'COPY --chmod=755 run.sh /run.sh\nRUN mkdir /data\n',
    ],
    [
      'COPY --from=alpine:3 /bin/jq /usr/bin/\nRUN chmod a+x /usr/bin/jq\n',
      'COPY --chmod=755 --from=alpine:3 /bin/jq /usr/bin/\n',
    ],
  ])('takes the mode of %j', (body, expected) => {
    expect(resultOf(body)).toBe(expected);
  });

  it.each([
    'COPY lib /lib/x\nRUN chmod +x /lib/x/a.sh\n',
    'COPY run.sh /run.sh\nRUN chmod -R 755 /run.sh\n',
    'COPY run.sh /run.sh\nRUN chmod u+s /run.sh\n',
    'COPY --chmod=644 run.sh /run.sh\nRUN chmod +x /run.sh\n',
    'COPY --from=alpine:3 /opt/x /opt/x\nRUN chmod 700 /opt/x\n',
    'RUN touch /x && chmod +x /x\n',
  ])('leaves %j', (body) => {
    expect(resultOf(body)).toBe(body);
  });

  it('needs BuildKit', () => {
    const plan = planFor('FROM debian:12\nCOPY run.sh /\nRUN chmod +x /run.sh\nUSER 1000\nCMD ["/run.sh"]\n', FILES);
    expect(guardOf(plan, 'copy-mode')).toBe(
      '`COPY --chmod` needs BuildKit, and nothing here shows that it builds this file: add `# syntax=docker/dockerfile:1` as its first line',
    );
  });
});
