/** A glob of what the command line takes for Dockerfiles. */
export const DOCKERFILES =
  '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*,*.Containerfile,*.containerfile}';
