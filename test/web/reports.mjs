/** Reports to draw, made up with the same numbers each time. */
import { createRandom } from '../helpers/random.mjs';

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

/** Random numbers under one. */
function numbers(seed) {
  const random = createRandom(seed);
  return () => random(2 ** 32) / 2 ** 32;
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

const PACKAGES = ['libssl3', 'zlib1g', 'libc6', 'perl-base', 'flask', 'curl', 'libxml2', 'openssh-client'];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];

/** A scan of one image with so many vulnerabilities, the worst first. */
export function scan(count, image = 'python:3.11') {
  const next = numbers(7);
  const vulnerabilities = Array.from({ length: count }, (_, index) => {
    const severity = SEVERITIES[Math.floor((index / count) ** 0.6 * SEVERITIES.length)];
    const name = PACKAGES[Math.floor(next() * PACKAGES.length)];
    const id = `CVE-2026-${String(1000 + index)}`;
    return {
      id,
      severity,
      title: `${name}: a buffer is read past its end when a crafted message is parsed`,
      package: name,
      installedVersion: `1.${index % 9}.2-4+deb12u1`,
      ...(index % 3 === 0 ? { fixedVersion: `1.${index % 9}.2-4+deb12u${2 + (index % 4)}` } : {}),
      layer: `sha256:${String(index % 2).repeat(64)}`,
      url: `https://avd.aquasec.com/nvd/${id.toLowerCase()}`,
      ...(severity === 'unknown' ? {} : { score: 9.8 - SEVERITIES.indexOf(severity) * 1.7 }),
    };
  });
  return {
    scanner: { name: 'trivy', version: '0.58.1' },
    image,
    distribution: 'debian 12.11',
    scannedAt: '2026-11-25T15:04:00Z',
    vulnerabilities,
    ignored: 2,
    notes: ['`.trivyignore`: `CVE-2019-0001` is found nowhere'],
  };
}

export function scansReport(count) {
  return {
    kind: 'scan',
    name: 'calculator/Dockerfile',
    reports: [scan(count), scan(7, 'gcr.io/distroless/base-debian12')],
  };
}

const RULES = [
  ['no-root-user', 'error', 'The container runs as root', 'unsafe'],
  ['pip-no-cache-dir', 'warning', '`pip install` without --no-cache-dir keeps its downloads in the layer', 'safe'],
  ['prefer-slim-base', 'info', '`python:3.11` has a variant that is 870 MB smaller: `python:3.11-slim`', 'unsafe'],
  ['exec-form-cmd', 'hint', 'CMD in shell form: signals go to the shell', 'manual'],
];

/** The findings of so many Dockerfiles. */
export function checkReport(fileCount) {
  const files = Array.from({ length: fileCount }, (_, index) => {
    const path = `services/service-${index}/Dockerfile`;
    const findings = RULES.slice(0, index % 5).map(([rule, severity, message, safety], line) => ({
      rule,
      aliases: rule === 'no-root-user' ? ['DL3002'] : [],
      severity,
      message,
      range: { start: { line: line * 2, character: 0 }, end: { line: line * 2, character: 4 } },
      fixes: [{ title: 'Mend it', safety }],
    }));
    return { uri: `file:///work/${path}`, path, findings };
  });
  files.push({ uri: 'file:///work/image.dockerfile', path: 'image.dockerfile', findings: [], error: 'binary content' });
  return { kind: 'check', name: 'shop', checkedAt: '2026-11-25T15:04:00Z', files, isCutOff: false };
}

/** A verification that has dropped a step; `evidence` is what the program has logged. */
export function verifyReport(evidence = "EACCES: permission denied, open '/data/app.db'", more = {}) {
  const cause = { kind: 'write', line: evidence, subject: '/data/app.db' };
  return {
    kind: 'verify',
    name: 'calculator/Dockerfile',
    verification: {
      engine: 'docker',
      verifiedAt: '2026-11-25T15:04:00Z',
      before: { bytes: 1_014_000_000, layers: 12, user: '', buildMs: 48_200, rebuildMs: 31_900 },
      after: { bytes: 163_200_000, layers: 9, user: 'app', buildMs: 22_700, rebuildMs: 1300 },
      steps: [
        { id: 'multi-stage', title: 'Build the Python app in a separate stage', state: 'proven' },
        {
          id: 'no-root-user',
          title: 'Create the user app and run as it',
          state: 'dropped',
          differences: [
            { aspect: 'end', text: 'It exits with code 1; before, it kept running', cause },
            { aspect: 'ports', text: 'It does not listen on port 8000/tcp', cause },
          ],
          advice: { key: 'writes', value: '/data' },
        },
      ],
      same: ['Keeps running', 'Listens on port 8000/tcp', 'GET :8000/ answers 200 text/html', 'Stops on SIGTERM'],
      builds: 6,
      ...more,
    },
  };
}
