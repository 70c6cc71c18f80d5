import { describe, expect, it } from 'vitest';
import { guessedContext } from '../../server/src/app/guessedContext';
import { buildContextOf } from '../helpers/buildContext';

/** The folder for `services/api/Dockerfile` of a project with these files. */
function guess(text: string, files: readonly string[], isRepository = true, isCutOff = false): string | undefined {
  const all = [...files, ...(isRepository ? ['.git/HEAD'] : [])].map((path) => `/project/${path}`);
  const folder = guessedContext(
    '/project/services/api/Dockerfile',
    text,
    {
      parentOf: (path) => path.slice(0, path.lastIndexOf('/')) || undefined,
      readText: (path) => (all.includes(path) ? '' : undefined),
      buildContext: (path) => {
        const start = path.slice(0, path.lastIndexOf('/') + 1);
        const inside = all.flatMap((file) => (file.startsWith(start) ? [[file.slice(start.length), '']] : []));
        return buildContextOf(Object.fromEntries(inside), !isCutOff);
      },
    },
    () => false,
  );
  return folder?.slice('/project'.length);
}

const OWN = '/services/api';
const from = (...lines: readonly string[]) => `FROM node:24\n${lines.join('\n')}\n`;

describe('the build context that nobody names', () => {
  it.each([
    ['COPY . .'],
    ['COPY package*.json ./'],
    ['COPY --from=build /app/services/api /app'],
    ['COPY $FILES ./'],
    ['ADD https://example.com/a.tar.gz /'],
    ['COPY <<EOF /a', 'services/api/package.json', 'EOF'],
    ['COPY package.json none.lock ./'],
    ['COPY dist/ ./'],
    ['COPY app.jar ./'],
    ['COPY . .', 'RUN npm ci'],
    ['COPY package.json ./', 'RUN npm ci'],
  ])('is its own folder where that has what is copied, or nothing says otherwise: %s', (...lines) =>
    expect(guess(from(...lines), ['services/api/package.json', 'package.json'])).toBe(OWN),
  );

  it.each([
    [['COPY services/api/package.json ./'], ''],
    [['COPY services/api/package.json services/api/dist ./'], ''],
    [['COPY package.json yarn.lock ./'], ''],
    [['COPY api/src /src'], '/services'],
    [['COPY services/*/package.json ./'], ''],
    [['COPY . .', 'RUN yarn install --frozen-lockfile'], ''],
  ])('is the folder above that has it: %s', (lines, folder) =>
    expect(
      guess(from(...lines), ['services/api/package.json', 'services/api/src/a.js', 'package.json', 'yarn.lock']),
    ).toBe(folder),
  );

  it('is not known where the files are in several folders, or in none', () => {
    const files = ['services/api/own.txt', 'root.txt'];
    expect(guess(from('COPY own.txt root.txt ./'), files)).toBeUndefined();
    expect(guess(from('COPY settings.py ./'), files)).toBeUndefined();
  });

  it('is its own folder where that is a project, though Git leaves out all that is named', () => {
    expect(guess(from('COPY . .', 'COPY .env ./'), ['services/api/package.json', 'package.json'])).toBe(OWN);
  });

  it('is its own folder where that has more files than are listed', () => {
    expect(guess(from('COPY services/api/a ./'), ['services/api/a'], true, true)).toBe(OWN);
  });

  it('is its own folder where the project has no known root: no folder above is listed', () => {
    expect(guess(from('COPY services/api/a ./'), ['services/api/a'], false)).toBe(OWN);
  });
});
