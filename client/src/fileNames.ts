/** The same as in server/src/project/fileNames.ts: test/repository/manifest.test.ts compares them. */
export const DOCKERFILES =
  '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*,*.Containerfile,*.containerfile}';

/** The names of a folder's own Dockerfile; compared likewise. */
export const MAIN_DOCKERFILES = ['Dockerfile', 'Containerfile'];

/** Configurations, including hadolint's, and the baseline. */
export const CONFIGURATION = /^\.(?:dockerfile-optimizer(?:-baseline)?\.(?:ya?ml|json)|hadolint\.ya?ml)$/;
export const CONFIGURATIONS = '**/.{dockerfile-optimizer,dockerfile-optimizer-baseline,hadolint}.{yaml,yml,json}';
