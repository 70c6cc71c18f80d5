import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../scripts/dependencies.mjs';
import { temporaryFolder } from '../scripts/temporaryFolder.mjs';
import { ratio, seconds } from './figures.mjs';
import { PEER_NAMES } from './peers.mjs';
import { runProcess } from './runProcess.mjs';

const CLI = join(root, 'dist/cli.js');
/** Real Dockerfiles, if they are next to the project; else those of our own apps. */
const CORPORA = ['corpus', 'corpus2'].map((name) => resolve(root, '../shared', name, 'files'));
const APPS = join(root, 'test/builds/apps');

/**
 * Times a lint of real files against other linters: processor time and wall time of one process each, over the same
 * files.
 * @param row receives the measured thing, the figure, the goal and whether it is reached
 */
export async function measureRealFiles({ peers, row }) {
  const folder = temporaryFolder('real');
  const found = CORPORA.filter(existsSync).flatMap(filesIn);
  const sources = found.length > 0 ? found : filesIn(APPS).map((app) => join(app, 'Dockerfile'));
  const files = sources.map((source, index) => {
    mkdirSync(join(folder, `${index}`));
    copyFileSync(source, join(folder, `${index}/Dockerfile`));
    return join(folder, `${index}/Dockerfile`);
  });
  const [one] = files;
  const ours = await warm(process.execPath, [CLI, 'lint', folder]);
  row(`lint of ${files.length.toLocaleString('en')} real Dockerfiles: time (processor time)`, both(ours));
  const compare = async (name, program, args, alone) => {
    if (!program) return;
    const theirs = await warm(program, args);
    row(`the same by ${name}`, both(theirs));
    const share = ours.processorSeconds / theirs.processorSeconds;
    const goal = name === PEER_NAMES.hadolint ? 0.12 : 1;
    row(`our processor time / that of ${name}`, share.toFixed(3), `≤ ${goal}`, share <= goal);
    const single = await warm(program, alone);
    row(`one file by ${name}`, seconds(single.seconds));
  };
  const settings = join(folder, 'hadolint.yaml');
  writeFileSync(settings, '{}\n');
  const hadolint = ['--no-fail', '--config', settings, '--format', 'json'];
  await compare(PEER_NAMES.hadolint, peers.hadolint, [...hadolint, ...files], [...hadolint, one]);
  const tally = ['lint', '--slow-checks', 'off'];
  await compare(PEER_NAMES.tally, peers.tally, [...tally, folder], [...tally, one]);
  const bare = await warm(process.execPath, ['-e', '0']);
  const single = await warm(process.execPath, [CLI, 'lint', one]);
  row('one file by our lint', seconds(single.seconds));
  row(
    'one file by our lint / Node.js that does nothing',
    ratio(single.seconds, bare.seconds),
    '≤ 1.6',
    single.seconds / bare.seconds <= 1.6,
  );
}

function filesIn(folder) {
  return readdirSync(folder).map((name) => join(folder, name));
}

/** The fastest of five runs, with the files in the system's cache. */
async function warm(program, args) {
  await runProcess(program, args);
  const first = await runProcess(program, args);
  const runs = [first];
  // Slow runs are not repeated.
  for (let count = 0; count < 4 && first.seconds < 2; count++) runs.push(await runProcess(program, args));
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
}

function both({ seconds: time, processorSeconds }) {
  return `${seconds(time)} (${seconds(processorSeconds ?? 0)})`;
}
