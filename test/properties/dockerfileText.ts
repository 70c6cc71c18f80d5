import fc from 'fast-check';

/** Pieces that Dockerfiles are made of, whole and broken. */
const LINES = [
  'FROM debian:12',
  'FROM python:3.11 AS build',
  'FROM build',
  'FROM $BASE',
  'ARG BASE=node:20',
  'ENV A=1 B="two $A"',
  'ENV OLD value here',
  'WORKDIR /app',
  'USER app',
  'USER root',
  'COPY . .',
  'ADD app.py /app/',
  'COPY --from=build --chown=app:app /a /b',
  'RUN apt-get update',
  'RUN apt-get update && apt-get install -y curl',
  'RUN apt-get install -y git \\',
  '    && echo "$(date)" \\',
  '  # a comment \\',
  '    ; rm -rf /tmp/*',
  'RUN apk add curl',
  'RUN pip install -r requirements.txt',
  'RUN npm ci',
  'RUN sudo chmod 777 /app',
  'RUN <<EOF',
  "RUN cat << 'END' > /x",
  'EOF',
  'END',
  'RUN if [ -f x ]; then echo y; else echo z; fi',
  'RUN for f in a b; do echo "$f"; done',
  "RUN sh -c 'echo a && echo b'",
  'RUN echo "unclosed',
  'RUN a || b; c & d | e',
  'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  'CMD python app.py',
  'CMD ["python", "app.py"]',
  'ENTRYPOINT ["a", ',
  'EXPOSE 80 443/tcp',
  'VOLUME ["/data"]',
  'HEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1',
  'ONBUILD RUN apt-get update',
  'LABEL a="b" \\',
  '# syntax=docker/dockerfile:1',
  '# escape=`',
  '# hadolint ignore=DL3008',
  '# dockerfile-optimizer-ignore apk-no-cache: why',
  '#!/bin/sh',
  '',
  '\t',
  '\\',
  '日本語 🐳',
];

/** Lines in any order, with either line end, cut off anywhere, with stray characters put in. */
export const dockerfileText: fc.Arbitrary<string> = fc
  .record({
    lines: fc.array(fc.constantFrom(...LINES), { maxLength: 25 }),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    isCut: fc.boolean(),
    strays: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        text: fc.constantFrom('\\', '"', "'", '$', '`', '<<', '\n', '{', '(', '\r', '\u0000', '\ufeff', '#', '&&'),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ lines, lineEnd, cut, isCut, strays }) => {
    let text = lines.join(lineEnd) + lineEnd;
    if (isCut) text = text.slice(0, Math.floor(cut * text.length));
    for (const stray of strays) {
      const at = Math.floor(stray.at * text.length);
      text = text.slice(0, at) + stray.text + text.slice(at);
    }
    return text;
  });
