/** How the built image is run, from Compose or the configuration: the facts that matter for its user and packages. */
export interface ServiceRun {
  readonly mounts: readonly Mount[];
  /** `command` and `entrypoint`, which replace CMD and ENTRYPOINT, each as one text. */
  readonly starts: readonly string[];
  /** Only root can use `privileged`, capabilities and devices. */
  readonly isPrivileged: boolean;
  /** Programs that it calls, as the configuration says. */
  readonly programs?: readonly string[];
  /** The stage that it builds and runs; undefined means the last one. */
  readonly target?: string;
}

export interface Mount {
  /** The path in the container. */
  readonly target: string;
  /** A folder of the host, or a volume that Docker manages and initially fills from the image. */
  readonly kind: 'bind' | 'volume';
}
