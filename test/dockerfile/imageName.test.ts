import { describe, expect, it } from 'vitest';
import { analyzer } from '../helpers/plan';

describe('what to write in place of `latest`', () => {
  it.each([
    ['cgr.dev/chainguard/static', 'Pin it to a digest'],
    ['gcr.io/distroless/base-debian12', 'Pin it to a digest'],
    ['gcr.io/team/app', 'Use the version that you run today'],
    ['debian', 'Use the version that you run today'],
  ])('%s', (image, title) => {
    for (const from of [image, `${image}:latest`]) {
      const titles = analyzer
        .lint(`FROM ${from}\n`)
        .findings.flatMap(({ ruleId, fixes }) =>
          /^(?:require-image-tag|no-latest-tag)$/.test(ruleId) ? fixes.map((fix) => fix.title) : [],
        );
      expect(titles, from).toEqual([expect.stringContaining(title)]);
    }
  });
});
