/**
 * Changes that break an image, to see whether a verification finds them. `lines` stand above the last CMD of the file,
 * run as root; `last` stands below it. `isForUsers`: root does not notice, so it stands behind the step that sets USER.
 */
const OWN =
  "$(find . -maxdepth 2 -type f \\( -name '*.py' -o -name '*.js' -o -name '*.jar' \\) -not -path './node_modules/*')";

export const PLANTS = {
  'a command that fails': { lines: ['RUN exit 3'] },
  'an image that does not exist': { lines: ['COPY --from=localhost/nowhere:1 /x /x'] },
  'a lost program file': { lines: [`RUN rm -f ${OWN}`] },
  'an empty program file': { lines: [`RUN for file in ${OWN}; do : > $file; done`] },
  'an unreadable program file': { lines: [`RUN chown root ${OWN} && chmod 600 ${OWN}`], isForUsers: true },
  'an empty working directory': { lines: ['RUN find . -mindepth 1 -delete'] },
  'a working directory of root': {
    lines: ['RUN chown -R root:root . && chmod -R go-w .'],
    needs: 'writes',
    isForUsers: true,
  },
  'a data folder of root': {
    lines: ['RUN mkdir -p /data && chown -R root:root /data && chmod 755 /data'],
    needs: 'data',
    isForUsers: true,
  },
  'a user without rights': { last: ['USER 64000:64000'], needs: 'writes' },
  'a user that does not exist': { last: ['USER nobody-here'] },
  'a removed interpreter': {
    lines: ['RUN rm -f $(command -v python) $(command -v node) $(command -v java) $(command -v flask)'],
  },
  'removed shared libraries': {
    lines: ['RUN find / -xdev \\( -name "libz.so*" -o -name "libsqlite3.so*" -o -name "libstdc++.so*" \\) -delete'],
  },
  'removed packages': {
    lines: [
      'RUN rm -rf node_modules /opt/venv/lib/python3*/site-packages/flask* /usr/local/lib/python3*/site-packages/flask*',
    ],
    needs: 'packages',
  },
  'another working directory': { last: ['WORKDIR /srv/elsewhere'], needs: 'relative' },
  'an ENTRYPOINT that is not there': { last: ['ENTRYPOINT ["/missing"]'] },
  'a CMD that ends at once': { last: ['CMD ["true"]'] },
  'a CMD that ends with an error': { last: ['CMD ["sh", "-c", "sleep 1; exit 3"]'] },
  'a PATH without programs': { last: ['ENV PATH=/nowhere'] },
  'another port': { lines: [`RUN sed -i -E 's/\\b18[0-9]{3}\\b/1999/' ${OWN}`], needs: 'port' },
  'another answer': { lines: [`RUN sed -i -E 's/(kept|nothing|calls: )/lost/' ${OWN}`], needs: 'answer' },
  'an answer that is an error': {
    last: ['ENV NODE_OPTIONS=--invalid PYTHONHOME=/nowhere JAVA_TOOL_OPTIONS=-Xinvalid'],
  },
  'a program that listens inside of the container only': {
    lines: [`RUN sed -i -E "s/0\\.0\\.0\\.0/127.0.0.1/" ${OWN}`],
    needs: 'everywhere',
  },
};

/** What is true of an app; a plant that needs something else has no effect on it. */
export const PLANTED_APPS = {
  'python-sqlite-beside': ['writes', 'data', 'packages', 'relative', 'port', 'answer', 'everywhere'],
  'python-flask-cext': ['packages', 'relative'],
  'node-uploads': ['writes', 'packages', 'relative', 'port', 'answer'],
  'node-express': ['packages', 'relative'],
  'java-http': ['relative'],
};

/** The file with a plant in its last stage. */
export function planted(text, { lines = [], last = [] }) {
  const start = text.search(/^(?:CMD|ENTRYPOINT)\b(?![\s\S]*^(?:FROM)\b)/m);
  if (start < 0) throw new Error('no CMD to plant above');
  const above = text.slice(0, start);
  const user = [...above.slice(above.lastIndexOf('\nFROM ')).matchAll(/^USER (.+)$/gm)].at(-1)?.[1] ?? '0';
  const asRoot = lines.length > 0 ? ['USER 0', ...lines, `USER ${user}`] : [];
  return `${[above.trimEnd(), ...asRoot, text.slice(start).trimEnd(), ...last].join('\n')}\n`;
}
