/** The same as in server/src/project/fileNames.ts: test/repository/manifest.test.ts compares them. */
export const DOCKERFILES =
  '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*,*.Containerfile,*.containerfile}';

/** Compose, Bake and Markdown files, which may hold a Dockerfile. */
export const HOSTS =
  '**/{compose*.yaml,compose*.yml,docker-compose*.yaml,docker-compose*.yml,*bake*.hcl,*bake*.json,*.md,*.markdown,*.mdx}';

/** The names of a folder's own Dockerfile; compared likewise. */
export const MAIN_DOCKERFILES = ['Dockerfile', 'Containerfile'];

/** Configurations, including hadolint's, and the baseline. */
export const CONFIGURATION = /^\.(?:dockerfile-optimizer(?:-baseline)?\.(?:ya?ml|json)|hadolint\.ya?ml)$/;
export const CONFIGURATIONS = '**/.{dockerfile-optimizer,dockerfile-optimizer-baseline,hadolint}.{yaml,yml,json}';
