import { expect, it } from 'vitest';
import { createEngine } from '../../../server/src/engine/createEngine';
import type { FoundVulnerabilities, ImageScans } from '../../../server/src/engine/imageScans';
import rule from '../../../server/src/rules/security/vulnerable-image';
import { testRule } from '../../helpers/ruleTester';
import { testKnowledge as knowledge } from '../../helpers/testKnowledge';

const FOUND: FoundVulnerabilities = {
  image: 'debian:12',
  counts: '1 critical, 2 high',
  scannedOn: '2026-10-02',
  worst: [
    {
      id: 'CVE-2099-0001',
      severity: 'critical',
      package: 'libssl3',
      installedVersion: '3.0.11',
      fixedVersion: '3.0.13',
    },
    { id: 'CVE-2099-0002', severity: 'high', package: 'zlib1g', installedVersion: '1.2' },
  ],
};

/** The same at all instructions of some kinds. */
const at = (...keywords: string[]): ImageScans => ({
  foundIn: ({ instructions }) =>
    new Map(instructions.filter(({ keyword }) => keywords.includes(keyword)).map((node) => [node, FOUND])),
});

testRule(rule, {
  docs: {},
  valid: [
    'FROM debian:12\nRUN apt-get update\n',
    { code: 'FROM debian:12\nRUN true\n', imageScans: at() },
    { code: 'FROM debian:12\nENV A=b\n', imageScans: at('ENV') },
    { code: '# dockerfile-optimizer-ignore vulnerable-image: known\nFROM debian:12\n', imageScans: at('FROM') },
  ],
  invalid: [
    {
      code: 'ARG V=12\nFROM --platform=linux/amd64 debian:$V AS base\nFROM base\n',
      imageScans: at('FROM'),
      findings: [
        {
          messageId: 'image',
          at: 'debian:$V',
          data: { image: 'debian:12', counts: '1 critical, 2 high', date: '2026-10-02' },
        },
        { messageId: 'image', at: ['base', 2] },
      ],
      onbuild: false,
    },
    {
      code: 'FROM golang:1.22 AS build\nFROM debian:12\nCOPY --from=build /a /a\n',
      imageScans: at('FROM'),
      findings: [
        { messageId: 'image', at: 'golang:1.22', severity: 'info' },
        { messageId: 'image', at: 'debian:12', severity: 'warning' },
      ],
    },
    {
      code: 'FROM debian:12\nRUN pip install a\nCOPY b /b\nADD c /c\nWORKDIR /d\n',
      imageScans: at('RUN', 'COPY', 'ADD', 'WORKDIR'),
      findings: [
        { messageId: 'layer', at: 'RUN' },
        { messageId: 'layer', at: 'COPY' },
        { messageId: 'layer', at: 'ADD' },
        { messageId: 'layer', at: 'WORKDIR' },
      ],
      onbuild: false,
    },
  ],
});

it('names the few to look at first', () => {
  const engine = createEngine({ rules: [rule], knowledge });
  const [finding] = engine.lint('FROM debian:12\n', { imageScans: at('FROM') }).findings;
  expect(finding?.message).toBe('Known vulnerabilities in `debian:12` on 2026-10-02: 1 critical, 2 high');
  expect(finding?.related.map(({ message }) => message)).toEqual([
    'CVE-2099-0001 (critical) in libssl3 3.0.11, fixed in 3.0.13',
    'CVE-2099-0002 (high) in zlib1g 1.2, no fixed version yet',
  ]);
});

it('is ignored by a comment that is of use again with the next scan', () => {
  const engine = createEngine({ rules: [rule], knowledge });
  const text = '# dockerfile-optimizer-ignore vulnerable-image: known\nFROM debian:12\n';
  for (const imageScans of [undefined, at(), at('FROM')])
    expect(engine.lint(text, { imageScans }).findings).toEqual([]);
});
