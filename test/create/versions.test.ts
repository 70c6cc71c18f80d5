import { describe, expect, it } from 'vitest';
import { allows, newestRelease } from '../../server/src/create/versions';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { buildContextOf } from '../helpers/buildContext';

describe('a requirement', () => {
  it.each([
    ['', '3.14', true],
    ['>=3.10', '3.14', true],
    ['>=3.10', '3.9', false],
    ['>=3.10,<3.13', '3.13', false],
    ['>=3.10,<3.13', '3.12', true],
    ['<3.13', '3.13', false],
    ['<=3.13', '3.13', true],
    ['^3.11', '3.14', true],
    ['^3.11', '4.0', false],
    ['~=3.11', '3.14', true],
    ['~=3.11.2', '3.12', false],
    ['~> 3.3', '3.4', true],
    ['~> 3.3.0', '3.4', false],
    ['3.12', '3.12', true],
    ['==3.12.*', '3.12', true],
    ['==3.12.*', '3.13', false],
    ['>=3.9,!=3.9.1', '3.9', true],
    ['18.x || 20.x', '20', true],
    ['18.x || 20.x', '22', false],
    ['>=18 <21', '20', true],
    ['>=18 <21', '22', false],
    ['>=18.17.0', '18', true],
    ['<22.5', '22', true],
    ['*', '24', true],
  ])('%s, release %s: %s', (requirement, release, expected) => {
    expect(allows(requirement, release)).toBe(expected);
  });
});

describe('the newest release', () => {
  const folder = { context: buildContextOf({}), knowledge: createKnowledgeBase() };
  const minor = (requirement: string) => newestRelease(folder, 'python', requirement, (one) => one.includes('.'));
  it('is one of the known images', () => {
    const known = folder.knowledge.tags('python').map(({ tag }) => tag);
    expect(known).toContain(minor('>=3.10'));
    expect(minor('>=3.10,<3.13')).toBe('3.12');
  });
  it('is the one that is named, known or not', () => {
    expect(newestRelease(folder, 'node', '26.x')).toBe('26');
    expect(minor('3.7')).toBe('3.7');
  });
  it('is unknown if no image satisfies the requirement', () => {
    expect(minor('>=4')).toBeUndefined();
    expect(newestRelease({ ...folder }, 'no-such-image', '')).toBeUndefined();
  });
});
