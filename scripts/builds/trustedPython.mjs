import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../process.mjs';
import { temporaryFolder } from '../temporaryFolder.mjs';

const TAG = 'dockerfile-optimizer/trusted-python';
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const DOCKERFILE = `FROM python:3.11
LABEL lab.standin=true
COPY machine.crt /usr/local/share/ca-certificates/
ENV PIP_CERT=/usr/local/share/ca-certificates/machine.crt
`;

/**
 * Has a build in the lab take a python:3.11 whose pip trusts what this machine trusts: one that a Dockerfile installs anew
 * brings certificates of its own, and does not get past a proxy. Gives the option for the build.
 */
export function trustedPython(env) {
  const folder = temporaryFolder('python');
  copyFileSync(CERTIFICATES, join(folder, 'machine.crt'));
  writeFileSync(join(folder, 'Dockerfile'), DOCKERFILE);
  capture('docker', ['build', '--quiet', '--tag', TAG, folder], { env });
  return `--build-context=python:3.11=docker-image://${TAG}`;
}
