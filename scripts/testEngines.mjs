/**
 * npm run test:engines [-- --only docker,podman,buildah]
 * Measures an image with each available engine and checks that the figures match those of a Python program, lines are
 * those of the file, a verification proves a plan, a cancel ends within two seconds, and nothing is left behind. Needs
 * busybox-static and python3.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dockerEngine } from './builds/dockerEngine.mjs';
import { engineOfDebian } from './debianEngine.mjs';
import { installDebianPackages } from './debianPackages.mjs';
import { installDependencies, root } from './dependencies.mjs';
import { capture, isInstalled } from './process.mjs';
import { temporaryFolder } from './temporaryFolder.mjs';

const DOCKERFILE = `FROM scratch AS base
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
RUN dd if=/dev/zero of=/big bs=1000000 count=5 && ln /big /link
FROM base
ENV A=b
RUN chmod 600 /big && mkdir -p /root/.cache/pip && cp /big /root/.cache/pip/copy
RUN rm /big && \\
    rm -r /root/.cache
COPY busybox /copy
`;
const LINES = [2, 3, 4, 7, 8, 10];
const FAILING = 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "false"]\n';
const SLOW = 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "sleep", "4242"]\n';
const SERVING = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
RUN echo one > /one
RUN echo two > /two
EXPOSE 8000
CMD httpd -f -p 8000 -h /
`;
/** A name of ours, with the process that owns it. */
const OWNED = /dockerfile-optimizer-[0-9a-f]{8}-(\d+)-/;
const CANCEL_LIMIT_MS = 2000;
/** A busy machine needs longer, for all that an engine does: a cancel takes no longer than so many questions to it. */
const CANCEL_LIMIT_CALLS = 25;

const { values } = parseArgs({ options: { only: { type: 'string', default: 'docker,podman,buildah' } } });
installDependencies();
if (!existsSync(join(root, 'dist/cli.js'))) capture('node', ['scripts/build.mjs'], { cwd: root });
const cli = join(root, 'dist/cli.js');
const problem = installDebianPackages(['busybox-static']) ?? (isInstalled('python3') ? undefined : 'needs python3');
if (problem) {
  console.log(`- skipped: all engines: ${problem}`);
  process.exit(0);
}
let failed = 0;
for (const name of values.only.split(',')) {
  const { reason, ...engine } = name === 'docker' ? docker() : engineOfDebian(name);
  if (reason) {
    console.log(`- skipped: ${name}: ${reason}`);
    continue;
  }
  try {
    await testEngine({ name, ...engine }, temporaryFolder('engine'));
  } catch (error) {
    report(name, 'works', error.message);
  }
  engine.stop?.();
}
process.exit(failed > 0 ? 1 : 0);

function docker() {
  const { engine, reason } = dockerEngine(['misc']);
  return engine ? { env: engine.env, options: ['--network=host'], stop: engine.stop } : { reason };
}

async function testEngine(engine, folder) {
  copyFileSync('/bin/busybox', join(folder, 'busybox'));
  chmodSync(join(folder, 'busybox'), 0o755);
  for (const [name, text] of Object.entries({ Dockerfile: DOCKERFILE, failing: FAILING, slow: SLOW, serving: SERVING }))
    writeFileSync(join(folder, name), text);
  const before = leftBy(engine);
  // What an earlier run has left may go meanwhile: each run removes it.
  const isClean = () => {
    const left = leftBy(engine).filter((one) => !before.includes(one));
    return left.length === 0 ? undefined : `left:\n${left.join('\n')}`;
  };
  const { status, stdout, stderr } = run(engine, folder, ['measure', 'Dockerfile']);
  if (status !== 0) return report(engine.name, 'builds and measures', stderr);
  const { before: measured } = JSON.parse(stdout);
  // buildah writes no layer for WORKDIR and the like; here each of these lines makes one.
  const lines = measured.layers.map(({ line }) => line + 1);
  report(engine.name, 'finds the line of each layer', String(lines) === String(LINES) ? undefined : `lines ${lines}`);
  report(engine.name, 'leaves nothing after a measurement', isClean());
  const counted = countedByPython(engine, folder);
  const own = `${measured.bytes} ${measured.wastedBytes}`;
  report(engine.name, `measures what Python counts: ${counted}`, own === counted ? undefined : `measured ${own}`);

  const broken = run(engine, folder, ['measure', 'failing']);
  const message = broken.stderr.trim().split('\n').at(-1);
  report(engine.name, 'tells the line that fails', /^error: failing:3: /.test(message) ? undefined : message);
  report(engine.name, 'leaves nothing after a failure', isClean());

  const took = await cancelled(engine, folder, ['measure', 'slow'], '/bin/busybox sleep 4242');
  report(engine.name, `is cancelled in ${took} ms`, took < cancelLimit(engine) ? undefined : 'too slow');
  report(engine.name, 'leaves nothing after a cancel', isRunning('/bin/busybox sleep 4242') ? 'a process' : isClean());
  await testVerify(engine, folder, isClean);
}

