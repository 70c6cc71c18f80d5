/**
 * Stubs for parts of dockerfile-language-service that nothing here calls: its rules, their fixes, and its Docker Hub
 * client.
 */
export class DockerRegistryClient {
  getTags() {
    return Promise.resolve([]);
  }
}
export class Validator {}
export class DockerCommands {}
