import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI } from '../helpers/builtPrograms';
import { folderOf, runCli, runCliForPage } from '../helpers/cliProcess';
import { fakeEngine, isRunning } from '../images/fakeEngine';
import { newDockerArchive, oldDockerArchive, tar } from '../images/tarBytes';

const DOCKERFILE = 'FROM debian:12-slim\nRUN apt-get update\nCOPY app /srv/app\nRUN rm /srv/app/big\nCMD ["x"]\n';
const HISTORY = [
  { created_by: 'ADD rootfs.tar / # buildkit' },
  { created_by: 'RUN /bin/sh -c apt-get update # buildkit' },
  { created_by: 'COPY app /srv/app # buildkit' },
  { created_by: 'RUN /bin/sh -c rm /srv/app/big # buildkit' },
  { created_by: 'CMD ["x"]', empty_layer: true },
];
const IMAGE = {
  history: HISTORY,
  layers: [
    tar([{ path: 'bin/sh', data: Buffer.alloc(200_000, 1) }]),
    tar([{ path: 'var/lib/apt/lists/x', data: Buffer.alloc(150_000, 2) }]),
    tar([
      { path: 'srv/app/big', data: Buffer.alloc(300_000, 3) },
      { path: 'srv/app/\u001b[2Jsmall', data: Buffer.alloc(5000, 4) },
      { path: 'srv/app/sh', data: Buffer.alloc(200_000, 1) },
    ]),
    tar([{ path: 'srv/app/.wh.big' }]),
  ],
};

