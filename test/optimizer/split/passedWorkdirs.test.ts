import { expect, it } from 'vitest';
import { withoutPassedWorkdirs } from '../../../server/src/optimizer/split/passedWorkdirs';

it.each([
  [
    'a folder that was only built in',
    [
      'WORKDIR /app',
      '\n# Build it\nWORKDIR /app/src',
      'COPY --from=build /app/out /app/out',
      '# Back\nWORKDIR /app',
      'CMD ["x"]',
    ],
    ['WORKDIR /app', 'COPY --from=build /app/out /app/out', 'CMD ["x"]'],
  ],
  [
    'the first of two',
    ['WORKDIR /app', 'COPY --from=build /x /usr/bin/x', 'WORKDIR /data'],
    ['COPY --from=build /x /usr/bin/x', 'WORKDIR /data'],
  ],
])('leaves out %s', (_, lines, left) => {
  expect(withoutPassedWorkdirs(lines)).toEqual(left);
});

it.each([
  ['a relative COPY', ['WORKDIR /app', 'COPY data ./data', 'WORKDIR /srv']],
  ['a relative WORKDIR', ['WORKDIR /app', 'WORKDIR out']],
  ['a RUN in it', ['WORKDIR /app', 'RUN touch x', 'WORKDIR /srv']],
  ['a command that names it', ['WORKDIR /cache', 'WORKDIR /srv', 'CMD ["x", "/cache"]']],
  ['a variable', ['WORKDIR $HOME', 'WORKDIR /srv']],
])('keeps one before %s', (_, lines) => {
  expect(withoutPassedWorkdirs(lines)).toEqual(lines);
});
