/** Asks the registry for known vulnerabilities in shipped packages; reports if the registry does not answer. */
import { spawnSync } from 'node:child_process';
import { root } from './dependencies.mjs';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const { vulnerabilities, message } = readReport(stdout);
if (!vulnerabilities) {
  console.log(`not known: ${message ?? 'the registry did not answer'}`);
} else {
  const found = Object.values(vulnerabilities);
  for (const { name, severity, range } of found) console.log(`${severity}: ${name} ${range}`);
  console.log(`${found.length} packages with known vulnerabilities`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

function readReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
