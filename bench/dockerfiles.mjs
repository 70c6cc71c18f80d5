import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a Dockerfile of a given length from realistic stages: the same text at every call. */
export function makeDockerfile(lines) {
  let text = HEAD;
  for (let index = 0; countLines(text) < lines; index++) text += stage(index);
  return text.split('\n').slice(0, lines).join('\n');
}

/** Makes a folder of Dockerfiles with one to three stages, each with a different text. */
export function makeFolder(folder, count) {
  for (let index = 0; index < count; index++) {
    const stages = Array.from({ length: 1 + (index % 3) }, (_, number) => stage(index + number));
    mkdirSync(join(folder, `${index}`));
    writeFileSync(join(folder, `${index}/Dockerfile`), HEAD + stages.join(''));
  }
}

const HEAD = '# syntax=docker/dockerfile:1\nARG VERSION=3.11\n';

function countLines(text) {
  return text.split('\n').length;
}

function stage(index) {
  const base = ['python:3.11', 'node:20-slim', 'debian:bookworm', 'alpine:3.20'][index % 4];
  return `
# Stage ${index}
FROM ${base} AS stage${index}
ARG BUILD_ID
ENV APP_HOME=/srv/app${index} \\
    PATH=/srv/app${index}/bin:$PATH
WORKDIR $APP_HOME
RUN apt-get update \\
    && apt-get install -y \\
        build-essential \\
        curl \\
        git \\
    # the certificates are for the download below
    && curl -fsSL https://example.com/tool-${index}.tar.gz -o /tmp/tool.tar.gz \\
    && tar -xzf /tmp/tool.tar.gz -C /usr/local \\
    && rm /tmp/tool.tar.gz
COPY requirements.txt package.json ./
RUN pip install -r requirements.txt
RUN set -eux; \\
    if [ -n "$BUILD_ID" ]; then \\
        echo "build \${BUILD_ID:-none}" > build.txt; \\
    else \\
        for file in a b c; do echo "$file" >> files.txt; done; \\
    fi
COPY --chown=app:app . .
RUN <<EOF
npm ci
npm run build
EOF
LABEL stage="${index}" description="A stage, number ${index}"
EXPOSE 80${index % 100}
HEALTHCHECK --interval=30s CMD curl -f http://localhost/ || exit 1
CMD python app.py --port $PORT
`;
}
