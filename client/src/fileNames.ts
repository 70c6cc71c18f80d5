/** As server/src/project/fileNames.ts has them: test/repository/manifest.test.ts compares. */
export const DOCKERFILES =
  '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*,*.Containerfile,*.containerfile}';

/** Configurations, hadolint's too, and the baseline. */
export const CONFIGURATION = /^\.(?:dockerfile-optimizer(?:-baseline)?\.(?:ya?ml|json)|hadolint\.ya?ml)$/;
export const CONFIGURATIONS = '**/.{dockerfile-optimizer,dockerfile-optimizer-baseline,hadolint}.{yaml,yml,json}';
