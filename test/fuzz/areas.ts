import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { createAnalyzer } from '../../server/src/analyzer';
import type { Instruction } from '../../server/src/dockerfile/model';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { parseBaseline } from '../../server/src/engine/baseline';
import { resolveConfig } from '../../server/src/engine/config';
import { parseDockerignore } from '../../server/src/engine/dockerignore';
import { matchesGlob } from '../../server/src/engine/glob';
import { readImageArchive } from '../../server/src/images/layers/imageArchive';
import { stackLayers } from '../../server/src/images/layers/stackLayers';
import { Unreadable } from '../../server/src/images/layers/unreadable';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { parseConfig } from '../../server/src/project/parseConfig';
import { createRegistry } from '../../server/src/registry/registry.node';
import { applyIgnoreFiles } from '../../server/src/reports/ignoreFile';
import { readReport } from '../../server/src/reports/readReport';
import { allRules } from '../../server/src/rules';
import { applyEdits } from '../../server/src/text/edits';
import type { Span } from '../../server/src/text/span';
import { INDEX, MANIFEST } from '../helpers/fakeRegistry';
import { newDockerArchive, ociLayout, oldDockerArchive, tar } from '../images/tarBytes';
import { dockerfileText } from '../properties/dockerfileText';
import { differenceOf } from '../trace/buildTrace';

/** A part that takes text or bytes from outside, and what must hold whatever they are. */
export interface Area {
  /** What a search begins with. */
  readonly seeds: () => readonly string[];
  /** Throws when something does not hold. Bytes come as characters below 256. */
  readonly run: (input: string) => void | Promise<void>;
}

const analyzer = createAnalyzer();
const { localize } = analyzer;
const dockerfiles = () => fc.sample(dockerfileText, { numRuns: 60, seed: 1 });

export const AREAS: Readonly<Record<string, Area>> = {
  model: { seeds: dockerfiles, run: checkModel },
  rules: { seeds: dockerfiles, run: checkRules },
  fixes: { seeds: dockerfiles, run: checkFixes },
  plans: { seeds: dockerfiles, run: checkPlan },
  config: {
    seeds: () => [
      'extends: all\nrules:\n  DL3008: off\n  no-root-user: [warning]\noverrides:\n  - files: ["**/x/*.{a,b}"]\n    rules: {no-root-user: off}\ntrustedRegistries: [a, "*.b"]\nrequiredLabels:\n  a: text\nbuildArgs: {A: 1}\nbaseline: x.json\n',
      'ignored:\n  - DL3008\noverride:\n  error: [DL3007]\ntrustedRegistries: &a [docker.io]\nlabel-schema:\n  a: semver\nfailure-threshold: error\n',
      '{"version": 1, "files": {"Dockerfile": {"no-root-user": ["x"]}}}',
    ],
    run: checkConfig,
  },
  ignore: { seeds: () => ['*\n!a/**\n**/b\n[a-c]?\\*\n# c\n/d/\n../e\n', 'src/**/{a,b}/[!x]*.js\n'], run: checkIgnore },
  reports: {
    seeds: () => [
      '{"SchemaVersion":2,"ArtifactName":"a","CreatedAt":"2026-01-01T00:00:00Z","Metadata":{"OS":{"Family":"debian","Name":"12"}},"Results":[{"Target":"t","Class":"os-pkgs","Type":"debian","Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1","PkgName":"p","InstalledVersion":"1","FixedVersion":"2","Severity":"HIGH","Layer":{"DiffID":"sha256:1"},"CVSS":{"nvd":{"V3Score":9.1}},"PrimaryURL":"https://a"}]}]}',
      '{"matches":[{"vulnerability":{"id":"CVE-2026-1","severity":"High","fix":{"versions":["2"],"state":"fixed"},"cvss":[{"metrics":{"baseScore":7}}]},"artifact":{"name":"p","version":"1","type":"deb","locations":[{"path":"/x","layerID":"sha256:1"}]}}],"source":{"target":{"userInput":"a","layers":[{"digest":"sha256:1"}]}},"descriptor":{"name":"grype"}}',
      '{"manifest_hash":"sha256:1","packages":{"1":{"id":"1","name":"p","version":"1"}},"vulnerabilities":{"2":{"id":"2","name":"CVE-2026-1","normalized_severity":"High","fixed_in_version":"2","links":"https://a"}},"package_vulnerabilities":{"1":["2"]},"environments":{"1":[{"introduced_in":"sha256:1"}]}}',
      'CVE-2026-1\n# x\nCVE-2026-2 exp:2026-01-01\n',
      'vulnerabilities:\n  - id: CVE-2026-1\n    paths: ["a/**"]\n    expired_at: 2026-01-01\n    purls: [pkg:deb/p]\n',
    ],
    run: checkReport,
  },
  layers: {
    seeds: () => {
      const layers = [
        tar([{ path: 'a/b', data: 'x' }]),
        tar([{ path: 'a/.wh.b' }, { path: 'l', type: '2', link: 'a' }]),
      ];
      return [oldDockerArchive({ layers }), newDockerArchive({ layers }), ociLayout([{ layers }])].map((bytes) =>
        bytes.toString('latin1'),
      );
    },
    run: checkLayers,
  },
  registry: {
    seeds: () =>
      [INDEX, MANIFEST, '{"tags":["1","2"]}', '{"token":"x","expires_in":60}']
        .map((body) => `200\n\n${body}`)
        .concat([
          '401\nwww-authenticate: Bearer realm="http://HOST/t",service="s",scope="a:b"\n\n{}',
          '200\nlink: </v2/a/tags/list?n=1>; rel="next"\n\n{"tags":["1"]}',
          '307\nlocation: http://HOST/x\n\n',
        ]),
    run: checkRegistry,
  },
};

