/** Stands in for the client of Docker Hub in dockerfile-language-service. */
export class DockerRegistryClient {
  getTags() {
    return Promise.resolve([]);
  }
}
