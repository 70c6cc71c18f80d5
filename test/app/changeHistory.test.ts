import { describe, expect, it } from 'vitest';
import { changeHistory } from '../../server/src/app/changeHistory';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { parseDockerignore } from '../../server/src/engine/dockerignore';

const TEXT = 'FROM node\nCOPY package.json .\nRUN npm ci\nCOPY . .\nRUN npm run build\nRUN npm test\n';
const history = (commits: string[][], ignored = '') =>
  changeHistory(parseDockerfile(TEXT), commits, parseDockerignore(ignored));

describe('the history of inputs', () => {
  it('counts commits and RUNs, what costs most first', () => {
    expect(history([['src/a.js', 'src/b.js'], ['package.json', 'src/a.js'], ['src/a.js']])).toEqual({
      inputs: [
        { line: 4, instruction: 'COPY . .', commits: 3, runs: 2 },
        { line: 2, instruction: 'COPY package.json .', commits: 1, runs: 3 },
      ],
      runs: 2 + 3 + 2,
    });
  });

  it('leaves out what the build does not see', () => {
    expect(history([['README.md']], '*.md\n')).toMatchObject({ inputs: [{ commits: 0 }, { commits: 0 }], runs: 0 });
  });

  it('has no inputs where nothing of the build context is copied', () => {
    expect(changeHistory(parseDockerfile('FROM a\nCOPY --from=b /x /x\nRUN c\n'), [['x']], undefined)).toEqual({
      inputs: [],
      runs: 0,
    });
  });
});