function insist(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

function checkSpan({ start, end }: Span, text: string): void {
  insist(0 <= start && start <= end && end <= text.length, `span ${start}–${end} of ${text.length} characters`);
}

function checkInstruction(node: Instruction, text: string): void {
  const script = node.script;
  for (const { span } of [node, ...node.args, ...node.flags, ...node.pairs]) checkSpan(span, text);
  for (const { span, words, redirects } of script?.commands ?? [])
    for (const one of [span, ...words.map((word) => word.span), ...redirects.map((redirect) => redirect.span)])
      checkSpan(one, text);
  for (const { span } of [
    ...(script?.errors ?? []),
    ...(script?.chain.items ?? []),
    ...(script?.chain.operators ?? []),
  ])
    checkSpan(span, text);
  for (const { text: word } of node.args) node.expand(word);
  if (node.trigger) checkInstruction(node.trigger, text);
}

function checkModel(text: string): void {
  let end = 0;
  for (const node of parseDockerfile(text).instructions) {
    insist(node.span.start >= end, 'instructions overlap');
    end = node.span.end;
    checkInstruction(node, text);
  }
}

function checkRules(text: string): void {
  for (const { ruleId, message, span, fixes } of analyzer.lint(text).findings) {
    insist(ruleId !== 'internal-error', message);
    checkSpan(span, text);
    for (const { edits } of fixes) applyEdits(text, edits);
  }
}

function checkFixes(text: string): void {
  const errors = parseDockerfile(text).errors.length;
  for (const upTo of ['safe', 'unsafe'] as const) {
    const fixed = analyzer.fixAll(text, { upTo }).text;
    insist(parseDockerfile(fixed).errors.length <= errors, `${upTo}: the result does not parse`);
    insist(analyzer.fixAll(fixed, { upTo }).text === fixed, `${upTo}: the result is fixed further`);
    if (upTo === 'safe' && errors === 0) checkTrace(text, fixed);
  }
}

/** The trace reads files that a build can read. */
function checkTrace(before: string, after: string): void {
  if (parseDockerfile(before).instructions.some(({ script }) => (script?.errors.length ?? 0) > 0)) return;
  // It takes quotes, stars and the like in what is started for the work of a shell, where the rule knows better.
  if (/^\s*(?:ONBUILD\s+)?(?:CMD|ENTRYPOINT)\s(?!\s*\[).*[^\w./:@%+,= -]/im.test(before)) return;
  const difference = differenceOf(before, after);
  insist(difference === undefined, `another build: ${difference}`);
}

function checkPlan(text: string): void {
  const plan = createPlan(analyzer, text, { level: 'all' });
  insist(plan.steps.reduce((now, { edits }) => applyEdits(now, edits), text) === plan.after, 'steps are not the plan');
  insist(createPlan(analyzer, plan.after, { level: 'all' }).steps.length === 0, 'the result is optimized further');
}

function checkConfig(text: string): void {
  for (const name of ['a.yaml', 'a.json', '.hadolint.yaml']) {
    const { config, problems } = parseConfig(text, name, allRules);
    for (const { line } of problems) insist(line === undefined || line >= 1, `line ${line}`);
    analyzer.lint('FROM a\nLABEL a=b\nRUN x\n', { config: resolveConfig(config, allRules, 'x/Dockerfile') });
  }
  parseBaseline(text, 'x', localize);
}

function checkIgnore(text: string): void {
  const ignore = parseDockerignore(text);
  for (const path of ['', 'a', 'a/b/c', '../x', '日本/語']) {
    ignore?.isIgnored(path);
    for (const glob of text.split('\n').slice(0, 5)) matchesGlob(path, glob);
  }
}

function checkReport(text: string): void {
  const now = new Date('2026-06-01T00:00:00Z');
  const read = readReport(text, { readAt: now, localize });
  const reports = read.ok ? [read.report] : [];
  for (const path of ['.trivyignore', '.trivyignore.yaml'])
    applyIgnoreFiles(reports, [{ path, text }], { now, localize });
}

async function checkLayers(input: string): Promise<void> {
  const bytes = Buffer.from(input, 'latin1');
  try {
    const { files, layers } = await readImageArchive(Readable.from([bytes]), new AbortController().signal);
    stackLayers(files, layers);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
}

let answering: { readonly server: Server; answer: string } | undefined;

async function checkRegistry(input: string): Promise<void> {
  answering ??= await startAnswering();
  const host = `localhost:${(answering.server.address() as AddressInfo).port}`;
  answering.answer = input.replaceAll('HOST', host);
  const registry = createRegistry({ platform: 'linux/amd64', mirrors: {}, isTrusted: true, cacheFolder: undefined });
  const signal = AbortSignal.timeout(5000);
  const image = await registry.image({ registry: host, repository: 'a', tag: '1' }, signal);
  const tags = await registry.tags({ registry: host, repository: 'a', tag: '1' }, signal);
  insist(!signal.aborted, 'no answer in 5 s');
  if (tags.ok) for (const tag of tags.value) insist(typeof tag === 'string', `a tag is ${typeof tag}`);
  if (image.ok) insist(/^sha256:[\da-f]{64}$/.test(image.value.digest), `digest ${image.value.digest}`);
}

/** A registry that says the same to all questions: `status`, headers, an empty line, the body. */
async function startAnswering() {
  const server = createServer((_, response) => {
    const [head = '', ...body] = (answering?.answer ?? '').split('\n\n');
    const [status, ...headers] = head.split('\n');
    // Other answers are asked for again, after a while: that is tested elsewhere.
    response.statusCode = [200, 301, 307, 401, 403, 404].find((known) => String(known) === status) ?? 200;
    for (const header of headers) {
      try {
        response.setHeader(header.split(':', 1)[0] ?? '', header.replace(/^[^:]*:\s*/, ''));
      } catch {
        // What HTTP does not allow in a head.
      }
    }
    response.end(body.join('\n\n'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  return { server, answer: '' };
}
