import { type Phrase, phrase } from '../l10n/phrase';

/**
 * Names of steps that are whole beside their saving in a view of the default width: of each transform, and of rules whose
 * titles are longer. The title says what the step does in this file.
 */
export const stepLabels: Readonly<Record<string, Phrase>> = {
  dockerignore: phrase('Smaller build context'),
  'scan-stage': phrase('Separate scan stage'),
  'secret-at-start': phrase('Secrets at start'),
  'secret-mount': phrase('Secret mounts'),
  'packages-first': phrase('Packages first'),
  'one-copy': phrase('Copy files once'),
  'multi-stage': phrase('Separate build stage'),
  'production-packages': phrase('Production packages'),
  'program-only': phrase('Only the program'),
  'user-install': phrase('Packages not in /root'),
  'root-workdir': phrase('Program not in /root'),
  'next-standalone': phrase('Standalone Next.js'),
  'runtime-base': phrase('Runtime base image'),
  'cuda-runtime': phrase('CUDA runtime image'),
  'hardened-base': phrase('Hardened base image'),
  'spring-layers': phrase('Layers of the jar'),
  'slim-base': phrase('Slim base image'),
  'static-server': phrase('nginx for static files'),
  'dependencies-first': phrase('Dependencies first'),
  'cache-mounts': phrase('Cache mounts'),
  'copy-mode': phrase('File modes in COPY'),
  'tools-in-one-layer': phrase('Tools in one layer'),
  'one-install': phrase('One install'),
  'mounted-file': phrase('Mounted file'),
  'merge-settings': phrase('Join ENV and LABEL'),
  'stripped-program': phrase('Smaller Go program'),
  'no-root-user': phrase('User other than root'),
  'no-maintainer': phrase('LABEL for the author'),
  'apt-get-clean-same-layer': phrase('Remove package lists'),
  'no-lone-package-update': phrase('Update with install'),
  'apt-get-no-install-recommends': phrase('Fewer packages'),
  'copy-manifests-first': phrase('Manifests first'),
  'exec-form-cmd': phrase('CMD in exec form'),
  'no-sudo': phrase('Remove sudo'),
  'no-legacy-env-format': phrase('ENV with ='),
};
