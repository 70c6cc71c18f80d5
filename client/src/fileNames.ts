/** The same as in server/src/project/fileNames.ts: test/repository/manifest.test.ts compares them. */
export const DOCKERFILES =
  '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*,*.Containerfile,*.containerfile}';

/** Configurations, including hadolint's, and the baseline. */
export const CONFIGURATION = /^\.(?:dockerfile-optimizer(?:-baseline)?\.(?:ya?ml|json)|hadolint\.ya?ml)$/;
export const CONFIGURATIONS = '**/.{dockerfile-optimizer,dockerfile-optimizer-baseline,hadolint}.{yaml,yml,json}';
