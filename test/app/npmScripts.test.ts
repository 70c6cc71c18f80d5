import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

const DOCKERFILE =
  'FROM node:20-slim\nRUN apt-get update && apt-get install -y make ffmpeg\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["pnpm", "run", "deploy"]\n';

describe('a script of package.json', () => {
  it('tells what a container starts: what only builds call goes', () => {
    const { after } = planFor(DOCKERFILE, {
      'package.json': '{"scripts":{"deploy":"node a.js"}}',
      'a.js': "spawn('ffmpeg');\n",
    });
    const final = after.split(/^(?=FROM )/m).at(-1);
    expect(final).toContain('ffmpeg');
    expect(final).not.toContain('make');
  });

  it('calls programs that stay', () => {
    const { after } = planFor(DOCKERFILE, {
      'package.json': '{"scripts":{"deploy":"make x && node a.js"}}',
      'a.js': '',
    });
    expect(after.split(/^(?=FROM )/m).at(-1)).toContain('make');
  });
});
