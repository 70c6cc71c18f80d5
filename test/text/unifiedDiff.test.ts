import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../server/src/text/unifiedDiff';

const names = { before: 'a/Dockerfile', after: 'b/Dockerfile' };

describe('unifiedDiff', () => {
  it('is empty for equal texts', () => {
    expect(unifiedDiff('a\n', 'a\n', names)).toBe('');
  });
  it('shows three lines around a change', () => {
    expect(unifiedDiff('1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nfive\n6\n7\n8\n9\n', names)).toBe(
      `--- a/Dockerfile
+++ b/Dockerfile
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`,
    );
  });
  it('joins near changes and parts distant ones', () => {
    const before = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    const after = before.filter((_, index) => index !== 2 && index !== 6 && index !== 25);
    const headers = unifiedDiff(before.join(''), after.join(''), names).match(/^@@.*/gm);
    expect(headers).toEqual(['@@ -1,10 +1,8 @@', '@@ -23,7 +21,6 @@']);
  });
  it('says when the last line has no line end', () => {
    expect(unifiedDiff('a', 'a\n', names)).toBe(`--- a/Dockerfile
+++ b/Dockerfile
@@ -1 +1 @@
-a
\\ No newline at end of file
+a
`);
  });
  it('names the line before an empty side', () => {
    expect(unifiedDiff('', 'a\n', names)).toContain('@@ -0,0 +1 @@\n+a\n');
    expect(unifiedDiff('a\n', '', names)).toContain('@@ -1 +0,0 @@\n-a\n');
  });
});