async function testVerify(engine, folder, isClean) {
  const { stdout, stderr } = run(engine, folder, ['optimize', 'serving', '--verify']);
  const [{ verification }] = stdout === '' ? [{}] : JSON.parse(stdout).files;
  if (verification === undefined) return report(engine.name, 'verifies a plan', stderr);
  const { unproven, steps, same } = verification;
  // buildah only builds, and some machines let no container start.
  if (/can only build|does not start/.test(unproven))
    console.log(`- skipped: ${engine.name} runs what it builds: ${unproven}`);
  else {
    const isProven = steps.length > 0 && steps.every(({ state }) => state === 'proven');
    report(engine.name, `verifies a plan: ${same.join('; ')}`, isProven ? undefined : unproven);
    const took = await cancelled(engine, folder, ['optimize', 'serving', '--verify'], 'httpd -f -p 8000 -h /');
    report(engine.name, `cancels a verification in ${took} ms`, took < cancelLimit(engine) ? undefined : 'too slow');
  }
  report(engine.name, 'leaves nothing after a verification', isClean());
}

function programArguments(engine, [command, ...args]) {
  const options = engine.options.map((option) => `--build-option=${option}`);
  return [cli, command, ...args, '--engine', engine.name, '--format', 'json', ...options];
}

function run(engine, cwd, command) {
  const options = { cwd, env: engine.env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 };
  return spawnSync(process.execPath, programArguments(engine, command), options);
}

/** Builds the same file again, the ordinary way. */
function countedByPython({ name, env, options }, folder) {
  const tag = 'localhost/counted:here';
  const archive = join(folder, 'counted.tar');
  const own = name === 'docker' ? [] : ['--format', 'docker', '--layers'];
  capture(name, ['build', ...own, ...options, '-t', tag, '-f', join(folder, 'Dockerfile'), folder], { env });
  if (name === 'buildah') capture(name, ['push', '--quiet', tag, `docker-archive:${archive}:${tag}`], { env });
  else capture(name, ['save', '-o', archive, tag], { env });
  const counted = capture('python3', [join(root, 'test/images/countWaste.py'), archive]).trim();
  capture(name, name === 'docker' ? ['rmi', tag] : ['rmi', '--all', '--force'], { env });
  return counted;
}

/** How long a command takes to end after an interrupt, which it gets once a process of a container runs. */
async function cancelled(engine, cwd, command, awaited) {
  const args = programArguments(engine, command);
  const child = spawn(process.execPath, args, { cwd, env: engine.env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let output = ''; !isRunning(awaited); ) {
    if (child.exitCode !== null) throw new Error(`${command} ended by itself: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    output += child.stderr.read() ?? '';
  }
  const start = performance.now();
  child.kill('SIGINT');
  await ended;
  return Math.round(performance.now() - start);
}

/** In milliseconds. */
function cancelLimit({ name, env }) {
  const start = performance.now();
  spawnSync(name, ['images'], { env });
  return Math.max(CANCEL_LIMIT_MS, CANCEL_LIMIT_CALLS * (performance.now() - start));
}

/** Whether a process on this machine, in a container or not, has these arguments. */
function isRunning(line) {
  return spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout.split('\n').includes(line);
}

/** Lists images, containers and temporary folders, to find leftovers; those of programs that still run are not. */
function leftBy({ name, env }) {
  const list = (args) => spawnSync(name, args, { env, encoding: 'utf8' }).stdout.split('\n');
  const containers =
    name === 'buildah'
      ? ['containers', '--format', '{{.ContainerName}} {{.ContainerID}}']
      : ['ps', '--all', '--format', '{{.Names}} {{.ID}}'];
  const external = name === 'podman' ? ['--external'] : [];
  const folders = readdirSync(tmpdir()).filter((one) => OWNED.test(one));
  const images = list(['images', '--all', '--format', `{{.${name === 'buildah' ? 'Name' : 'Repository'}}} {{.ID}}`]);
  return [...images, ...list([...containers, ...external]), ...folders].filter(
    (one) => !existsSync(`/proc/${OWNED.exec(one)?.[1]}`),
  );
}

function report(engine, what, trouble) {
  if (trouble !== undefined) failed++;
  console.log(trouble === undefined ? `✓ ${engine} ${what}` : `✗ ${engine} ${what}: ${trouble}`);
}
