import { describe, expect, it } from 'vitest';
import { stageGraph } from '../../server/src/app/stageGraph';
import { parseDockerfile } from '../../server/src/dockerfile/parse';

function graphOf(text: string) {
  const { nodes, links } = stageGraph(parseDockerfile(text));
  const names = nodes.map((node) =>
    node.kind === 'other' ? node.name : (node.stage.name ?? String(node.stage.index)),
  );
  return {
    names,
    dead: nodes.flatMap((node, at) => (node.kind === 'stage' && !node.isNeeded ? [names[at]] : [])),
    links: links.map(
      ({ from, to, takes }) =>
        `${names[from]} > ${names[to]}: ${takes.map(({ kind, paths }) => [kind, ...paths].join(' ')).join(', ')}`,
    ),
  };
}

describe('the graph of stages', () => {
  it('has what is copied, mounted and built upon, once for each pair', () => {
    const text = [
      'FROM node:22 AS base',
      'FROM base AS build',
      'RUN --mount=from=tools,source=/bin,target=/t npm run build',
      'FROM nginx',
      'COPY --link --from=build /app/dist /app/public /srv/',
      'COPY --from=build /app/conf /etc/nginx/',
      'RUN --mount=type=bind,from=base,target=/m ls /m',
    ].join('\n');
    expect(graphOf(text)).toEqual({
      names: ['base', 'build', '2', 'tools'],
      dead: [],
      links: [
        'base > build: base',
        'tools > build: mount /bin',
        'build > 2: copy /app/dist /app/public, copy /app/conf',
        'base > 2: mount',
      ],
    });
  });

  it('marks what the target does not need', () => {
    expect(graphOf('FROM a AS one\nFROM one AS two\nFROM a AS three\nCOPY --from=0 /x /x\n').dead).toEqual(['two']);
  });

  it('has an image that files are copied from once, and triggers', () => {
    const text = 'FROM a\nCOPY --from=busybox:1 /bin/sh /sh\nONBUILD COPY --from=busybox:1 /bin/ls /ls\n';
    expect(graphOf(text)).toMatchObject({
      names: ['0', 'busybox:1'],
      links: ['busybox:1 > 0: copy /bin/sh, copy /bin/ls'],
    });
  });
});
