import { describe, expect, it } from 'vitest';
import { planFor } from '../../helpers/plan';

const FILES = { 'package.json': '{}', 'index.js': '', 'src/a.js': '' };

describe('one-copy', () => {
  it.each([
    ['the same files twice', 'COPY . .\nENV A=1\nCOPY . .\n', 'COPY . .\nENV A=1\n'],
    ['the same target, written in another way', 'COPY . /app\nWORKDIR /app\nCOPY . .\n', 'COPY . /app\nWORKDIR /app\n'],
    [
      'manifests right before everything',
      'COPY package.json .\nEXPOSE 80\nCOPY . .\nRUN npm i\n',
      'EXPOSE 80\nCOPY . .\nRUN npm i',
    ],
    [
      'packages between them, which read nothing',
      'COPY . .\nRUN apk add --no-cache git\nCOPY . .\n',
      'COPY . .\nRUN apk add --no-cache git\n',
    ],
    [
      'several, with the comment about them',
      '# Settings\nCOPY package.json .\nCOPY src ./src\n\n# All\nCOPY . .\n',
      '\n# All\nCOPY . .\n',
    ],
    [
      'the same files before they are given to a user',
      '# Files\nCOPY . .\n\n# Their owner\nCOPY --chown=node:node . .\n',
      '\n# Their owner\nCOPY --chown=node:node . .\n',
    ],
    ['a part after the whole', 'COPY . .\nCOPY src ./src\n', 'COPY . .\n'],
  ])('removes %s', (_, from, to) => {
    const start = 'FROM node:20-alpine\nWORKDIR /app\n';
    const plan = planFor(`${start}${from}CMD ["node", "index.js"]\n`, FILES, { level: 'safe' });
    expect(plan.after).toContain(`${start}${to}`);
  });

  it.each([
    ['a RUN reads the first ones', 'COPY package.json .\nRUN npm ci\nCOPY . .\n'],
    ['a RUN downloads by them', 'COPY package.json .\nRUN go mod download\nCOPY . .\n'],
    ['a RUN removes some', 'COPY . .\nRUN rm -rf ./src\nCOPY . .\n'],
    ['a RUN changes them', 'COPY . .\nRUN chmod +x index.js\nCOPY . .\n'],
    ['a RUN builds between them', 'COPY . .\nRUN npm run build\nCOPY . .\n'],
    ['another file lies over one', 'COPY . .\nCOPY src/a.js index.js\nCOPY . .\n'],
    ['a stage gives files to the same folder', 'COPY . .\nCOPY --from=a /app .\nCOPY . .\n'],
    ['the second one gives them to root', 'COPY --chown=node:node . .\nCOPY . .\n'],
    ['the first one creates the folder', 'COPY . /srv\nCOPY --chown=node:node . /srv\n'],
    ['the second one takes only a part', 'COPY . .\nCOPY --chown=node:node src src\n'],
    ['the target differs', 'COPY . /a\nCOPY . /b\n'],
    ['the files differ', 'COPY src/a.js .\nCOPY index.js .\n'],
    ['a variable without a value names the files', 'COPY bin/${TARGETARCH}/a /\nCOPY bin/${TARGETARCH}/b /\n'],
    ['variables without values name the targets', 'ARG A\nARG B\nCOPY index.js $A/\nCOPY index.js $B/\n'],
    ['a variable changes the folder between them', 'ARG A\nARG B\nWORKDIR $A\nCOPY . .\nWORKDIR $B\nCOPY . .\n'],
    ['the variable gets another value', 'ARG A\nCOPY $A x\nARG A=1\nCOPY $A x\n'],
  ])('keeps both where %s', (_, copies) => {
    const dockerfile = `FROM node:20-alpine AS a\nRUN mkdir /app\nFROM node:20-alpine\nWORKDIR /app\n${copies}CMD ["node", "index.js"]\n`;
    expect(planFor(dockerfile, FILES, { level: 'safe' }).steps.map(({ id }) => id)).not.toContain('one-copy');
  });
});
