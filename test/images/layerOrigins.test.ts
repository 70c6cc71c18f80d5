import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { layerOrigins } from '../../server/src/images/layers/layerOrigins';

type Made = readonly [createdBy: string, isEmpty?: 'empty', comment?: string];

function originsOf(
  text: string,
  history: readonly Made[],
  { isBuilt = true, targetStage, layers }: { isBuilt?: boolean; targetStage?: string; layers?: number } = {},
) {
  const made = layers ?? history.filter(([, empty]) => !empty).length;
  const config = {
    platform: 'linux/amd64',
    diffIds: Array.from({ length: made }, (_, index) => `sha256:${index}`),
    history: history.map(([createdBy, empty, comment = '']) => ({ createdBy, comment, isEmpty: empty !== undefined })),
  };
  const stage = parseDockerfile(text, { targetStage }).stages.find(({ isFinal }) => isFinal);
  const origins = layerOrigins(config, stage, isBuilt);
  const lines = origins.layers.map(({ isBase, node, createdBy }) =>
    isBase ? 'base' : node ? text.slice(0, node.span.start).split('\n').length : createdBy,
  );
  return { ...origins, lines };
}

const BASE: readonly Made[] = [
  ['ADD rootfs.tar / # buildkit'],
  ['CMD ["bash"]', 'empty'],
  ['RUN /bin/sh -c apt-get update # buildkit'],
];

describe('instructions behind layers', () => {
  const text = `FROM debian:12
ARG V=1
ENV A=b
WORKDIR /srv
RUN echo one && \\
    # why
    echo two
COPY --link a /b/
CMD ["x"]`;

  it('are found in what BuildKit writes', () => {
    const { lines, layers, problem } = originsOf(
      text,
      [
        ...BASE,
        ['ARG V=1', 'empty'],
        ['ENV A=b', 'empty'],
        ['WORKDIR /srv'],
        ['RUN |1 V=1 /bin/sh -c echo one &&     echo two # buildkit'],
        ['COPY a /b/ # buildkit'],
        ['CMD ["x"]', 'empty'],
      ],
      { isBuilt: false },
    );
    expect(lines).toEqual(['base', 'base', 4, 5, 8]);
    expect(problem).toBeUndefined();
    expect(layers.map(({ createdBy }) => createdBy)).toEqual([
      'ADD rootfs.tar /',
      'RUN apt-get update',
      'WORKDIR /srv',
      'RUN echo one && echo two',
      'COPY a /b/',
    ]);
  });

  it('that tell how the lowest layer was made are no RUN', () => {
    const { layers } = originsOf(text, [["# debian.sh --arch 'amd64' out/ 'bookworm'"]], { isBuilt: false });
    expect(layers[0]?.createdBy).toBe("# debian.sh --arch 'amd64' out/ 'bookworm'");
  });

  it('are found in what the classic builder, buildah and podman write', () => {
    const { lines } = originsOf(
      text,
      [
        ...BASE,
        ['/bin/sh -c #(nop) ARG V', 'empty'],
        ['/bin/sh -c #(nop)  ENV A=b', 'empty'],
        ['/bin/sh -c #(nop) WORKDIR /srv', 'empty'],
        ['|1 V=1 /bin/sh -c echo one &&     echo two'],
        ['/bin/sh -c #(nop) COPY file:5fdc in /b '],
        ['/bin/sh -c #(nop)  CMD ["x"]', 'empty'],
      ],
      { isBuilt: false },
    );
    expect(lines).toEqual(['base', 'base', 5, 8]);
  });

  it('are found through stages, with the triggers of the one below', () => {
    const staged = `FROM debian:12 AS a
RUN one
ONBUILD RUN trigger
ONBUILD ENV X=y
FROM scratch AS other
COPY . /
FROM a AS b
RUN two
FROM b`;
    const { lines } = originsOf(staged, [
      ...BASE,
      ['RUN /bin/sh -c one # buildkit'],
      ['ONBUILD RUN trigger', 'empty'],
      ['ONBUILD ENV X=y', 'empty'],
      ['RUN /bin/sh -c trigger # buildkit'],
      ['ENV X=y', 'empty'],
      ['RUN /bin/sh -c two # buildkit'],
    ]);
    expect(lines).toEqual(['base', 'base', 2, 3, 8]);
    expect(originsOf(staged, [['COPY . / # buildkit']], { targetStage: 'other' }).lines).toEqual([6]);
  });

  it('leave triggers of the base image to it', () => {
    const { lines } = originsOf('FROM node:onbuild\nRUN own', [
      ...BASE,
      ['COPY . /usr/src/app # buildkit'],
      ['RUN /bin/sh -c own # buildkit'],
    ]);
    expect(lines).toEqual(['base', 'base', 'base', 2]);
  });

  it('know heredocs, exec form and other shells', () => {
    const { lines } = originsOf(
      'FROM debian:12\nRUN <<EOF\necho a\nEOF\nRUN ["apt-get", "update"]\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN x | y\nCOPY ["a b", "/c"]',
      [
        ...BASE,
        ['RUN /bin/sh -c echo a\n # buildkit'],
        ['RUN apt-get update # buildkit'],
        ['SHELL [/bin/bash -eo pipefail -c]', 'empty'],
        ['RUN /bin/bash -eo pipefail -c x | y # buildkit'],
        ['COPY a b /c # buildkit'],
      ],
      { isBuilt: false },
    );
    expect(lines).toEqual(['base', 'base', 2, 5, 7, 8]);
  });

  it.each<[string, string, readonly Made[], number?]>([
    ['a squashed image', text, [['merge a to b']], 3],
    ['no history', text, [], 2],
    ['other instructions', text, [...BASE, ['RUN /bin/sh -c x # buildkit'], ['COPY a /b/ # buildkit']]],
    ['one more than there are', 'FROM scratch\nRUN b', [['RUN /bin/sh -c a'], ['RUN /bin/sh -c b']]],
    ['less than there are', 'FROM debian:12\nRUN a\nRUN b', [['RUN /bin/sh -c b # buildkit']]],
  ])('are not guessed: %s', (_name, dockerfile, history, layers) => {
    const { layers: all, problem } = originsOf(dockerfile, history, layers === undefined ? {} : { layers });
    expect(problem).toBeDefined();
    expect(all.some(({ node, isBase }) => node || isBase)).toBe(false);
  });

  it('are not taken for others of the same kind', () => {
    const image: readonly Made[] = [...BASE, ['RUN /bin/sh -c a # buildkit'], ['COPY x /y # buildkit']];
    expect(originsOf('FROM debian:12\nRUN a\nCOPY x /y', image, { isBuilt: false }).lines).toEqual([
      'base',
      'base',
      2,
      3,
    ]);
    expect(originsOf('FROM debian:12\nRUN c\nCOPY x /y', image, { isBuilt: false }).problem).toBe('other-instructions');
    expect(originsOf('FROM debian:12\nRUN a\nCOPY x /z', image, { isBuilt: false }).problem).toBe('other-instructions');
  });
});
