/** Reports to draw, made up with the same numbers each time. */

const FOLDERS = [
  'usr/lib/x86_64-linux-gnu',
  'usr/lib/python3/dist-packages',
  'usr/lib/gcc/x86_64-linux-gnu/12',
  'usr/share/doc',
  'usr/share/locale',
  'usr/bin',
  'usr/local/lib/python3.11/site-packages/numpy/core',
  'usr/local/lib/python3.11/site-packages/pandas/_libs',
  'usr/local/lib/python3.11/test',
  'var/lib/apt/lists',
  'var/cache/apt/archives',
  'var/lib/dpkg/info',
  'root/.cache/pip/http',
  'opt/app/static',
  'etc/ssl/certs',
];

/** A generator of numbers under one that look random. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const LAYERS = [
  { createdBy: '/bin/sh -c #(nop) ADD file:3fb0cd1d5dd0 in /', isBase: true },
  {
    createdBy: 'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y ca-certificates netbase tzdata',
    isBase: true,
  },
  { createdBy: 'RUN /bin/sh -c apt-get update && apt-get install -y build-essential libpq-dev # buildkit', line: 2 },
  { createdBy: 'COPY requirements.txt /opt/app/ # buildkit', line: 4 },
  { createdBy: 'RUN /bin/sh -c pip install -r /opt/app/requirements.txt # buildkit', line: 5 },
  { createdBy: 'COPY . /opt/app # buildkit', line: 6 },
  { createdBy: 'RUN /bin/sh -c rm -rf /var/lib/apt/lists/* && apt-get purge -y build-essential # buildkit', line: 7 },
];

/** A measured image with so many files. */
export function measurement(fileCount, { seed = 1, scale = 1, image = 'calculator:latest' } = {}) {
  const next = numbers(seed);
  const files = { paths: [], bytes: [], layers: [], states: [] };
  for (let index = 0; index < fileCount; index++) {
    const folder = FOLDERS[Math.floor(next() * FOLDERS.length)];
    const below = next() < 0.5 ? `/part-${Math.floor(next() * 40)}` : '';
    files.paths.push(`${folder}${below}/file-${index}.${['so', 'py', 'pyc', 'txt', 'gz'][index % 5]}`);
    files.bytes.push(Math.round(next() ** 8 * 2_000_000 * scale) + 40);
    const isLeft = folder.startsWith('var/lib/apt') || folder.startsWith('usr/lib/gcc');
    files.layers.push(isLeft ? 2 : Math.floor(next() * 6));
    files.states.push(isLeft ? 2 : next() < 0.02 ? 1 : 0);
  }
  const layers = LAYERS.map((layer, index) => {
    const own = files.layers.flatMap((of, file) => (of === index ? [file] : []));
    const sum = (of) => of.reduce((total, file) => total + files.bytes[file], 0);
    return {
      digest: `sha256:${String(index).repeat(64)}`,
      ...layer,
      isBase: layer.isBase === true,
      ...(layer.line === undefined ? {} : { span: { start: layer.line * 40, end: layer.line * 40 + 30 } }),
      bytes: sum(own),
      overwrittenBytes: 0,
      deletedBytes: index === 6 ? sum([...files.states.keys()].filter((file) => files.states[file] === 2)) : 0,
      wastedBytes: sum(own.filter((file) => files.states[file] !== 0)),
      fileCount: own.length,
      caches: index === 4 ? [{ kind: 'pip cache', path: 'root/.cache/pip', bytes: 31_400_000 }] : [],
    };
  });
  const total = (key) => layers.reduce((all, layer) => all + layer[key], 0);
  return {
    image,
    engine: 'docker 27.3',
    platform: 'linux/amd64',
    measuredAt: '2026-11-25T15:04:00Z',
    bytes: total('bytes'),
    compressedBytes: Math.round(total('bytes') * 0.37),
    wastedBytes: total('wastedBytes'),
    layers,
    files,
  };
}

export function measureReport(fileCount, more = {}) {
  return { kind: 'measure', name: 'calculator/Dockerfile', before: measurement(fileCount), ...more };
}

/** Names that somebody may put into an image to trouble those who look at it. */
export const HOSTILE = [
  '<img src=x onerror="globalThis.isHit = true">',
  '</script><script>globalThis.isHit = true</script>',
  '\u202egnp.exe',
  '__proto__',
  'constructor',
  'line\nbreak\ttab',
  `${'long-'.repeat(50)}/`.repeat(16),
  '../../escape',
  'javascript:alert(1)',
];

/** The smallest image that has a file of each name in a folder of that name. */
export function hostileMeasurement() {
  const of = measurement(20);
  const paths = HOSTILE.map((name) => `${name}/${name}`);
  const same = (value) => paths.map(() => value);
  return {
    ...of,
    image: HOSTILE[0],
    layers: of.layers.map((layer, index) => ({ ...layer, createdBy: HOSTILE[index] ?? '' })),
    files: { paths, bytes: paths.map((_, index) => 1_000_000 * (index + 1)), layers: same(2), states: same(0) },
  };
}