describe('measure', () => {
  it('tells of a saved image what each line of its Dockerfile adds and wastes', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE, 'image.tar': newDockerArchive(IMAGE) });
    const { out, err, code } = runCli(['measure', 'Dockerfile', '--archive', 'image.tar'], { cwd });
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toBe(
      `Dockerfile: 0.9 MB in 4 layers, linux/amd64
0.3 MB of it (35.1%) is replaced or deleted by later layers

line  instruction                        added  wasted  files
      base image, 1 layer               0.2 MB              1
   2  RUN apt-get update                0.1 MB              1
        apt lists: /var/lib/apt/lists   0.1 MB
   3  COPY app /srv/app                 0.5 MB  0.3 MB      3
   4  RUN rm /srv/app/big                  0 B              0
        deletes 0.3 MB of lower layers

Largest files
0.2 MB  /bin/sh               base image
0.2 MB  /srv/app/sh           line 3
0.1 MB  /var/lib/apt/lists/x  line 2
5.0 kB  /srv/app/·[2Jsmall    line 3

Largest files that later layers replace or delete
0.3 MB  /srv/app/big  line 3

Duplicated in several layers
0.2 MB  /bin/sh = /srv/app/sh
`,
    );
  });

  it('gives JSON with spans and columns', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE, 'image.tar': oldDockerArchive(IMAGE) });
    const { out } = runCli(['measure', 'Dockerfile', '--archive', 'image.tar', '--format', 'json'], { cwd });
    const { version, path, before } = JSON.parse(out);
    expect({ version, path }).toEqual({ version: 1, path: 'Dockerfile' });
    expect(before).toMatchObject({ bytes: 855_000, wastedBytes: 300_000, platform: 'linux/amd64' });
    const { layers, files } = before;
    expect(layers.map(({ line }: { line?: number }) => line)).toEqual([undefined, 1, 2, 3]);
    expect(DOCKERFILE.slice(layers[2].span.start, layers[2].span.end)).toBe('COPY app /srv/app');
    expect(files.states).toEqual([0, 0, 2, 0, 0]);
  });

  it('names the line with which an image exceeds its budget', () => {
    const measured = (budget: string, ...args: string[]) => {
      const cwd = folderOf({
        Dockerfile: DOCKERFILE,
        'image.tar': newDockerArchive(IMAGE),
        '.dockerfile-optimizer.yaml': budget,
      });
      return runCli(['measure', 'Dockerfile', '--archive', 'image.tar', ...args], { cwd });
    };
    const over = measured('budget: {image: 0.4MB, layers: 2}\n', '--fail-on', 'budget');
    expect(over.code).toBe(1);
    expect(over.out).toContain('Over the budget: 0.9 MB instead of 0.4 MB (line 3 COPY app /srv/app)\n');
    expect(over.out).toContain('Over the budget: 3 layers instead of 2 (line 4 RUN rm /srv/app/big)\n');
    expect(measured('budget: {image: 0.4MB}\n').code).toBe(0);
    const json = measured('budget: {image: 100 kB}\n', '--format', 'json');
    expect(JSON.parse(json.out).overBudget).toEqual([{ kind: 'image', allowed: 100_000, actual: 855_000 }]);
    const within = measured('budget: {image: 1 GB, layers: 3}\n', '--fail-on', 'budget');
    expect(within).toMatchObject({ code: 0, out: expect.stringContaining('Within the budget') });
    const none = measured('', '--fail-on', 'budget');
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('no budget in the configuration') });
    expect(measured('', '--fail-on', 'error').err).toContain('expected one of budget');
    expect(runCli(['lint', '--fail-on', 'budget']).code).toBe(2);
  });

  it('gives a page that needs nothing else', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE, 'image.tar': oldDockerArchive(IMAGE) });
    const { report, language } = runCliForPage(['measure', 'Dockerfile', '--archive', 'image.tar'], cwd);
    expect(language).toBe('en');
    expect(report).toMatchObject({ kind: 'measure', name: 'Dockerfile', before: { bytes: 855_000 } });
  });

  it('says so where layers and lines do not fit', () => {
    const cwd = folderOf({ Dockerfile: 'FROM debian:12-slim\nRUN other\n', 'image.tar': newDockerArchive(IMAGE) });
    const { out } = runCli(['measure', 'Dockerfile', '--archive', 'image.tar'], { cwd });
    expect(out).toContain('The image was built from different instructions');
    expect(out).not.toMatch(/line \d/);
  });

  it.each([
    [['--archive', 'gone.tar'], /No such file or folder/],
    [['--archive', 'Dockerfile'], /Dockerfile: A tar file is damaged|is truncated/],
    [['a', 'b'], /measure requires one Dockerfile/],
    [['gone'], /gone: no such file/],
    [['--image', 'x', '--compare'], /--image and --compare cannot be combined/],
    [['--engine', '/nowhere/docker'], /\/nowhere\/docker is missing or cannot be started \(https:/],
  ])('tells what is wrong: %s', (args, message) => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { err, code } = runCli(['measure', ...args], { cwd });
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('measure with an engine', () => {
  const engineWith = (commands: Readonly<Record<string, string>>) => fakeEngine('docker', commands);

  it('builds, measures and removes, the optimized file too', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE, 'image.tar': newDockerArchive(IMAGE) });
    const engine = engineWith({ save: `cat ${join(cwd, 'image.tar')}` });
    const { out, code } = runCli(['measure', '--engine', engine.program, '--build-option=--network=host'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^Dockerfile: 0.9 MB in 4 layers/);
    expect(out).toMatch(/Estimated: about \d+ MB/);
    const [, build, save, remove] = engine.calls();
    const tag = / --tag (\S+) --network=host \//.exec(build ?? '')?.[1];
    expect([save, remove]).toEqual([`save ${tag}`, `rmi --force ${tag}`]);
    const compared = runCli(['measure', '--compare', '--engine', engine.program], { cwd });
    expect(compared.out).toMatch(/^Dockerfile\n +before +after\nsize +0.9 MB +0.9 MB +0.0 %\nestimated/);
  });

  it('builds as the Bake file does; the configuration and the command line win', () => {
    const bake =
      'target "web" {\n  context = "src"\n  dockerfile = "../Dockerfile"\n  target = "web"\n  args = { A = "1", B = "2" }\n}\n';
    const cwd = folderOf({
      Dockerfile: DOCKERFILE,
      'docker-bake.hcl': bake,
      'src/a': '',
      '.dockerfile-optimizer.yaml': 'buildArgs: {B: "3"}\n',
      'image.tar': newDockerArchive(IMAGE),
    });
    const engine = engineWith({ save: `cat ${join(cwd, 'image.tar')}` });
    const built = (...args: string[]) => {
      expect(runCli(['measure', '--engine', engine.program, ...args], { cwd }).code).toBe(0);
      return engine.calls().findLast((call) => call.startsWith('build')) ?? '';
    };
    const build = built();
    expect(build).toMatch(/ --build-arg A=1 --build-arg B=3 --target web /);
    expect(build.endsWith(` ${join(cwd, 'src')}`)).toBe(true);
    expect(built('--context', '.').endsWith(` ${cwd}`)).toBe(true);
  });

  it('tells the line that failed and removes what is left', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const output = 'Dockerfile:3\n--------------------\nERROR: "/app": not found';
    const engine = engineWith({ build: `cat >&2 <<'EOF'\n${output}\nEOF\nexit 1` });
    const { err, code } = runCli(['measure', '--engine', engine.program], { cwd });
    expect(err).toBe(`${output}\nerror: Dockerfile:3: docker failed: "/app": not found\n`);
    expect(code).toBe(2);
    expect(engine.calls().at(-1)).toMatch(/^rmi --force/);
  });

  it('is told of an engine that is killed while it saves', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE, 'image.tar': newDockerArchive(IMAGE) });
    const engine = engineWith({ save: `head -c 5000 ${join(cwd, 'image.tar')}; kill -9 $$` });
    const { err } = runCli(['measure', '--engine', engine.program], { cwd });
    expect(err).toBe('error: Dockerfile: docker was killed by SIGKILL\n');
    expect(engine.calls().at(-1)).toMatch(/^rmi --force/);
  });

  it('cleans up after Ctrl+C, though the build would go on', async () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const engine = engineWith({ build: 'echo $$ >"$(dirname "$0")/pid"; echo building >&2; sleep 600' });
    const args = [CLI, 'measure', '--engine', engine.program];
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8');
    for await (const text of child.stderr) {
      err += text;
      if (err === 'building\n') break;
    }
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(isRunning(Number(readFileSync(join(engine.folder, 'pid'), 'utf8')))).toBe(false);
    expect(engine.calls().at(-1)).toMatch(/^rmi --force/);
  });
});
